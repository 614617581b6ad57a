using Galatent.App.Options;
using Galatent.Numerics;
using Galatent.Study;
using Galatent.Training;

namespace Galatent.App.Terminal;

/// <summary>Shows the steps of the library on standard error, as bars, plots or lines.</summary>
internal sealed class TerminalDisplay : IStudyDisplay
{
    /// <summary>The context of this process: clock, terminal, signals, other processes.</summary>
    public static StudyContext Context =>
        new(TimeProvider.System)
        {
            Display = new TerminalDisplay(),
            Processes = Job.Processes,
            Cancellation = Interruption.Token,
            RepeatCommands = RepeatCommands.Of,
        };

    public T Show<T>(string label, string unit, Func<IProgress<StepProgress>?, T> work) => ProgressDisplay.Run(label, unit, work);

    public TrainingResult ShowTraining(string label, Func<IProgress<StepProgress>?, IProgress<EpochRecord>?, TrainingResult> training) =>
        TrainingDisplay.Run(label, training);

    public void Say(string remark) => ProgressDisplay.Say(remark);
}
