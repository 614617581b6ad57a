using Galatent.Numerics;
using Galatent.Training;

namespace Galatent.Study;

/// <summary>Shows nothing.</summary>
public sealed class NoDisplay : IStudyDisplay
{
    /// <inheritdoc/>
    public T Show<T>(string label, string unit, Func<IProgress<StepProgress>?, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work(null);
    }

    /// <inheritdoc/>
    public TrainingResult ShowTraining(string label, Func<IProgress<StepProgress>?, IProgress<EpochRecord>?, TrainingResult> training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return training(null, null);
    }

    /// <inheritdoc/>
    public void Say(string remark) { }
}
