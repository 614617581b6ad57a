using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Latents.Matching;
using Galatent.Numerics;

namespace Galatent.Latents.Disentanglement;

/// <summary>Which parameters each dimension serves: MIG, SAP and DCI of samples z, with the conditional information beside the plain one,
/// errors from a bootstrap of rows, and what permuted parameters give.</summary>
internal sealed class DisentanglementAnalysis : ILatentAnalysis
{
    private const int Resamples = 50;
    private const int Permutations = 199;
    private const int Rotations = 49;

    public string Name => "disentanglement";

    public string Description => "which parameters each dimension serves: MIG, SAP, DCI, with errors and a permutation null";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var table = FactorTable.Of(input);
        var threads = input.Options.Threads;
        var seed = input.Options.Seed;
        var basis = HermiteBasis.Of(table.Z);
        var shares = ExplainedShares.Measure(basis, table.Theta, table.Fitted, table.Judged, threads, cancellation);
        var done = 0;
        void Told() => progress?.Report(new StepProgress(++done, Resamples + Permutations + Rotations));
        int[][] fitted = [.. Enumerable.Range(0, Resamples).Select(r => Resample(table.Fitted, seed, r))];
        int[][] judged = [.. Enumerable.Range(0, Resamples).Select(r => Resample(table.Judged, seed, Resamples + r))];
        var replicas = new List<double[]>();
        for (var r = 0; r < Resamples; r++)
        {
            replicas.Add(ExplainedShares.Measure(basis, table.Theta, fitted[r], judged[r], threads, cancellation).Numbers);
            Told();
        }
        int[][] orders = [.. Enumerable.Range(0, Permutations).Select(p => Order(table.Rows, seed, p))];
        var chance = new List<double[]>();
        foreach (var one in SharesOfChance.Of(basis, table.Theta, table.Fitted, table.Judged, orders, threads, cancellation))
        {
            chance.Add(one.Numbers);
            Told();
        }
        var rotated = new List<double[]>();
        for (var r = 0; r < Rotations; r++)
        {
            var turned = HermiteBasis.Of(Turn(table.Z, seed, r));
            rotated.Add(ExplainedShares.Measure(turned, table.Theta, table.Fitted, table.Judged, threads, cancellation).Numbers);
            Told();
        }
        var conditional = ConditionalMatrix.Of(table, [.. fitted.Zip(judged, (f, j) => (int[])[.. f, .. j])], threads, cancellation);
        var joint = JointInformation(table);
        var plain = PlainInformation.Of(input, table);
        var results = new DisentanglementTables(table, shares, replicas, chance, rotated, conditional, plain, joint);
        return new AnalysisOutput(results.Of(Name), [.. table.Remarks, .. plain.Remarks]);
    }

    // Against the bias of dropped rows, all spectra of the table are used.
    private static double[] JointInformation(FactorTable table)
    {
        var copula = GaussianCopula.Of(table.Columns);
        int[] z = [.. Enumerable.Range(0, table.Z.Length)];
        return [.. Enumerable.Range(z.Length, table.Theta.Length).Select(k => copula.Information(z, [k], []))];
    }

    private static int[] Resample(int[] rows, ulong seed, int replica)
    {
        var stream = new RandomStream(seed, "disentanglement bootstrap", (ulong)replica);
        var chosen = new int[rows.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = rows[stream.NextInt(rows.Length)];
        }
        return chosen;
    }

    // Scores are standardised, so a rotation of them gives other axes of the same space.
    private static IReadOnlyList<double[]> Turn(double[][] scores, ulong seed, int draw)
    {
        var d = scores.Length;
        var rotation = RotationNull.Rotation(d, new RandomStream(seed, "disentanglement rotation", (ulong)draw));
        return GaussianCopula.Scores([
            .. Enumerable
                .Range(0, d)
                .Select(i => new NamedColumn(
                    $"axis {i}",
                    [
                        .. Enumerable
                            .Range(0, scores[0].Length)
                            .Select(row => Enumerable.Range(0, d).Sum(j => rotation[(i * d) + j] * scores[j][row])),
                    ]
                )),
        ]);
    }

    private static int[] Order(int count, ulong seed, int permutation)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new RandomStream(seed, "disentanglement permutation", (ulong)permutation).Shuffle(order.AsSpan());
        return order;
    }
}
