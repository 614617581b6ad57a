using Galatent.Latents.Information;
using Galatent.Latents.Traversals;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>How a model is analysed.</summary>
public sealed record ModelAnalysisOptions
{
    /// <summary>Root of all random numbers: samples z, principal directions, choice of rows, bootstrap.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the validation spectra, if it differs from the one in <c>model.json</c>. With the seed of the training it gives
    /// the same rows again.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>Largest number of threads. Results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The processes that share the work. All get the same results.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;

    /// <summary>
    /// Number of spectra for mutual information: a random subset if there are more. With 10,000 the standard error is about 0.01 nat. It
    /// falls with the square root of the number, and the time grows in proportion to it.
    /// </summary>
    public int InformationSpectra { get; init; } = 10_000;

    /// <summary>How mutual information is estimated.</summary>
    public MutualInformationOptions Information { get; init; } = new();

    /// <summary>How the latent space is traversed.</summary>
    public TraversalOptions Traversal { get; init; } = new();

    /// <summary>Names of the further analyses (<see cref="Analyses.AnalysisList"/>); null for those that are done by default.</summary>
    public IReadOnlyList<string>? Analyses { get; init; }

    /// <summary>Rows for estimates whose time grows with their number: all, or a random subset of <see cref="InformationSpectra"/>,
    /// ascending.</summary>
    /// <param name="count">Number of spectra.</param>
    internal int[] InformationRows(int count)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        if (count > InformationSpectra)
        {
            new RandomStream(Seed, "information spectra").Shuffle(rows.AsSpan());
            rows = rows[..InformationSpectra];
            Array.Sort(rows);
        }
        return rows;
    }
}
