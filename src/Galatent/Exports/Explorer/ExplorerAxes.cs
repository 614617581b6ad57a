using Galatent.Networks;
using Galatent.Spectra;

namespace Galatent.Exports.Explorer;

/// <summary>What stands at the axes of a spectrum in a browser: names, units, and the lines that are labelled.</summary>
internal static class ExplorerAxes
{
    /// <summary>Name and unit of the wavelength axis.</summary>
    public const string WavelengthLabel = "Wavelength [Å], vacuum";

    // Strong lines beside those on which reconstructions are judged.
    private static readonly SpectralFeature[] Further =
    [
        new("Hδ", FeatureKind.Emission, 4102.89),
        new("[O III]", FeatureKind.Emission, 4960.30),
    ];

    /// <summary>Symbol of the flux.</summary>
    public static string FluxSymbol(ModelDescription description) =>
        SpectrumProvenance.IsPerHertz(description.FluxUnit ?? "") switch
        {
            true => "fν",
            false => "fλ",
            null => "flux",
        };

    /// <summary>Symbol of the flux and what it was divided by.</summary>
    public static string FluxLabel(ModelDescription description) =>
        FluxSymbol(description)
        + (
            description is { NormalizationLowAngstrom: { } low, NormalizationHighAngstrom: { } high }
                ? FormattableString.Invariant($" / median of {low}–{high} Å")
                : ", normalised"
        );

    /// <summary>Lines that are named in a whole spectrum.</summary>
    public static ExplorerLine[] StrongLines(WavelengthGrid grid) => Lines(SpectralLines.Named.Concat(Further), grid);

    /// <summary>Lines that are named where only a part of a spectrum is shown.</summary>
    public static ExplorerLine[] AllLines(WavelengthGrid grid) => Lines(SpectralLines.Emission, grid);

    private static ExplorerLine[] Lines(IEnumerable<SpectralFeature> lines, WavelengthGrid grid) =>
        [.. lines.Where(l => SpectralLines.IsInside(l, grid)).Select(l => new ExplorerLine(SpectralLines.Label(l), l.CenterAngstrom))];
}
