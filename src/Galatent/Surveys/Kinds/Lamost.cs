using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// LAMOST (lamost.org/public/dr/algorithms/ff). Evidence: TELESCOP LAMOST and a primary image of 5 rows, or a table of one row with FLUX,
/// IVAR and WAVELENGTH. Rows: flux, inverse variance, wavelength, and_mask, or_mask. Row 2 of pilot files is something else: it is taken as
/// wavelengths only if it ascends between 3000 and 11000. Vacuum, heliocentric; the flux is relative. Redshift -9999 is missing.
/// </summary>
internal sealed class Lamost : ISurveyKind
{
    public string Name => "lamost";

    public string Description => "LAMOST spectrum";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        file.Fits is not { } fits || !fits.Units[0].Header.Text("TELESCOP").Trim().Equals("LAMOST", StringComparison.OrdinalIgnoreCase)
            ? null
        : Table(fits) is { } table ? $"TELESCOP is LAMOST and HDU {table.Index} has FLUX, IVAR and WAVELENGTH"
        : fits.Units[0] is { IsImage: true, Shape: [>= 3, > 5] }
            ? "TELESCOP is LAMOST and the primary image has rows of flux, ivar, wavelength"
        : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var fits = file.Fits!;
        var header = fits.Units[0].Header;
        var spectrum = Table(fits) is { } table ? OfTable(table) : OfImage(file, fits.Units[0]);
        spectrum.SetRedshift(header.First("Z"), header.First("Z_ERR"));
        spectrum.Class = header.Text("CLASS").Trim().ToUpperInvariant();
        spectrum.ObjectId = header.Text("OBSID").Trim() is { Length: > 0 } id ? id : header.Text("DESIG").Trim();
        spectrum.Aliases = [header.Text("DESIG").Trim()];
        spectrum.SetPosition(header.First("RA", "RA_OBS"), header.First("DEC", "DEC_OBS"));
        yield return spectrum;
    }

    private static ObservedSpectrum OfTable(FitsUnit unit)
    {
        var table = unit.Table;
        double[] Cell(string name) => table.Cell(table.Require(name), 0);
        return new ObservedSpectrum
        {
            Place = $"HDU {unit.Index}",
            WavelengthAngstrom = Cell("WAVELENGTH"),
            Flux = Cell("FLUX"),
            InverseVariance = Cell("IVAR"),
            IsBad = table.Find("ANDMASK") is { } mask ? Array.ConvertAll(table.Cell(mask, 0), m => m != 0) : [],
        };
    }

    private static ObservedSpectrum OfImage(SurveyFile file, FitsUnit unit)
    {
        var third = unit.Rows(2, 1);
        var isWavelength = third[0] > 3000 && third[^1] < 11000;
        for (var i = 1; i < third.Length && isWavelength; i++)
        {
            isWavelength = third[i] > third[i - 1];
        }
        if (!isWavelength && !(unit.Header.Has("COEFF0") && unit.Header.Has("COEFF1")))
        {
            throw new InputException(
                $"'{file.Path}': row 2 holds no wavelengths and there is no COEFF0; give a newer release of the file."
            );
        }
        return new ObservedSpectrum
        {
            Place = "HDU 0",
            WavelengthAngstrom = isWavelength
                ? third
                : [.. third.Select((_, i) => Math.Pow(10, unit.Header.Number("COEFF0") + (unit.Header.Number("COEFF1") * i)))],
            Flux = unit.Rows(0, 1),
            InverseVariance = unit.Rows(1, 1),
            IsBad = isWavelength && unit.Shape[0] > 3 ? Array.ConvertAll(unit.Rows(3, 1), m => m != 0) : [],
        };
    }

    private static FitsUnit? Table(FitsFile fits) =>
        fits.Units.FirstOrDefault(u =>
            u.IsTable
            && u.Table is { RowCount: 1 } t
            && t.Find("FLUX") is { } flux
            && (flux.Repeat > 1 || flux.Descriptor is not null)
            && t.Find("IVAR") is not null
            && t.Find("WAVELENGTH") is not null
        );
}
