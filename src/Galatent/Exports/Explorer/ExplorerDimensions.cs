using Galatent.Latents;
using Galatent.Networks;
using Galatent.Spectra.Quantities;

namespace Galatent.Exports.Explorer;

/// <summary>Sliders and start spectra of a set of latent representations.</summary>
internal static class ExplorerDimensions
{
    private const int Bins = 48;
    private const int StartSpectra = 24;

    // A parameter is named beside a slider when the dimension tells this much about it, and at most so many are.
    private const double LeastNat = 0.1;
    private const int MostNamed = 3;

    /// <summary>One per dimension whose KL is above the threshold and whose mean varies, the largest KL first.</summary>
    public static ExplorerDimension[] Of(ExplorerSource source)
    {
        var latents = source.Latents;
        var kl = Informativeness.MeanKl(latents.Mu, latents.LogVariance, latents.Dimensions);
        return
        [
            .. Enumerable
                .Range(0, latents.Dimensions)
                .Where(d => kl[d] > ActiveDimensions.ThresholdNat)
                .OrderByDescending(d => kl[d])
                .Select(d => Make(d, kl[d], latents.MuColumn(d), About(d, source.Parameters)))
                .Where(slider => slider.High > slider.Low),
        ];
    }

    /// <summary>The first spectrum, and others spread evenly over the file.</summary>
    public static ExplorerGalaxy[] Galaxies(ExplorerSource source)
    {
        var latents = source.Latents;
        var others = Enumerable.Range(0, StartSpectra).Select(i => (int)((long)i * latents.Count / StartSpectra));
        return
        [
            .. others
                .Prepend(source.FirstSpectrum ?? Middle(latents))
                .Distinct()
                .Select(row => new ExplorerGalaxy(FormattableString.Invariant($"spectrum {row}"), latents.MeanOf(row).ToArray())),
        ];
    }

    private static ExplorerDimension Make(int dimension, double kl, double[] values, string about)
    {
        var low = values.Min();
        var high = values.Max();
        var counts = new int[Bins];
        foreach (var value in values)
        {
            counts[high > low ? Math.Min(Bins - 1, (int)(Bins * (value - low) / (high - low))) : 0]++;
        }
        return new ExplorerDimension(dimension, AnalysisResults.DimensionName(dimension), kl, (float)low, (float)high, counts, about);
    }

    // Nearest to the mean of all posterior means: no outlier, and near where most spectra are.
    private static int Middle(LatentSet latents)
    {
        double[] mean = [.. Enumerable.Range(0, latents.Dimensions).Select(d => latents.MuColumn(d).Average())];
        double Distance(int row)
        {
            double sum = 0;
            var own = latents.MeanOf(row);
            for (var d = 0; d < own.Length; d++)
            {
                sum += (own[d] - mean[d]) * (own[d] - mean[d]);
            }
            return sum;
        }
        return Enumerable.Range(0, latents.Count).MinBy(Distance);
    }

    private static string About(int dimension, MutualInformationMatrix? parameters)
    {
        var row = parameters is null ? -1 : Array.IndexOf(parameters.Rows, AnalysisResults.DimensionName(dimension));
        return row < 0
            ? ""
            : string.Join(
                ", ",
                Enumerable
                    .Range(0, parameters!.Columns.Length)
                    .Where(c => parameters[row, c] > LeastNat)
                    .OrderByDescending(c => parameters[row, c])
                    .Take(MostNamed)
                    .Select(c => GalaxyQuantities.WordsOf(parameters.Columns[c]))
            );
    }
}
