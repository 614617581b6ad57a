using Galatent.Numerics;
using Galatent.Report.Runs;

namespace Galatent.Study;

/// <summary>Where a study finds its clock, its screen, its stop button and its fellow processes; none of them changes the result.</summary>
/// <param name="Time">For the seconds of the histories and of <c>run.json</c>.</param>
public sealed record StudyContext(TimeProvider Time)
{
    /// <summary>Where progress and remarks go; nowhere when not given.</summary>
    public IStudyDisplay Display { get; init; } = new NoDisplay();

    /// <summary>Who shares the work of a step; all call the same steps in the same order, and the first writes.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;

    /// <summary>Ends a step at the next safe point.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// How a user of the program repeats a run, in commands for the report: made from the run's manifest and the beta that the report
    /// examines closely. Null when the program has no commands.
    /// </summary>
    public Func<RunManifest, double, string>? RepeatCommands { get; init; }
}
