using Galatent.Numerics;
using Galatent.Report.Runs;

namespace Galatent.Study;

/// <summary>Clock, display, cancellation and processes of a study. They do not change the result.</summary>
/// <param name="Time">Measures the seconds in the histories and in <c>run.json</c>.</param>
public sealed record StudyContext(TimeProvider Time)
{
    /// <summary>Receives progress and remarks. By default they are dropped.</summary>
    public IStudyDisplay Display { get; init; } = new NoDisplay();

    /// <summary>The processes that share the work of a step. All must call the same steps in the same order. The first one
    /// writes.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;

    /// <summary>Ends a step at the next safe point.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// The commands that repeat a run, for the report. The arguments are the run's manifest and the beta that the report examines closely.
    /// Null when the program has no commands.
    /// </summary>
    public Func<RunManifest, double, string>? RepeatCommands { get; init; }
}
