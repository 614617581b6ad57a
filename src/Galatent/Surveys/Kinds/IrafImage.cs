using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// Any FITS image with spectra, IRAF's among them. Evidence: an image with one axis of more than 5 pixels (axes of length 1 do not count)
/// and wavelengths in its header or in another HDU. Errors, masks and wavelengths stand in HDUs of the same length whose names say so.
/// Rows are spectra where an HDU of errors has the same shape, or where IRAF's multispec gives each row its wavelengths; other rows need a
/// word of the user. Three axes are IRAF's bands: the first is the flux, BANDIDn names that of sigma.
/// </summary>
internal sealed class IrafImage : ISurveyKind
{
    private const int LeastPixels = 6;

    private static readonly string[] FluxNames = ["flux", "fluxes", "flam", "f_lambda", "spec", "spectrum", "sci", "data"];
    private static readonly string[] WavelengthNames = ["wavelength", "wave", "waves", "lambda", "lam", "wl", "loglam"];
    private static readonly Dictionary<NoiseKind, string[]> NoiseNames = new()
    {
        [NoiseKind.Ivar] = ["ivar", "inverse_variance", "invvar"],
        [NoiseKind.Error] = ["err", "error", "errs", "sig", "sigma", "noise", "uncertainty", "stdev", "uncert"],
        [NoiseKind.Variance] = ["var", "variance", "stat"],
    };
    private static readonly string[] MaskNames = ["mask", "and_mask", "qual", "quality", "dq", "flag", "badpix", "pixel_mask"];

    public string Name => "fits-image";

    public string Description => "FITS image of one or more spectra (IRAF and others)";

