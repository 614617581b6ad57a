using System.Runtime.InteropServices;

namespace Galatent.App.Terminal;

/// <summary>Ctrl-C and SIGTERM end the run at the next safe point; a second Ctrl-C ends it at once.</summary>
internal static class Interruption
{
    private static readonly CancellationTokenSource Source = new();
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>Cancelled by the first signal.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>Starts to listen.</summary>
    public static void Listen()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            Registrations.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = !Source.IsCancellationRequested;
                    Source.Cancel();
                }));
        }
    }
}
