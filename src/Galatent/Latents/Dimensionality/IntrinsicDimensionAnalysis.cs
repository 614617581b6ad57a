using Galatent.Latents.Analyses;
using Galatent.Numerics;

namespace Galatent.Latents.Dimensionality;

/// <summary>Intrinsic dimension of the spectra and of the posterior means, each beside normal points of the same covariance.</summary>
internal sealed class IntrinsicDimensionAnalysis : ILatentAnalysis
{
    // With 48 components TwoNN of 20,000 simulated spectra is 5.52; with all pixels it is 5.51.
    private const int Components = 48;
    private const int Neighbours = 20;
    private const int PairPoints = 2000;
    private static readonly int[] Sizes = [1250, 5000, 20_000];

    public string Name => "intrinsic-dimension";

    public string Description => "intrinsic dimension of spectra and latents by neighbour distances, beside a normal control";

    // 12 seconds for 20,000 spectra on two cores, and the same for every beta but for the latents.
    public bool IsDefault => false;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var order = Enumerable.Range(0, input.Latents.Count).ToArray();
        new RandomStream(input.Options.Seed, "intrinsic dimension").Shuffle(order.AsSpan());
        order = order[..Math.Min(order.Length, Sizes[^1])];
        var rows = new List<IntrinsicRow>();
        void Measure(string space, double[] points, int dimension, IReadOnlyList<double> variances, int step)
        {
            rows.AddRange(Rows(space, points, dimension, variances, input.Options, cancellation));
            progress?.Report(new StepProgress(step, 3));
        }
        var raw = Spectra(input, order, [], cancellation);
        Measure("spectra", raw.Points, raw.Dimension, raw.Variances, 1);
        float[] scale = [.. raw.PixelVariance.Select(v => v > 0 ? (float)(1 / Math.Sqrt(v)) : 0)];
        var standardised = Spectra(input, order, scale, cancellation);
        Measure(
            "spectra, each pixel divided by its standard deviation",
            standardised.Points,
            standardised.Dimension,
            standardised.Variances,
            2
        );
        var inUse = input.InUse;
        if (inUse.Length > 0)
        {
            double[] mu = [.. order.SelectMany(row => inUse.Select(d => (double)input.Latents.MeanOf(row)[d]))];
            Measure("posterior means in use", mu, inUse.Length, PointCloud.Variances(mu, inUse.Length), 3);
        }
        return new AnalysisOutput(
            [new AnalysisTable(Name, IntrinsicRow.Columns.Table(rows))],
            inUse.Length > 0 ? [] : ["no dimension is in use, so only the spectra were measured."]
        );
    }

    private static (double[] Points, int Dimension, double[] Variances, double[] PixelVariance) Spectra(
        AnalysisInput input,
        int[] rows,
        float[] scale,
        CancellationToken cancellation
    )
    {
        var spectra = input.Spectra;
        var options = input.Options;
        var components = PrincipalComponents.Measure(
            spectra.Read,
            spectra.Grid.Count,
            rows,
            options.Seed,
            Components,
            scale,
            options.Threads
        );
        var count = Math.Min(Components, components.Eigenvalues.Length);
        return (
            PrincipalPlaces.Of(spectra, rows, components, count, scale, options.Threads, cancellation),
            count,
            components.Eigenvalues[..count],
            components.Variance
        );
    }

    private static IEnumerable<IntrinsicRow> Rows(
        string space,
        double[] points,
        int dimension,
        IReadOnlyList<double> variances,
        ModelAnalysisOptions options,
        CancellationToken cancellation
    )
    {
        var n = points.Length / dimension;
        var control = NormalControl.Points(variances, n, options.Seed);
        foreach (var size in Sizes.Where(s => s < n).Append(Math.Min(n, Sizes[^1])))
        {
            double[] Distances(double[] all) =>
                NeighbourDistances.Of(all[..(size * dimension)], dimension, Neighbours, options.Threads, cancellation);
            var data = Distances(points);
            var flat = Distances(control);
            var (value, error) = IntrinsicDimension.TwoNearest(data, Neighbours);
            var (controlValue, controlError) = IntrinsicDimension.TwoNearest(flat, Neighbours);
            yield return new(space, "TwoNN", size, value, controlValue, Math.Sqrt((error * error) + (controlError * controlError)));
            yield return new(
                space,
                "maximum likelihood",
                size,
                IntrinsicDimension.MaximumLikelihood(data, Neighbours),
                IntrinsicDimension.MaximumLikelihood(flat, Neighbours),
                double.NaN
            );
        }
        var few = Math.Min(n, PairPoints);
        yield return new(
            space,
            "correlation dimension",
            few,
            CorrelationDimension.Of(points[..(few * dimension)], dimension),
            CorrelationDimension.Of(control[..(few * dimension)], dimension),
            double.NaN
        );
    }
}
