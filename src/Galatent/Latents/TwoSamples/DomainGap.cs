using Galatent.Latents.Outliers;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents.TwoSamples;

/// <summary>How far real spectra differ from mocks that copy them, as a model sees both.</summary>
/// <param name="RealCount">Number of real spectra.</param>
/// <param name="MockCount">Number of mocks.</param>
/// <param name="Measures">Whether a classifier tells them apart: by latents, by principal components, by masks alone (a control).</param>
/// <param name="Dimensions">Each latent dimension in use.</param>
/// <param name="LowDensityShare">Share of real spectra whose latents have a density below the lowest percent of the mocks.</param>
/// <param name="RealRest">Residuals of real spectra by rest wavelength.</param>
/// <param name="MockRest">Residuals of mocks by rest wavelength.</param>
/// <param name="RealObserved">Residuals of real spectra by observed wavelength.</param>
/// <param name="MockObserved">Residuals of mocks by observed wavelength.</param>
/// <param name="Lines">Emission line by emission line.</param>
/// <param name="Real">Latents of real spectra, one column for each of <paramref name="Dimensions"/>.</param>
/// <param name="Mock">Latents of mocks.</param>
public sealed record DomainGap(
    int RealCount,
    int MockCount,
    IReadOnlyList<GapMeasure> Measures,
    IReadOnlyList<DimensionGap> Dimensions,
    double LowDensityShare,
    ResidualProfile RealRest,
    ResidualProfile MockRest,
    ResidualProfile RealObserved,
    ResidualProfile MockObserved,
    IReadOnlyList<LineGap> Lines,
    double[][] Real,
    double[][] Mock
)
{
    /// <summary>The smallest number of real spectra that a classifier is trained on.</summary>
    public const int LeastReal = 10;

    /// <summary>The smallest shift that these spectra would show among all dimensions if latents were normal, in standard deviations of the
    /// mocks: where the area under the curve leaves what chance allows, Φ(shift / √2). Infinite where no shift would.</summary>
    public double LeastVisibleShift
    {
        get
        {
            var level = GapMeasure.Significant / (2.0 * DimensionGap.Tests * Math.Max(1, Dimensions.Count));
            var deviation = Math.Sqrt((RealCount + MockCount + 1.0) / (12.0 * RealCount * MockCount));
            return Math.Sqrt(2) * NormalDistribution.Quantile(Math.Min(1, 0.5 - (deviation * NormalDistribution.Quantile(level))));
        }
    }

    private const int Components = 30;
    private const int MaskBins = 20;

    /// <summary>Share of the mocks below which a latent density counts as low.</summary>
    internal const double LowestShare = 0.01;

    /// <summary>Compares real spectra with mocks.</summary>
    /// <param name="network">The model.</param>
    /// <param name="real">The real spectra.</param>
    /// <param name="mock">Mocks; with <c>/parameters/copied_row</c> those of one spectrum stay together.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InputException">There are too few mocks, or no dimension is in use.</exception>
    public static DomainGap Of(
        VaeModel network,
        ObservedSpectra real,
        ObservedSpectra mock,
        ulong seed,
        int threads,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(mock);
        int[] inUse = [.. mock.InUse];
        if (inUse.Length == 0 || mock.Count < 10 * LeastReal)
        {
            throw new InputException(
                $"A comparison needs {10 * LeastReal} mocks and a dimension in use, but there are {mock.Count} and {inUse.Length}."
            );
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        var rows = mock.Parameters.FirstOrDefault(p => p.Name == SpectrumFile.CopiedRow)?.Values;
        var groups = new GapGroups(real.Count, rows is null ? null : Array.ConvertAll(rows, r => (int)r));
        var latents = (Real: UsualLatents.Columns(real.Posterior, inUse), Mock: UsualLatents.Columns(mock.Posterior, inUse));
        var (realResiduals, mockResiduals) = (
            GapResiduals.Of(network, real, inUse, parallel),
            GapResiduals.Of(network, mock, inUse, parallel)
        );
        var dimensions = new DimensionGap[inUse.Length];
        Parallel.For(0, inUse.Length, parallel, k =>
            dimensions[k] = groups.Dimension(inUse[k], latents.Real[k], latents.Mock[k], seed, cancellation)
        );
        return new DomainGap(
            real.Count,
            mock.Count,
            real.Count < LeastReal
                ? []
                :
                [
                    new GapMeasure("latents", Test(Rows(latents.Real), Rows(latents.Mock))),
                    new GapMeasure($"{Components} principal components", Components30(real, mock, Test)),
                    new GapMeasure("masks alone", Test(Masks(real, parallel), Masks(mock, parallel))),
                ],
            DimensionGap.Together(dimensions),
            LowDensity(latents.Real, latents.Mock, seed, parallel),
            realResiduals.Rest,
            mockResiduals.Rest,
            realResiduals.Observed,
            mockResiduals.Observed,
            GapResiduals.Lines(network.Grid, realResiduals, mockResiduals),
            latents.Real,
            latents.Mock
        );

        ClassifierTest Test(double[][] first, double[][] second) =>
            ClassifierTest.Of(first, second, seed, groups.Real, groups.Mock, threads, cancellation);
    }

    private static ClassifierTest Components30(
        ObservedSpectra real,
        ObservedSpectra mock,
        Func<double[][], double[][], ClassifierTest> test
    )
    {
        void Read(ReadOnlySpan<int> rows, Span<float> to)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                mock.Filled(rows[i]).CopyTo(to[(i * mock.Grid.Count)..]);
            }
        }
        int[] all = [.. Enumerable.Range(0, mock.Count)];
        var measured = PrincipalComponents.Measure(Read, mock.Grid.Count, all, 0);
        var count = Math.Min(Components, measured.Eigenvalues.Count(v => v > 0));
        double[] Scores(float[] flux) =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(k =>
                    {
                        var sum = 0.0;
                        for (var j = 0; j < flux.Length; j++)
                        {
                            sum += flux[j] * measured.Directions[(k * flux.Length) + j];
                        }
                        return sum;
                    }),
            ];
        double[][] Of(ObservedSpectra spectra) => [.. Enumerable.Range(0, spectra.Count).Select(i => Scores(spectra.Filled(i)))];
        return test(Of(real), Of(mock));
    }

    // Good share in bins of the grid: what is left to tell spectra apart when their light is ignored.
    private static double[][] Masks(ObservedSpectra spectra, ParallelOptions parallel)
    {
        var shares = new double[spectra.Count][];
        Parallel.For(0, spectra.Count, parallel, i =>
        {
            var mask = spectra.Mask(i);
            shares[i] = new double[MaskBins];
            for (var j = 0; j < mask.Length; j++)
            {
                shares[i][j * MaskBins / mask.Length] += mask[j] == 0 ? (double)MaskBins / mask.Length : 0;
            }
        });
        return shares;
    }

    private static double LowDensity(double[][] real, double[][] mock, ulong seed, ParallelOptions parallel)
    {
        int[] rows = [.. Enumerable.Range(0, mock[0].Length)];
        var fit = UsualLatents.Of(mock, rows, seed, parallel.MaxDegreeOfParallelism, parallel.CancellationToken);
        double[] usual = [.. fit.Scores(mock, fit.Judging).Order()];
        return fit.Scores(real, Enumerable.Range(0, real[0].Length))
            .Average(score => OutlierScore.PValue(score, usual) < LowestShare ? 1.0 : 0.0);
    }

    private static double[][] Rows(double[][] columns) =>
        [.. Enumerable.Range(0, columns[0].Length).Select(i => Array.ConvertAll(columns, c => c[i]))];
}
