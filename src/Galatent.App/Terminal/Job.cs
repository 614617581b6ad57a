using Galatent.Numerics;
using Galatent.Training.Mpi;

namespace Galatent.App.Terminal;

/// <summary>The processes that run this command together: one, unless <c>mpirun</c> or <c>srun</c> started several. The first process
/// prints and writes for all.</summary>
internal static class Job
{
    // All processes may have the same error, such as a misspelt option. The others wait this long, so that the first one reports it and
    // ends them. Two seconds were not enough on busy cores. An error in another process only is therefore reported this much later.
    private static readonly TimeSpan Precedence = TimeSpan.FromSeconds(15);

    /// <summary>The processes of this command.</summary>
    public static ProcessGroup Processes { get; private set; } = ProcessGroup.Alone;

    /// <summary>This process's share of the processor cores that it may use.</summary>
    public static int Threads => Math.Max(1, Environment.ProcessorCount / Processes.SharingCores);

    /// <summary>Joins the other processes. It must be called first.</summary>
    public static void Join()
    {
        Processes = MpiGroup.Join();
        if (Processes.Size > 1)
        {
            // mpirun gives its processes a terminal and forwards their output. Control sequences would end up in files.
            Environment.SetEnvironmentVariable("TERM", "dumb");
        }
        if (!Processes.IsFirst)
        {
            Console.SetOut(TextWriter.Null);
        }
    }

    /// <summary>Leaves the group when the work is complete.</summary>
    public static void Leave() => Processes.Leave();

    /// <summary>Reports why the work is not complete, and ends all processes.</summary>
    public static int End(string message, int exitCode)
    {
        if (!Processes.IsFirst)
        {
            Thread.Sleep(Precedence);
        }
        Console.Error.WriteLine($"galatent{(Processes.IsFirst ? "" : $" (process {Processes.Rank + 1} of {Processes.Size})")}: {message}");
        Processes.Abort(exitCode);
        return exitCode;
    }
}
