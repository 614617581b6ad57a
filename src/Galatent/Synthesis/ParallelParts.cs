using System.Runtime.ExceptionServices;
using Galatent.Numerics;

namespace Galatent.Synthesis;

/// <summary>Runs parts of a work on several threads. An <see cref="InputException"/> reaches the caller directly, not inside an
/// <see cref="AggregateException"/>.</summary>
internal static class ParallelParts
{
    /// <summary>Runs all parts. If several throw an <see cref="InputException"/>, that of the part with the lowest number is
    /// thrown.</summary>
    public static void Run(int parts, int threads, Action<int> work)
    {
        var complaints = new InputException?[parts];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            try
            {
                work(part);
            }
            catch (InputException complaint)
            {
                complaints[part] = complaint;
            }
        });
        if (Array.Find(complaints, c => c is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
