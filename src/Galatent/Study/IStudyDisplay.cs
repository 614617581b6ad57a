using Galatent.Numerics;
using Galatent.Training;

namespace Galatent.Study;

/// <summary>Receives the progress of a study's steps. The library only reports it; the program decides what to show.</summary>
public interface IStudyDisplay
{
    /// <summary>Shows a step while it runs.</summary>
    /// <param name="label">What is being done, e.g. "encoding".</param>
    /// <param name="unit">What is counted, e.g. "spectra".</param>
    /// <param name="work">The step. It must be called exactly once. Its argument receives the progress; null when nobody wants it.</param>
    T Show<T>(string label, string unit, Func<IProgress<StepProgress>?, T> work);

    /// <summary>Shows a training while it runs.</summary>
    /// <param name="label">What is being trained.</param>
    /// <param name="training">The training. It must be called exactly once. Its arguments receive the number of spectra and the
    /// epochs.</param>
    TrainingResult ShowTraining(string label, Func<IProgress<StepProgress>?, IProgress<EpochRecord>?, TrainingResult> training);

    /// <summary>Shows a remark between two steps: one sentence.</summary>
    void Say(string remark);
}