    public string? Evidence(SurveyFile file, SurveyOptions options)
    {
        if (file.Fits is not { } fits || Flux(fits, options) is not { } flux)
        {
            return null;
        }
        var hasWavelengths =
            flux.Header.Has("CRVAL1")
            || IrafMultispec.Is(flux.Header)
            || Companion(fits, flux, options, "wavelength", WavelengthNames) is not null;
        return hasWavelengths ? $"HDU {flux.Index} ({flux.Title}) is an image with wavelengths" : null;
    }

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var fits = file.Fits!;
        var flux = Flux(fits, options)!;
        var image = SpectrumImage.Of(file, flux, options);
        var (noise, kind) = Noise(fits, flux, options);
        var mask = Companion(fits, flux, options, "mask", MaskNames);
        RequireClear(file, flux, image, noise, options);
        var wavelengthUnit = Companion(fits, flux, options, "wavelength", WavelengthNames);
        var multispec = IrafMultispec.Is(flux.Header) ? IrafMultispec.Of(file.Path, flux.Header) : null;
        for (var row = 0; row < image.Spectra; row++)
        {
            var spectrum = new ObservedSpectrum
            {
                Place = image.Spectra == 1 ? $"HDU {flux.Index}" : $"HDU {flux.Index} row {row}",
                Flux = image.Flux(row),
                Medium = SpectralMedium.Air,
                HasTelluric = true,
            };
            FitsTableSpectra.Describe(spectrum, file, flux, options);
            if (image.Spectra > 1)
            {
                spectrum.ObjectId = $"{spectrum.ObjectId}:{row}";
            }
            spectrum.WavelengthAngstrom =
                wavelengthUnit is not null ? FromImage(file, wavelengthUnit, row, image.Pixels)
                : multispec is not null ? multispec.Wavelengths(row, image.Pixels)
                : FromHeader(spectrum, file, flux, image);
            spectrum.InverseVariance =
                image.Noise(row) is { } own ? Inverse(own.Values, own.Kind)
                : noise is not null ? Inverse(SpectrumImage.Row(noise, row, image.Pixels), kind)
                : Estimated(spectrum, file);
            spectrum.IsBad = mask is null ? [] : Array.ConvertAll(SpectrumImage.Row(mask, row, image.Pixels), m => m != 0);
            TableSpectrum.SetScale(spectrum, file.Path, "the image", flux.Header.Text("BUNIT").Trim());
            yield return spectrum;
        }
    }

    private static double[] Estimated(ObservedSpectrum spectrum, SurveyFile file)
    {
        spectrum.Remarks.Add($"'{file.Path}' has no errors; they are estimated from the scatter of neighbouring pixels.");
        return NoiseEstimate.InverseVariance(spectrum.Flux);
    }

    private static double[] FromHeader(ObservedSpectrum spectrum, SurveyFile file, FitsUnit flux, SpectrumImage image)
    {
        var scale = PixelScale.Of(file.Path, flux.Header, image.Axis, image.Pixels);
        if (scale.Assumption is { } assumption)
        {
            spectrum.Remarks.Add(assumption);
        }
        if (scale.IsAir || scale.IsVacuum)
        {
            spectrum.Medium = scale.IsVacuum && !scale.IsAir ? SpectralMedium.Vacuum : SpectralMedium.Air;
            spectrum.Remarks.RemoveAll(r => r.Contains("air or vacuum", StringComparison.Ordinal));
        }
        return scale.Wavelengths;
    }

    private static double[] FromImage(SurveyFile file, FitsUnit unit, int row, int pixels)
    {
        var values = SpectrumImage.Row(unit, row, pixels);
        var text = unit.Header.Text("BUNIT").Trim();
        if (text.Length == 0 && Array.TrueForAll(values, v => v is > 2.5 and < 5))
        {
            return Array.ConvertAll(values, v => Math.Pow(10, v));
        }
        var factor =
            text.Length == 0
                ? 1
                : SpectralUnit.Length(text)
                    ?? throw new InputException($"'{file.Path}': the unit of {unit.Title} is '{text}', which is no length; correct BUNIT.");
        return Array.ConvertAll(values, v => v * factor);
    }

    private static double[] Inverse(double[] values, NoiseKind kind) =>
        kind switch
        {
            NoiseKind.Ivar => values,
            NoiseKind.Variance => FitsFields.Inverses(values),
            _ => FitsFields.InverseSquares(values),
        };

    private static FitsUnit? Flux(FitsFile fits, SurveyOptions options)
    {
        if (options.Hdus.TryGetValue("flux", out var told))
        {
            return told < fits.Units.Count && fits.Units[told].IsImage
                ? fits.Units[told]
                : throw new InputException(
                    $"'{fits.Path}' has no image in HDU {told} (SurveyOptions.Hdus); it has {fits.Units.Count} HDUs."
                );
        }
        var images = fits.Units.Where(u => u.IsImage && u.Shape.Max() >= LeastPixels).ToList();
        return images.Find(u => FluxNames.Contains(u.Name.ToLowerInvariant())) ?? images.FirstOrDefault();
    }

    private static FitsUnit? Companion(FitsFile fits, FitsUnit flux, SurveyOptions options, string role, string[] names)
    {
        if (options.Hdus.TryGetValue(role, out var told))
        {
            return told < fits.Units.Count && fits.Units[told].IsImage
                ? fits.Units[told]
                : throw new InputException(
                    $"'{fits.Path}' has no image in HDU {told} (SurveyOptions.Hdus); it has {fits.Units.Count} HDUs."
                );
        }
        return fits.Units.FirstOrDefault(u =>
            u.IsImage && u.Index != flux.Index && u.Shape.Max() == flux.Shape.Max() && names.Contains(u.Name.ToLowerInvariant())
        );
    }

    private static (FitsUnit? Unit, NoiseKind Kind) Noise(FitsFile fits, FitsUnit flux, SurveyOptions options)
    {
        foreach (var (kind, names) in NoiseNames)
        {
            if (Companion(fits, flux, options, kind.ToString().ToLowerInvariant(), names) is { } unit)
            {
                return (unit, kind);
            }
        }
        return (null, NoiseKind.None);
    }

    // A file whose parts nobody named must not be guessed at.
    private static void RequireClear(SurveyFile file, FitsUnit flux, SpectrumImage image, FitsUnit? noise, SurveyOptions options)
    {
        var others = file.Fits!.Units.Where(u =>
                u.IsImage && u.Index != flux.Index && u.Shape.Max() == flux.Shape.Max() && u.Name.Length == 0
            )
            .ToList();
        if (others.Count > 0 && options.Hdus.Count == 0)
        {
            throw new InputException(
                $"'{file.Path}': HDU {string.Join(" and ", others.Select(u => u.Index))} have the length of the spectrum and "
                    + $"no name; say what "
                    + $"they are with SurveyOptions.Hdus, e.g. flux={flux.Index},error={others[0].Index}."
            );
        }
        var isAlike = noise is not null && noise.Shape.SequenceEqual(flux.Shape);
        if (image.Spectra > 1 && !isAlike && !IrafMultispec.Is(flux.Header))
        {
            throw new InputException(
                $"'{file.Path}': nothing says what the {image.Spectra} rows of HDU {flux.Index} are; say it with SurveyOptions.Rows, e.g. "
                    + $"flux=0,error=1."
            );
        }
    }
}
