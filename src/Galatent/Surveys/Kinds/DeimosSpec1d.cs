using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// DEEP2 and DEIMOS <c>spec1d</c>. Evidence: tables Horne-B and Horne-R (or Bxspf-B and Bxspf-R), each of one row with SPEC, LAMBDA and
/// IVAR. Wavelengths count in air. The two parts are joined by wavelength. The flux is not calibrated.
/// </summary>
internal sealed class DeimosSpec1d : ISurveyKind
{
    private static readonly string[] Extractions = ["Horne", "Bxspf"];

    public string Name => "deimos";

    public string Description => "DEEP2 or DEIMOS spec1d file";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        file.Fits is { } fits && Parts(fits) is [var first, ..] ? $"HDU {first.Index} is {first.Name} with SPEC, LAMBDA and IVAR" : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var parts = Parts(file.Fits!);
        var header = parts[0].Header;
        var spectrum = new ObservedSpectrum
        {
            Place = string.Join('+', parts.Select(p => $"HDU {p.Index}")),
            ObjectId = header.Text("OBJNO").Trim() is { Length: > 0 } id ? id : header.Text("OBJECT").Trim(),
        };
        SpectrumPiece.Join(spectrum, [.. parts.Select(p => Piece(file.Path, p))]);
        spectrum.Medium = SpectralMedium.Air;
        spectrum.HasTelluric = true;
        spectrum.IsUncalibrated = true;
        var redshift = parts
            .Select(p => p.Header.Redshift())
            .Append(file.Fits!.Units[0].Header.Redshift())
            .FirstOrDefault(double.IsFinite, double.NaN);
        spectrum.SetRedshift(redshift);
        yield return spectrum;
    }

    private static SpectrumPiece Piece(string path, FitsUnit unit)
    {
        var table = unit.Table;
        double[] Cell(string name) => table.Cell(table.Require(name), 0);
        var wavelength = Cell("LAMBDA");
        var flux = Cell("SPEC");
        var ivar = Cell("IVAR");
        if (wavelength.Length != flux.Length || ivar.Length != flux.Length)
        {
            throw new InputException($"'{path}': the columns of {unit.Name} have different lengths; the file is damaged.");
        }
        // Zeros fill the ends of the arrays.
        var known = Enumerable.Range(0, flux.Length).Where(i => wavelength[i] > 0).OrderBy(i => wavelength[i]).ToArray();
        if (known.Length == 0)
        {
            throw new InputException($"'{path}': {unit.Name} has no wavelength above 0; the file is damaged.");
        }
        return new SpectrumPiece(
            Array.ConvertAll(known, i => wavelength[i]),
            Array.ConvertAll(known, i => flux[i]),
            Array.ConvertAll(known, i => ivar[i] > 0 && double.IsFinite(ivar[i]) && double.IsFinite(flux[i]) ? ivar[i] : 0),
            []
        );
    }

    private static List<FitsUnit> Parts(FitsFile fits)
    {
        foreach (var extraction in Extractions)
        {
            var parts = fits
                .Units.Where(u =>
                    u.IsTable
                    && u.Name.StartsWith(extraction + "-", StringComparison.OrdinalIgnoreCase)
                    && u.Table is { RowCount: > 0 } t
                    && t.Find("SPEC") is not null
                    && t.Find("LAMBDA") is not null
                    && t.Find("IVAR") is not null
                )
                .ToList();
            if (parts.Count > 0)
            {
                return parts;
            }
        }
        return [];
    }
}
