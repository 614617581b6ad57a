using Galatent.Files.Fits;

namespace Galatent.Surveys.Kinds;

/// <summary>A survey whose file is an image with rows of known meaning: 6dFGS, 2dFGRS, GAMA.</summary>
internal abstract class RowImages : ISurveyKind
{
    public abstract string Name { get; }

    public abstract string Description { get; }

    public string? Evidence(SurveyFile file, SurveyOptions options) => file.Fits is { } fits && Unit(fits) is { } unit ? Why(unit) : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var unit = Unit(file.Fits!)!;
        var noise = unit.Rows(1, 1);
        var scale = PixelScale.Of(file.Path, unit.Header, 1, unit.Shape[1]);
        var spectrum = new ObservedSpectrum
        {
            Place = $"HDU {unit.Index}",
            Flux = unit.Rows(0, 1),
            InverseVariance = HasVariance ? FitsFields.Inverses(noise) : FitsFields.InverseSquares(noise),
            WavelengthAngstrom = scale.Wavelengths,
            Medium = scale.IsVacuum ? SpectralMedium.Vacuum : SpectralMedium.Air,
        };
        var primary = file.Fits!.Units[0].Header;
        Describe(spectrum, unit.Header, primary);
        yield return spectrum;
    }

    /// <summary>Whether row 1 holds variances; else errors.</summary>
    protected abstract bool HasVariance { get; }

    /// <summary>The unit with the spectrum; null when the file is of another kind.</summary>
    protected abstract FitsUnit? Unit(FitsFile fits);

    /// <summary>By what the file was recognised.</summary>
    protected abstract string Why(FitsUnit unit);

    /// <summary>Identifier, redshift and flags.</summary>
    protected abstract void Describe(ObservedSpectrum spectrum, FitsHeader header, FitsHeader primary);

    /// <summary>A number of the unit's header, or else of the primary one.</summary>
    protected static double Number(FitsHeader header, FitsHeader primary, params ReadOnlySpan<string> keywords) =>
        header.First(keywords) is var own && double.IsFinite(own) ? own : primary.First(keywords);

    /// <summary>A text of the unit's header, or else of the primary one.</summary>
    protected static string Text(FitsHeader header, FitsHeader primary, string keyword) =>
        (header.Text(keyword) is { Length: > 0 } own ? own : primary.Text(keyword)).Trim();
}
