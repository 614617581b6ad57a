using Galatent.Files.Fits;

namespace Galatent.Surveys.Kinds;

/// <summary>VIPERS. Evidence: a table with WAVES, FLUXES, NOISE and MASK, one row a pixel. Redshift and REDFLAG stand in its header;
/// confidence is the last digit of the flag's whole part, and 2 to 4 are good. Wavelengths count in air.</summary>
internal sealed class Vipers : ISurveyKind
{
    public string Name => "vipers";

    public string Description => "VIPERS spectrum";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        Unit(file) is { } unit ? $"HDU {unit.Index} ({unit.Title}) is a table with WAVES, FLUXES, NOISE and MASK" : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var unit = Unit(file)!;
        var table = unit.Table;
        double[] Column(string name) =>
            table.Require(name) is { Repeat: 1, Descriptor: null } column
                ? table.Numbers(column, 0, table.RowCount)
                : table.Cell(table.Require(name), 0);
        var header = unit.Header.Has("REDSHIFT") ? unit.Header : file.Fits!.Units[0].Header;
        var spectrum = new ObservedSpectrum
        {
            Place = $"HDU {unit.Index}",
            Medium = SpectralMedium.Air,
            HasTelluric = true,
            WavelengthAngstrom = Column("WAVES"),
            Flux = Column("FLUXES"),
            InverseVariance = FitsFields.InverseSquares(Column("NOISE")),
            IsBad = Array.ConvertAll(Column("MASK"), m => m != 0),
            ObjectId = header.Text("ID").Trim(),
        };
        spectrum.SetRedshift(header.First("REDSHIFT"), double.NaN, header.First("REDFLAG"));
        spectrum.Doubt = FlagDoubt(header.First("REDFLAG"));
        spectrum.SetPosition(header.First("RA", "ALPHA"), header.First("DEC", "DELTA"));
        TableSpectrum.SetScale(spectrum, file.Path, "FLUXES", table.Require("FLUXES").Unit);
        yield return spectrum;
    }

    /// <summary>Why the survey doubts a redshift with this flag; null where it does not.</summary>
    public static string? FlagDoubt(double flag) =>
        double.IsFinite(flag) && ((long)Math.Floor(flag) % 10) is not (>= 2 and <= 4)
            ? FormattableString.Invariant($"REDFLAG {flag}")
            : null;

    private static FitsUnit? Unit(SurveyFile file) =>
        file.Fits?.Units.FirstOrDefault(u =>
            u.IsTable
            && u.Table is { RowCount: > 0 } t
            && t.Find("WAVES") is not null
            && t.Find("FLUXES") is not null
            && t.Find("NOISE") is not null
            && t.Find("MASK") is not null
        );
}
