using Galatent.Numerics;

namespace Galatent.Tests.Training;

/// <summary>Does something at every report, in the thread that reports.</summary>
internal sealed class Reporter(Action onReport) : IProgress<StepProgress>
{
    public void Report(StepProgress value) => onReport();
}
