using Galatent.Files;
using Galatent.Spectra;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Reconstructions;

/// <summary>The spectra that represent the whole set in figures.</summary>
/// <param name="StarForming">Row of a typical star-forming galaxy.</param>
/// <param name="Quiescent">Row of a typical quiescent galaxy.</param>
public sealed record ExampleSpectra(int StarForming, int Quiescent)
{
    /// <summary>Below this specific star formation rate, log10 of 1/yr, a galaxy counts as quiescent (e.g. Ilbert et al. 2013, A&amp;A 556,
    /// A55).</summary>
    public const double QuiescentLogSsfr = -11;

    /// <summary>
    /// Chooses by the specific star-formation rate when the set has <c>log_sfr</c> and <c>log_mass</c>: the median galaxy of each class.
    /// When no galaxy is quiescent, the second is the median of the least active twentieth. Spectra without these columns are ranked by the
    /// break at 4000 Å.
    /// </summary>
    /// <param name="spectra">At least two spectra.</param>
    public static ExampleSpectra Choose(ISpectrumSource spectra)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        ArgumentOutOfRangeException.ThrowIfLessThan(spectra.Count, 2);
        var activity = Activity(spectra);
        int[] order = [.. Enumerable.Range(0, activity.Length).OrderBy(i => activity[i]).ThenBy(i => i)];
        var quiet = Math.Max(order.Count(i => activity[i] < QuiescentLogSsfr), Math.Max(1, order.Length / 20));
        quiet = Math.Min(quiet, order.Length - 1);
        return new ExampleSpectra(order[quiet + ((order.Length - quiet) / 2)], order[quiet / 2]);
    }

    /// <summary>log10 of the specific star formation rate in 1/yr, shape (n); null when the columns are absent.</summary>
    public static double[]? LogSsfr(IReadOnlyList<ParameterColumn> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var rate = parameters.FirstOrDefault(p => p.Name == GalaxyQuantities.LogSfr.Name);
        var mass = parameters.FirstOrDefault(p => p.Name == GalaxyQuantities.LogMass.Name);
        return rate is null || mass is null ? null : [.. rate.Values.Zip(mass.Values, (s, m) => s - m)];
    }

    /// <summary>How active each galaxy is, shape (n): log10 of the specific star formation rate in 1/yr, or a number that falls with the
    /// break at 4000 Å where the rate is not known.</summary>
    internal static double[] Activity(ISpectrumSource spectra) => LogSsfr(spectra.Parameters) ?? Activities(spectra);

    private static double[] Activities(ISpectrumSource spectra)
    {
        var activity = new double[spectra.Count];
        var flux = new float[spectra.Grid.Count];
        for (var i = 0; i < activity.Length; i++)
        {
            spectra.ReadFrom(i, flux);
            activity[i] = QuiescentLogSsfr + 2 - Break4000(spectra.Grid, flux);
        }
        return activity;
    }

    // 1 when the grid does not cover the break.
    private static double Break4000(WavelengthGrid grid, ReadOnlySpan<float> flux)
    {
        var index = SpectralIndices.D4000(grid, flux);
        return index > 0 && double.IsFinite(index) ? index : 1;
    }
}
