using Galatent.Latents.Outliers;
using Galatent.Networks;
using Galatent.Spectra;

namespace Galatent.Latents.TwoSamples;

/// <summary>What the best fits of the decoder leave of many spectra: by rest wavelength, by observed wavelength, and by line.</summary>
/// <param name="Rest">By rest wavelength.</param>
/// <param name="Observed">By observed wavelength.</param>
/// <param name="Significance">Significance of each emission line in each spectrum, shape (spectra)(lines); NaN where not seen.</param>
internal sealed record GapResiduals(ResidualProfile Rest, ResidualProfile Observed, double[][] Significance)
{
    private const int BlockRows = 64;

    /// <summary>Measures all spectra of a file.</summary>
    public static GapResiduals Of(VaeModel network, ObservedSpectra spectra, int[] inUse, ParallelOptions parallel)
    {
        var grid = network.Grid;
        var (rest, observed) = (new ResidualProfile.Sum(), new ResidualProfile.Sum());
        var significance = new double[spectra.Count][];
        SpectralFeature[] lines = [.. Lines(grid)];
        for (var first = 0; first < spectra.Count; first += BlockRows)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(first, Math.Min(BlockRows, spectra.Count - first))];
            var (pixels, fits) = MeasuredOddity.Fit(network, spectra, rows, inUse, parallel, tangents: false);
            var left = new (double[] Residual, double[] Weights)[rows.Length];
            Parallel.For(0, rows.Length, parallel, i =>
            {
                var weights = pixels[i].Weights(fits[i].Model);
                double[] residual = [.. pixels[i].Flux.Select((x, j) => weights[j] > 0 ? x - fits[i].Model[j] : 0.0)];
                left[i] = (residual, weights);
                significance[rows[i]] = [.. lines.Select(l => LineGap.Significance(grid, l, residual, weights))];
            });
            for (var i = 0; i < rows.Length; i++)
            {
                rest.Add(grid, 1, left[i].Residual, left[i].Weights);
                if (double.IsFinite(pixels[i].Redshift))
                {
                    observed.Add(grid, 1 + pixels[i].Redshift, left[i].Residual, left[i].Weights);
                }
            }
        }
        return new GapResiduals(rest.Profile(), observed.Profile(), significance);
    }

    /// <summary>Compares real spectra and mocks line by line, as far as a real spectrum sees the line.</summary>
    public static IReadOnlyList<LineGap> Lines(WavelengthGrid grid, GapResiduals real, GapResiduals mock) =>
        [
            .. Lines(grid)
                .Select((line, l) => LineGap.Of(line, real.Significance.Select(s => s[l]), mock.Significance.Select(s => s[l])))
                .Where(gap => gap.RealSpectra > 0),
        ];

    private static IEnumerable<SpectralFeature> Lines(WavelengthGrid grid) =>
        SpectralLines.Emission.Where(l => SpectralLines.IsInside(l, grid));
}
