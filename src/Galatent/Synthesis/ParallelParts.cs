using System.Runtime.ExceptionServices;
using Galatent.Numerics;

namespace Galatent.Synthesis;

/// <summary>Work in parts on several threads. An <see cref="InputException"/> reaches the caller as it was thrown, not inside an
/// <see cref="AggregateException"/>.</summary>
internal static class ParallelParts
{
    /// <summary>Runs all parts and throws the <see cref="InputException"/> of the first part, by number, that has one.</summary>
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
