using System.Globalization;

namespace Galatent.Spectra;

/// <summary>
/// Features of galaxy spectra between 1000 and 10000 Å, vacuum wavelengths in Å. Emission lines: FSPS 3.2 line list (Byler et al. 2017).
/// Absorption features: NIST wavelengths. D4000: Balogh et al. (1999), whose windows are given in air.
/// </summary>
public static class SpectralLines
{
    /// <summary>Lines of ionised gas, ascending.</summary>
    public static IReadOnlyList<SpectralFeature> Emission { get; } =
    [
        Line("Lyα", 1215.67),
        Line("C IV", 1548.19, 1550.78),
        Line("He II", 1640.42),
        Line("O III]", 1666.15),
        Line("C III]", 1906.68, 1908.73),
        Line("C II]", 2326.1),
        Line("Mg II", 2796.35, 2803.53),
        Line("[Ne V]", 3426.9),
        Line("[O II]", 3727.10, 3729.86),
        Line("[Ne III]", 3869.86),
        Line("H8", 3890.2),
        Line("Hε", 3971.20),
        Line("[S II]", 4069.75),
        Line("Hδ", 4102.89),
        Line("Hγ", 4341.69),
        Line("[O III]", 4364.44),
        Line("He I", 4472.7),
        Line("He II", 4687.0),
        Line("Hβ", 4862.71),
        Line("[O III]", 4960.30),
        Line("[O III]", 5008.24),
        Line("[N I]", 5201.7),
        Line("[N II]", 5756.2),
        Line("He I", 5877.25),
        Line("[O I]", 6302.05),
        Line("[O I]", 6365.54),
        Line("[N II]", 6549.86),
        Line("Hα", 6564.60),
        Line("[N II]", 6585.27),
        Line("[S II]", 6718.29),
        Line("[S II]", 6732.67),
        Line("He I", 7067.14),
        Line("[Ar III]", 7137.77),
        Line("[O II]", 7321.94, 7332.21),
        Line("[Ar III]", 7753.19),
        Line("[S III]", 9071.1),
        Line("Pa9", 9232.2),
        Line("[S III]", 9533.2),
        Line("Pa8", 9548.8),
    ];

    /// <summary>Features of stellar atmospheres and steps of the continuum, ascending.</summary>
    public static IReadOnlyList<SpectralFeature> Absorption { get; } =
    [
        new("Si IV", FeatureKind.Absorption, 1393.76, 1402.77),
        new("Fe II", FeatureKind.Absorption, 2600),
        new("Balmer break", FeatureKind.Break, 3600, 3700),
        new("D4000", FeatureKind.Break, 3850, 4100),
        new("Ca II K", FeatureKind.Absorption, 3934.77),
        new("Ca II H", FeatureKind.Absorption, 3969.59),
        new("G band", FeatureKind.Absorption, 4305.6),
        new("Mg b", FeatureKind.Absorption, 5168.76, 5174.12, 5185.04),
        new("Fe", FeatureKind.Absorption, 5271.5),
        new("Na D", FeatureKind.Absorption, 5891.58, 5897.55),
        new("TiO", FeatureKind.Absorption, 6160, 6230),
        new("TiO", FeatureKind.Absorption, 7050, 7150),
        new("Ca II", FeatureKind.Absorption, 8500.35, 8544.44, 8664.52),
    ];

    /// <summary>
    /// The lines on which reconstructions are judged. They are strong in most star-forming galaxies and have one wavelength each. They span
    /// the whole range (1216 to 9533 Å), so that a network that does not see one end fails.
    /// </summary>
    public static IReadOnlyList<SpectralFeature> Judged { get; } =
    [
        Line("Lyα", 1215.67),
        Line("C III]", 1908.73),
        Line("Mg II", 2796.35),
        Line("[O II]", 3729.86),
        Line("[Ne III]", 3869.86),
        Line("Hγ", 4341.69),
        Line("Hβ", 4862.71),
        Line("[O III]", 5008.24),
        Line("He I", 5877.25),
        Line("[O I]", 6302.05),
        Line("Hα", 6564.60),
        Line("[N II]", 6585.27),
        Line("[S II]", 6718.29),
        Line("[Ar III]", 7137.77),
        Line("[S III]", 9071.1),
        Line("[S III]", 9533.2),
    ];

    /// <summary>The judged lines as figures name them: [O II] is its doublet, as in <see cref="Emission"/>, so that it has one name
    /// everywhere.</summary>
    internal static IReadOnlyList<SpectralFeature> Named { get; } =
    [.. Judged.Select(l => l.Name == "[O II]" ? Emission.First(e => e.Name == l.Name) : l)];

    /// <summary>Whether a grid covers a feature.</summary>
    public static bool IsInside(SpectralFeature feature, WavelengthGrid grid)
    {
        ArgumentNullException.ThrowIfNull(feature);
        ArgumentNullException.ThrowIfNull(grid);
        return feature.CenterAngstrom > grid.CellEdgeAngstrom[0] && feature.CenterAngstrom < grid.CellEdgeAngstrom[^1];
    }

    /// <summary>The emission lines with the largest variance at their centres, ascending in wavelength. When lines share a pixel, only the
    /// first counts.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="variance">Variance of every pixel over the spectra, shape (n_wave).</param>
    /// <param name="count">How many lines; fewer are returned when the grid covers fewer.</param>
    public static IReadOnlyList<SpectralFeature> Brightest(WavelengthGrid grid, double[] variance, int count)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(variance);
        return
        [
            .. Emission
                .Where(l => IsInside(l, grid))
                .DistinctBy(l => grid.Nearest(l.CenterAngstrom))
                .OrderByDescending(l => variance[grid.Nearest(l.CenterAngstrom)])
                .Take(count)
                .OrderBy(l => l.CenterAngstrom),
        ];
    }

    /// <summary>The name, with its rounded wavelength if the name alone is ambiguous: <c>[O III] 5008</c>, but <c>Hα</c>.</summary>
    public static string Label(SpectralFeature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return feature.Kind != FeatureKind.Break && feature.Name.Contains(' ', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{feature.Name} {feature.CenterAngstrom:0}")
            : feature.Name;
    }

    private static SpectralFeature Line(string name, params double[] wavelengths) => new(name, FeatureKind.Emission, wavelengths);
}
