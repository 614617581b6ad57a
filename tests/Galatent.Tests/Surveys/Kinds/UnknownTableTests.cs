using System.Globalization;
using Galatent.Numerics;
using Galatent.Surveys;
using Galatent.Surveys.Kinds;
using Galatent.Tests.Files.Fits;

namespace Galatent.Tests.Surveys.Kinds;

/// <summary>Tables, texts and images of nobody's survey: by the names of their parts, or as the user says; never by a guess without a
/// word.</summary>
public sealed class UnknownTableTests : IDisposable
{
    private static readonly double[] Wavelength = InventedSurveys.Wavelength;
    private static readonly double[] Flux = InventedSurveys.Flux;
    private static readonly SurveyOptions Plain = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("wave,flux,err", 1, 2)]
    [InlineData("LAMBDA,FLAM,SIGMA", 1, 2)]
    [InlineData("wavelength,f_lambda,var", 1, 4)]
    [InlineData("wl,spec,ivar", 1, 0.25)]
    public void Columns_are_known_by_name(string header, double scale, double noise)
    {
        var path = Text(header, scale, noise);
        var s = Single(path);
        Assert.Equal(Wavelength[5], s.WavelengthAngstrom[5], 1e-9);
        Assert.Equal(Flux[5], s.Flux[5], 1e-9);
        Assert.Equal(0.25, s.InverseVariance[5], 1e-12);
        Assert.Equal(SpectralMedium.Air, s.Medium);
        Assert.Contains(s.Remarks, r => r.Contains("air is assumed", StringComparison.Ordinal));
    }

    [Fact]
    public void Bare_columns_are_wavelength_flux_error_mask()
    {
        var path = _folder.File("bare.txt");
        File.WriteAllLines(
            path,
            Wavelength.Select((l, i) => string.Create(CultureInfo.InvariantCulture, $"{l} {Flux[i]} 2 {(i == 4 ? 1 : 0)}"))
        );
        var s = Single(path);
        Assert.Equal(0.25, s.InverseVariance[5], 1e-12);
        Assert.Equal([4], Enumerable.Range(0, s.Count).Where(i => s.IsBad[i]));
    }

    [Fact]
    public void A_user_says_what_columns_are_and_in_which_unit()
    {
        var path = Text("a,b,c", 0.1, 2);
        Assert.Null(Find(path, Plain));
        var s = Single(
            path,
            Plain with
            {
                Columns = new Dictionary<string, string>
                {
                    ["wavelength"] = "a:nm",
                    ["flux"] = "b",
                    ["error"] = "c",
                },
            }
        );
        Assert.Equal(Wavelength[5], s.WavelengthAngstrom[5], 1e-9);
        Refused(
            "no column 'x'",
            path,
            Plain with
            {
                Columns = new Dictionary<string, string>
                {
                    ["wavelength"] = "a",
                    ["flux"] = "b",
                    ["error"] = "x",
                },
            }
        );
        Refused(
            "names 'colour'",
            path,
            Plain with
            {
                Columns = new Dictionary<string, string>
                {
                    ["wavelength"] = "a",
                    ["flux"] = "b",
                    ["colour"] = "c",
                },
            }
        );
        Refused("could all be", Text("wave,lambda,flux", 1, 2), Plain);
    }

    // Errors in mJy beside a flux in Jy: 2 mJy are 0.002 Jy. A role that does not exist, or that the table cannot have, is not passed over.
    [Fact]
    public void Every_role_and_unit_that_a_user_states_counts()
    {
        var path = Text("a,b,c", 1, 2);
        SurveyOptions Told(string error, string? role = null, string column = "x")
        {
            var columns = new Dictionary<string, string>
            {
                ["wavelength"] = "a:angstrom",
                ["flux"] = "b:Jy",
                ["error"] = error,
            };
            if (role is not null)
            {
                columns[role] = column;
            }
            return Plain with { Columns = columns };
        }
        Assert.Equal(0.25e6, Single(path, Told("c:mJy")).InverseVariance[5], 1);
        Assert.Equal(0.25, Single(path, Told("c")).InverseVariance[5], 1e-9);
        Refused("no column 'x' for the redshift", path, Told("c", "redshift"));
        Refused("no column 'x' for the id", path, Told("c", "id"));
        Refused("c has different values", WithColumnOfNumbers(), Told("b", "id", "c"));
    }

    private string WithColumnOfNumbers()
    {
        var path = _folder.File("numbers.csv");
        var lines = Wavelength.Select((l, i) => string.Create(CultureInfo.InvariantCulture, $"{l},{Flux[i]},{i}"));
        File.WriteAllLines(path, ["a,b,c", .. lines]);
        return path;
    }

    [Fact]
    public void Units_of_ECSV_count()
    {
        var path = _folder.File("t.ecsv");
        File.WriteAllLines(
            path,
            [
                "# %ECSV 1.0",
                "# ---",
                "# datatype:",
                "# - {name: wave, unit: nm, datatype: float64}",
                "# - {name: flux, unit: 1e-17 erg / (Angstrom s cm2), datatype: float64}",
                "# schema: astropy-2.0",
                "wave flux",
                .. Wavelength.Select((l, i) => string.Create(CultureInfo.InvariantCulture, $"{l / 10} {Flux[i]}")),
            ]
        );
        var s = Single(path);
        Assert.Equal(Wavelength[5], s.WavelengthAngstrom[5], 1e-9);
        Assert.Equal(1e-17, s.Scale.Factor, 1e-23);
        Assert.Contains(s.Remarks, r => r.Contains("has no errors", StringComparison.Ordinal));
    }

    [Fact]
    public void Wavelengths_may_be_logarithms_but_not_nonsense()
    {
        var path = _folder.File("log.csv");
        void Write(Func<double, double> change) =>
            File.WriteAllLines(
                path,
                ["wave,flux", .. Wavelength.Select((l, i) => string.Create(CultureInfo.InvariantCulture, $"{change(l):R},{Flux[i]}"))]
            );
        Write(Math.Log10);
        Assert.Equal(Wavelength[5], Single(path).WavelengthAngstrom[5], 1e-8);
        // Micrometres without a unit are no ångström.
        Write(l => l / 1e4);
        Refused("between 100 Å and 60 µm", path, Plain);
        Write(l => l == Wavelength[3] ? double.PositiveInfinity : l);
        Refused("wavelength 3", path, Plain);
    }

    [Fact]
    public void Disordered_pixels_are_put_in_order()
    {
        var s = new ObservedSpectrum
        {
            WavelengthAngstrom = [5000, 4000, 4000, 3000],
            Flux = [5, 1, 3, double.NaN],
            InverseVariance = [1, 1, 3, 1],
        };
        PixelOrder.Require(s, "x");
        Assert.Equal([3000, 4000, 5000], s.WavelengthAngstrom);
        Assert.Equal([0, 2.5, 5], s.Flux);
        Assert.Equal([0, 4, 1], s.InverseVariance);
        Assert.Contains("joined by weight", Assert.Single(s.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_FITS_table_has_rows_of_pixels_or_of_spectra()
    {
        var pixels = Write("pixels.fits", file =>
        {
            FitsTables.Primary(file, FitsWriter.Card("VACUUM", "T"), FitsWriter.Card("REDSHIFT", "0.1"), FitsWriter.Card("OBJECT", "'me'"));
            FitsTables.Table(
                file,
                "",
                Wavelength.Length,
                [
                    TestColumn.Doubles("WAVE", Array.ConvertAll(Wavelength, l => l / 10), ("TUNIT", "'nm'")),
                    TestColumn.Doubles("FLUX", Flux, ("TUNIT", "'mJy'")),
                    TestColumn.Doubles("ERR", InventedSurveys.Error, ("TUNIT", "'mJy'")),
                ]
            );
        });
        var s = Single(pixels);
        Assert.Equal(Wavelength[5], s.WavelengthAngstrom[5], 1e-9);
        Assert.Equal(SpectralMedium.Vacuum, s.Medium);
        Assert.Equal("me", s.ObjectId);
        Assert.Equal(0.1, s.Redshift);
        Assert.True(s.Scale is { IsPerHertz: true, IsAbsolute: true });
        var spectra = Write("spectra.fits", file =>
        {
            FitsTables.Primary(file);
            FitsTables.Table(
                file,
                "",
                2,
                [
                    TestColumn.Longs("ID", [39627866878511337, 2]),
                    TestColumn.Doubles("Z", [0.1, -9]),
                    TestColumn.Arrays("WAVE", [Wavelength, [.. Wavelength[..^5], 0, 0, 0, 0, 0]]),
                    TestColumn.Arrays("FLUX", [Flux, Flux]),
                    TestColumn.Arrays("IVAR", [InventedSurveys.Ivar, InventedSurveys.Ivar]),
                ]
            );
        });
        var all = Read(spectra, Plain);
        Assert.Equal(["39627866878511337", "2"], all.Select(x => x.ObjectId));
        Assert.Equal([0.1, double.NaN], all.Select(x => x.Redshift));
        Assert.Equal([Wavelength.Length, Wavelength.Length - 5], all.Select(x => x.Count));
    }

    [Fact]
    public void An_image_says_its_wavelengths_in_the_header_and_errors_by_name()
    {
        string[] scale =
        [
            FitsWriter.Card("CRVAL1", "440.0"),
            FitsWriter.Card("CDELT1", "1.0"),
            FitsWriter.Card("CUNIT1", "'nm'"),
            FitsWriter.Card("CTYPE1", "'AWAV'"),
        ];
        var path = Write("image.fits", file =>
        {
            FitsWriter.Image(file, true, [1, Wavelength.Length], Flux, scale);
            FitsWriter.Image(file, false, [1, Wavelength.Length], InventedSurveys.Error, FitsWriter.Card("EXTNAME", "'ERR'"));
        });
        var s = Single(path);
        Assert.Equal(Wavelength[5], s.WavelengthAngstrom[5], 1e-9);
        Assert.Equal(InventedSurveys.Ivar[5], s.InverseVariance[5], 1e-9);
        Assert.DoesNotContain(s.Remarks, r => r.Contains("air is assumed", StringComparison.Ordinal));
        var rows = Write("rows.fits", file =>
            FitsWriter.Image(file, true, [2, Wavelength.Length], [.. Flux, .. InventedSurveys.Error], scale)
        );
        Refused("SurveyOptions.Rows", rows, Plain);
        s = Single(
            rows,
            Plain with
            {
                Rows = new Dictionary<string, int> { ["flux"] = 0, ["error"] = 1 },
            }
        );
        Assert.Equal(InventedSurveys.Ivar[5], s.InverseVariance[5], 1e-9);
        var unnamed = Write("unnamed.fits", file =>
        {
            FitsWriter.Image(file, true, [Wavelength.Length], Flux, scale);
            FitsWriter.Image(file, false, [Wavelength.Length], InventedSurveys.Error);
        });
        Refused("SurveyOptions.Hdus", unnamed, Plain);
        s = Single(
            unnamed,
            Plain with
            {
                Hdus = new Dictionary<string, int> { ["flux"] = 0, ["error"] = 1 },
            }
        );
        Assert.Equal(InventedSurveys.Ivar[5], s.InverseVariance[5], 1e-9);
    }

    // lambda = 5000 + 100 T_1(x) + 10 T_2(x) over pixels 1 to 101, and the same with Legendre's P_2 = (3 x² - 1) / 2.
    [Theory]
    [InlineData(1, 5100 + 10)]
    [InlineData(2, 5100 + 10)]
    public void Multispec_polynomials(int function, double last)
    {
        string[] cards =
        [
            FitsWriter.Card("CTYPE1", "'MULTISPE'"),
            "WAT1_001= 'wtype=multispec label=Wavelength units=angstroms'",
            $"WAT2_001= 'wtype=multispec spec1 = \"1 1 2 4900 2 101 0. 1 2 1. 0. {function} 3 1. 101. '",
            "WAT2_002= '5000. 100. 10.\"'",
        ];
        var path = Write("multispec.fits", file => FitsWriter.Image(file, true, [1, 101], Flux[..101], cards));
        var s = Single(path);
        Assert.Equal(last, s.WavelengthAngstrom[^1], 1e-9);
        Assert.Equal(5000 + (function == 1 ? -10 : -5), s.WavelengthAngstrom[50], 1e-9);
        var spline = Write("spline.fits", file =>
            FitsWriter.Image(
                file,
                true,
                [1, 101],
                Flux[..101],
                [.. cards.Select(c => c.Replace($"0. {function} 3 1.", "0. 3 3 1.", StringComparison.Ordinal))]
            )
        );
        Refused("splines", spline, Plain);
    }

    private string Text(string header, double scale, double noise)
    {
        var path = _folder.File($"{header.Replace(',', '-')}.csv");
        File.WriteAllLines(
            path,
            [header, .. Wavelength.Select((l, i) => string.Create(CultureInfo.InvariantCulture, $"{l * scale:R},{Flux[i]:R},{noise}"))]
        );
        return path;
    }

    private string Write(string name, Action<Stream> write)
    {
        var path = _folder.File(name);
        using (var file = File.Create(path))
        {
            write(file);
        }
        return path;
    }

    private static string? Find(string path, SurveyOptions options)
    {
        using var file = SurveyFile.Open(path, null);
        return SurveyKinds.Of(file, options)?.Kind.Name;
    }

    private static List<ObservedSpectrum> Read(string path, SurveyOptions options)
    {
        using var file = SurveyFile.Open(path, null);
        var spectra = SurveyKinds.Of(file, options)!.Value.Kind.Read(file, options).ToList();
        spectra.ForEach(s => PixelOrder.Require(s, path));
        return spectra;
    }

    private static ObservedSpectrum Single(string path, SurveyOptions? options = null) => Assert.Single(Read(path, options ?? Plain));

    private static void Refused(string told, string path, SurveyOptions options) =>
        Assert.Contains(told, Assert.Throws<InputException>(() => Read(path, options)).Message, StringComparison.Ordinal);
}
