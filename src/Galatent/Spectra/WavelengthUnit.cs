using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>Checks that the wavelengths of spectra and stellar tables are in ångström.</summary>
internal static class WavelengthUnit
{
    // Spectra of galaxies and stellar populations reach beyond Lyman alpha (1216 Å). The tables that start at the shortest wavelength
    // start at 1 Å (BPASS).
    private const double LeastEndAngstrom = 1200;
    private const double LeastBeginAngstrom = 0.5;
    private const double MostAngstrom = 2e9;

    // Other units of wavelength, frequency and energy, as files spell them.
    private static readonly string[] OtherUnits =
    [
        "nm",
        "nanometer",
        "nanometre",
        "um",
        "\u00b5m",
        "\u03bcm",
        "micron",
        "microns",
        "micrometer",
        "micrometre",
        "mm",
        "cm",
        "m",
        "meter",
        "metre",
        "hz",
        "ghz",
        "ev",
        "kev",
        "log10(angstrom)",
        "dex(angstrom)",
    ];

    /// <summary>Throws when a file states a unit other than ångström.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the file calls the wavelengths.</param>
    /// <param name="unit">The unit that it states; empty when it states none. A unit that is unknown here is accepted.</param>
    /// <exception cref="InputException">The file states another unit.</exception>
    public static void RequireStated(string path, string name, string unit)
    {
        var plain = unit.Trim().ToLowerInvariant();
        if (OtherUnits.Contains(plain) || (plain.EndsWith('s') && OtherUnits.Contains(plain[..^1])))
        {
            throw new InputException(
                $"'{path}': the unit of {name} is stated as '{unit.Trim()}'; write the wavelengths in ångström, or correct the attribute."
            );
        }
    }

    /// <summary>Throws when the wavelengths cannot be in ångström.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the file calls the wavelengths, e.g. <c>/wavelength</c>.</param>
    /// <param name="wavelength">The wavelengths, in any order.</param>
    /// <exception cref="InputException">A wavelength is not finite or not positive, or the values fit another unit.</exception>
    public static void RequireAngstrom(string path, string name, ReadOnlySpan<double> wavelength)
    {
        var low = double.PositiveInfinity;
        var high = double.NegativeInfinity;
        for (var i = 0; i < wavelength.Length; i++)
        {
            if (!double.IsFinite(wavelength[i]) || wavelength[i] <= 0)
            {
                throw new InputException(
                    $"'{path}': wavelength {i} of {name} is {wavelength[i]}; wavelengths must be positive and finite, in ångström."
                );
            }
            low = Math.Min(low, wavelength[i]);
            high = Math.Max(high, wavelength[i]);
        }
        if (wavelength.Length > 0 && (high < LeastEndAngstrom || low < LeastBeginAngstrom || high > MostAngstrom))
        {
            throw new InputException(
                $"'{path}': the wavelengths of {name} reach from {low:G6} to {high:G6}, which cannot be ångström for a galaxy or a "
                    + $"stellar population"
                    + $"{Guess(low, high)}; write them in ångström."
            );
        }
    }

    private static string Guess(double low, double high) =>
        high > MostAngstrom ? ""
        : high < 0.01 ? " (the unit seems to be metre)"
        : low >= 6 && high <= 20 ? " (they seem to be natural logarithms)"
        : low >= 1.5 && high <= 8.5 ? " (they seem to be log10)"
        : low < LeastBeginAngstrom || high < 91 ? " (the unit seems to be micron)"
        : " (the unit seems to be nm)";
}
