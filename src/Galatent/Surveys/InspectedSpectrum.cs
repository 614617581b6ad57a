using Galatent.Numerics;
using Galatent.Surveys.Kinds;
using Galatent.Surveys.Preparation;

namespace Galatent.Surveys;

/// <summary>One spectrum of a file as it stands there, for looking at it: wavelengths in vacuum, nothing else is done to it.</summary>
public sealed record InspectedSpectrum
{
    private const int MostNames = 5;

    /// <summary>Unit of a flux that is divided by its median.</summary>
    internal const string Normalised = "median";

    /// <summary>Kind of the file, e.g. <c>sdss-spec</c>; <c>dataset</c> for one of this program.</summary>
    public required string Kind { get; init; }

    /// <summary>Its number in the file, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Identifier in the survey; empty where it has none.</summary>
    public string ObjectId { get; init; } = "";

    /// <summary>HDU or row in the file.</summary>
    public string Place { get; init; } = "";

    /// <summary>Class by the survey; empty where it has none.</summary>
    public string Class { get; init; } = "";

    /// <summary>Redshift; NaN where the file has none.</summary>
    public double Redshift { get; init; } = double.NaN;

    /// <summary>Why the survey doubts the redshift; null where it does not.</summary>
    public string? Doubt { get; init; }

    /// <summary>Whether the wavelengths are at rest already.</summary>
    public bool IsRest { get; init; }

    /// <summary>Wavelengths, Å, vacuum, ascending; observed frame, unless <see cref="IsRest"/>; shape (n).</summary>
    public required double[] WavelengthAngstrom { get; init; }

    /// <summary>Flux in the file's unit, shape (n).</summary>
    public required double[] Flux { get; init; }

    /// <summary>Standard deviation in the file's unit, shape (n); NaN where it is not known.</summary>
    public required double[] Error { get; init; }

    /// <summary>Why each pixel is bad, shape (n).</summary>
    public required IReadOnlyList<PixelMask> Mask { get; init; }

    /// <summary>What a flux of 1 is in <see cref="FluxUnit"/>.</summary>
    public double FluxFactor { get; init; } = 1;

    /// <summary><c>erg/s/cm²/Å</c> or <c>erg/s/cm²/Hz</c>; <c>median</c> for the normalised flux of a dataset; empty for a
    /// relative flux.</summary>
    public string FluxUnit { get; init; } = "";

    /// <summary>Reads one spectrum.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="which">Its identifier, or its number in the file from 0; null for the first with a good pixel.</param>
    /// <exception cref="InputException">The file is damaged or of no known kind, or has no such spectrum.</exception>
    public static InspectedSpectrum Read(string path, SurveyOptions options, string? which = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var file = SurveyFile.Open(path, options.ScratchFolder);
        if (options.Kind is null && DatasetInspection.IsDataset(file))
        {
            return DatasetInspection.Read(path, which);
        }
        var (kind, _) = SurveyKinds.Of(file, options) ?? throw new InputException(SurveyInspection.WhyUnknown(file));
        var names = new List<string>();
        var count = 0;
        ObservedSpectrum? byNumber = null;
        foreach (var spectrum in kind.Read(file, options))
        {
            PixelOrder.Require(spectrum, path);
            var number = count++;
            if (which is null ? HasGoodPixel(spectrum, options) : which == spectrum.ObjectId)
            {
                return Of(spectrum, kind.Name, number, options);
            }
            // An identifier may be a whole number too, and comes first.
            byNumber = which == $"{number}" ? spectrum : byNumber;
            if (spectrum.ObjectId.Length > 0 && names.Count < MostNames)
            {
                names.Add(spectrum.ObjectId);
            }
        }
        if (byNumber is not null)
        {
            return Of(byNumber, kind.Name, int.Parse(which!, System.Globalization.CultureInfo.InvariantCulture), options);
        }
        var held =
            count == 0 ? "no spectrum"
            : count == 1 ? "one spectrum, number 0"
            : $"{count} spectra, numbers 0 to {count - 1}";
        var known =
            names.Count == 0
                ? ""
                : $", with the identifier{(names.Count == 1 ? "" : "s")} {string.Join(", ", names)}{(count > names.Count ? ", ..." : "")}";
        throw new InputException(
            which is null
                ? $"'{path}' holds {held}{(count > 0 ? ", without a good pixel" : "")}; there is nothing to draw."
                : $"'{path}' has no spectrum '{which}': it holds {held}{known}."
        );
    }

    private static bool HasGoodPixel(ObservedSpectrum spectrum, SurveyOptions options) =>
        spectrum.Count > 0 && PixelCleaning.Mask(spectrum, spectrum.WavelengthAngstrom, options).Contains(PixelMask.None);

    private static InspectedSpectrum Of(ObservedSpectrum s, string kind, int number, SurveyOptions options)
    {
        // Sky lines have their places in the observed frame.
        var (vacuum, observed, _, isRest) = SpectrumFrames.Of(s, options);
        return new InspectedSpectrum
        {
            Kind = kind,
            Number = number,
            ObjectId = s.ObjectId,
            Place = s.Place,
            Class = s.Class,
            Redshift = s.Redshift,
            Doubt = s.Doubt,
            IsRest = isRest,
            WavelengthAngstrom = vacuum,
            Flux = s.Flux,
            Error = Array.ConvertAll(s.InverseVariance, v => v > 0 ? 1 / Math.Sqrt(v) : double.NaN),
            Mask = PixelCleaning.Mask(s, observed, options),
            FluxFactor = s.Scale.Factor,
            FluxUnit = s.Scale.IsAbsolute ? $"erg/s/cm²/{(s.Scale.IsPerHertz ? "Hz" : "Å")}" : "",
        };
    }
}
