using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents.Dimensionality;

/// <summary>How many dimensions a model uses, and how much they share: effective numbers, total correlation, and what the eigenvalues of
/// the spectra promise a linear model.</summary>
internal sealed class DimensionalityAnalysis : ILatentAnalysis
{
    private const int Replicas = 100;
    private const string Gaussian = "correlations of normal scores (G)";
    private const string Mixture = "mixture";
    private const string Exact = "exact";

    public string Name => "dimensionality";

    public string Description => "effective number of dimensions, total and dual total correlation, persistence of a linear model";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        double[] kl = [.. inUse.Select(d => input.Results.Informativeness.KlNat[d])];
        var rows = new List<QuantityRow>
        {
            new("dimensions_in_use", Exact, inUse.Length, double.NaN),
            new("effective_number_exp_entropy", Exact, EffectiveNumber.ExponentialEntropy(kl), double.NaN),
            new("effective_number_inverse_simpson", Exact, EffectiveNumber.InverseSimpson(kl), double.NaN),
        };
        var remarks = new List<string>();
        if (inUse.Length < 2)
        {
            remarks.Add("one dimension in use shares nothing, so total correlation is left out; it needs two.");
        }
        else
        {
            Shared(input, inUse, rows, remarks, cancellation);
        }
        progress?.Report(new StepProgress(1, 1));
        return new AnalysisOutput(
            [new AnalysisTable(Name, QuantityRow.Columns.Table(rows)), new AnalysisTable(Name + "-linear", Linear(input))],
            remarks
        );
    }

    // Of samples z: they say what is transmitted. Estimates from batches of q(z) are not used: they saturate at ln N, far below rates of
    // 20 nat.
    private static void Shared(
        AnalysisInput input,
        int[] inUse,
        List<QuantityRow> rows,
        List<string> remarks,
        CancellationToken cancellation
    )
    {
        var chosen = input.InformationRows();
        NamedColumn[] columns =
        [
            .. inUse.Select(d => new NamedColumn(AnalysisResults.DimensionName(d), input.Latents.SampleColumn(d)).Take(chosen)),
        ];
        Add(SharedInformation.Gaussian(columns, Replicas, input.Options.Seed), Gaussian);
        if (columns.Length <= SharedInformation.MostForMixture)
        {
            var options = input.Options;
            Add(SharedInformation.Mixture(columns, options.Information.Fit, options.Seed, options.Threads, cancellation), Mixture);
        }
        else
        {
            remarks.Add(
                $"{columns.Length} dimensions are too many for total correlation by a mixture (at most "
                    + $"{SharedInformation.MostForMixture}); (G) stands alone."
            );
        }
        var copula = GaussianCopula.Of(columns);
        var largest = (
            from i in Enumerable.Range(0, columns.Length)
            from j in Enumerable.Range(0, i)
            select (Pair: $"{columns[j].Name} and {columns[i].Name}", Nat: copula.Information([i], [j], []))
        ).MaxBy(p => p.Nat);
        rows.Add(new($"largest_pair_nat {largest.Pair}", Gaussian, largest.Nat, double.NaN));

        void Add(SharedInformation shared, string method)
        {
            rows.Add(new("total_correlation_nat", method, shared.TotalNat, shared.TotalErrorNat));
            rows.Add(new("dual_total_correlation_nat", method, shared.DualNat, shared.DualErrorNat));
        }
    }

    // Which k a linear model holds longest when beta grows, and at which beta it would use how many.
    private static ResultTable Linear(AnalysisInput input)
    {
        double[] eigenvalues = [.. input.Results.Eigenvalues.TakeWhile(l => l > 0).Take(input.Latents.Dimensions + 1)];
        var persistence = Persistence.Linear(eigenvalues);
        return ResultTable.Of([
            ("dimensions", [.. Enumerable.Range(1, persistence.Length).Select(k => (double)k)]),
            ("eigenvalue", eigenvalues[..persistence.Length]),
            // KL = ½ ln(2 λ / beta) falls to 0.1 nat at this beta.
            (
                "last_beta",
                [.. eigenvalues[..persistence.Length].Select(l => 2 * l * Math.Exp(-2 * Networks.ActiveDimensions.ThresholdNat))]
            ),
            ("persistence_ln_beta", persistence),
        ]);
    }
}
