using Galatent.Numerics;
using Galatent.Training;

namespace Galatent.Study;

/// <summary>Where the steps of a study show how far they are. The library only reports; what a reader sees is up to the program.</summary>
public interface IStudyDisplay
{
    /// <summary>Shows a step while it runs.</summary>
    /// <param name="label">What is being done, e.g. "encoding".</param>
    /// <param name="unit">What is counted, e.g. "spectra".</param>
    /// <param name="work">The step. It must be called once; it reports to the sink that it is given, or to nobody when that is
    /// null.</param>
    T Show<T>(string label, string unit, Func<IProgress<StepProgress>?, T> work);

    /// <summary>Shows a training while it runs.</summary>
    /// <param name="label">What is being trained.</param>
    /// <param name="training">The training. It must be called once; it reports spectra and epochs.</param>
    TrainingResult ShowTraining(string label, Func<IProgress<StepProgress>?, IProgress<EpochRecord>?, TrainingResult> training);

    /// <summary>Shows a remark between steps: a sentence.</summary>
    void Say(string remark);
}
