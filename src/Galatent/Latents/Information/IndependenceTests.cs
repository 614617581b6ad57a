using System.Collections.Concurrent;

namespace Galatent.Latents.Information;

/// <summary>The null distributions that many pairs share. Each is drawn when it is first needed.</summary>
/// <param name="permutations">Random permutations. The smallest p-value is 1 / (permutations + 1).</param>
/// <param name="seed">Root seed.</param>
/// <param name="threads">Largest number of threads. The result does not depend on it.</param>
/// <param name="cancel">Ends the work early.</param>
internal sealed class IndependenceTests(int permutations, ulong seed, int threads, CancellationToken cancel)
{
    private readonly ConcurrentDictionary<int, Lazy<IndependenceTest>> _tests = new();

    /// <summary>The p-value of a permutation of ranks.</summary>
    public double PValue(int[] ranksY) =>
        _tests
            .GetOrAdd(IndependenceTest.NullCount(ranksY.Length), count => new Lazy<IndependenceTest>(() =>
                new IndependenceTest(count, permutations, seed, threads, cancel)
            ))
            .Value.PValue(ranksY);
}
