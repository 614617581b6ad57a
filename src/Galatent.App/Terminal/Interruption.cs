using System.Runtime.InteropServices;

namespace Galatent.App.Terminal;

/// <summary>Ctrl-C and SIGTERM end the run at the next safe point. A second Ctrl-C ends it at once.</summary>
internal static class Interruption
{
    /// <summary>The message to the user.</summary>
    public const string Sentence = "stopped; the same command goes on from the last finished step.";

    /// <summary>The message of commands of a single step.</summary>
    public const string StartOver = "stopped; nothing was written, and the same command starts over.";

    /// <summary>The message of a command that only shows something.</summary>
    public const string Ended = "the explorer has ended.";

    // Reading a table, broadening it and drawing a figure have no safe point inside. Files appear only when they are complete, so ending
    // the process after this time does no harm.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.6);

    private static readonly CancellationTokenSource Source = new();
    private static readonly ManualResetEventSlim HasMuchToSave = new();
    private static readonly ManualResetEventSlim HasOneStep = new();
    private static readonly ManualResetEventSlim HasNothing = new();
    private static readonly List<PosixSignalRegistration> Registrations = [];

    // The safe point may come in the same moment as the end of patience. Only one of the two speaks.
    private static readonly SemaphoreSlim Word = new(1, 1);

    /// <summary>Cancelled by the first signal.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>Starts to listen; call before anything else. A signal in the moments before that ends the process without a word.</summary>
    public static void Listen()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            Registrations.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = !Source.IsCancellationRequested;
                    if (!Source.IsCancellationRequested)
                    {
                        new Thread(EndSoon) { IsBackground = true }.Start();
                    }
                    Source.Cancel();
                }));
        }
    }

    /// <summary>Waits for the next safe point, however far it is, instead of ending the process after a moment.</summary>
    public static void WaitForSafePoint() => HasMuchToSave.Set();

    /// <summary>Says that the command has no step to go on from.</summary>
    public static void ExpectStartOver() => HasOneStep.Set();

    /// <summary>Says that the command only shows something: there is nothing to go on with.</summary>
    public static void ExpectNothing() => HasNothing.Set();

    /// <summary>Tells the user at a safe point, and returns the exit code. Does not return if the process is ending already.</summary>
    public static int End()
    {
        if (!Word.Wait(0))
        {
            Thread.Sleep(Timeout.Infinite);
        }
        return Job.End(Told, Cli.Cancelled);
    }

    private static string Told =>
        HasNothing.IsSet ? Ended
        : HasOneStep.IsSet ? StartOver
        : Sentence;

    private static void EndSoon()
    {
        if (!HasMuchToSave.Wait(Patience) && Word.Wait(0))
        {
            Environment.Exit(Job.End(Told, Cli.Cancelled));
        }
    }
}
