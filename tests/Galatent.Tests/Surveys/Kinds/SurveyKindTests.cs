using System.Globalization;
using System.IO.Compression;
using CsCheck;
using Galatent.Surveys;
using Galatent.Surveys.Kinds;
using Galatent.Tests.Files.Fits;

namespace Galatent.Tests.Surveys.Kinds;

/// <summary>Every kind of file, written by the tests: recognised by content, with wavelengths, flux, noise, masks, medium, unit and
/// redshift.</summary>
public sealed class SurveyKindTests : IDisposable
{
    private static readonly double[] Wavelength = InventedSurveys.Wavelength;
    private static readonly double[] Flux = InventedSurveys.Flux;
    private static readonly double[] Ivar = InventedSurveys.Ivar;
    private static readonly SurveyOptions Plain = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_kind_stands_in_the_list_and_on_the_page()
    {
        var types = typeof(ISurveyKind).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(ISurveyKind)) && !t.IsAbstract).ToList();
        Assert.Equal(types.Select(t => t.Name).Order(), SurveyKinds.All.Select(k => k.GetType().Name).Order());
        var page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "surveys.md"));
        Assert.All(SurveyKinds.All, k => Assert.Contains($"`{k.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Reading_does_not_depend_on_order_padding_or_gzip() =>
        Gen.Select(Gen.Int[0, 6], Gen.Bool, Gen.Bool, Gen.Bool)
            .Sample(
                (rotate, isCatalogueFirst, isGzipped, isText) =>
                {
                    var bytes = new MemoryStream();
                    InventedSurveys.Sdss(bytes, rotate: rotate, isCatalogueFirst: isCatalogueFirst, idForm: isText ? "A" : "K");
                    // The last block may end where its data do.
                    var lastBytes =
                        isCatalogueFirst ? 20 * InventedSurveys.Pixels
                        : isText ? 64
                        : 50;
                    var fill = (2880 - (lastBytes % 2880)) % 2880;
                    var content = rotate % 2 == 0 ? bytes.ToArray() : bytes.ToArray()[..^fill];
                    if (isGzipped)
                    {
                        var packed = new MemoryStream();
                        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
                        {
                            gzip.Write(content);
                        }
                        content = packed.ToArray();
                    }
                    var path = _folder.File(isGzipped ? "spec.fits" : "spec.fits.gz");
                    File.WriteAllBytes(path, content);
                    var s = Assert.Single(Read(path, "sdss-spec"));
                    Assert.Equal(Flux.Select(f => (double)(float)f), s.Flux);
                    Assert.Equal("4565525861424406528", s.ObjectId);
                    Assert.Equal(InventedSurveys.Redshift, s.Redshift);
                    Assert.Equal([7], Enumerable.Range(0, s.Count).Where(i => s.IsBad[i]));
                },
                iter: 60,
                threads: 1
            );

    [Fact]
    public void DESI_arms_are_joined_by_weight_and_redshifts_by_identifier()
    {
        long[] ids = [39627866878511337, 39627866878511336, -5, 8];
        var path = Write("coadd-x.fits", file =>
            InventedSurveys.Desi(file, ids, ["TGT", "TGT", "SKY", "TGT"], [0, 0, 0, 1 << 9], ["R", "B"])
        );
        Write("redrock-x.fits", file =>
        {
            FitsTables.Primary(file);
            FitsTables.Table(
                file,
                "REDSHIFTS",
                2,
                [
                    TestColumn.Longs("TARGETID", [39627866878511336, 39627866878511337]),
                    TestColumn.Doubles("Z", [0.3, 0.1]),
                    TestColumn.Doubles("ZERR", [1e-4, 1e-4]),
                    TestColumn.Longs("ZWARN", [4, 0]),
                    TestColumn.Texts("SPECTYPE", 6, ["GALAXY", "GALAXY"]),
                ]
            );
        });
        var spectra = Read(path, "desi");
        Assert.Equal(4, spectra.Count);
        Assert.Equal(0.1, spectra[0].Redshift);
        Assert.Equal("companion", spectra[0].RedshiftFrom);
        Assert.Equal(0.3, spectra[1].Redshift);
        Assert.Equal("ZWARN 4", spectra[1].Doubt);
        Assert.Equal(Reason.NotTarget, spectra[2].Exclusion!.Value.Reason);
        Assert.Equal(Reason.NotTarget, spectra[3].Exclusion!.Value.Reason);
        // 2100 and 2400 pixels share 100; there (1 x 2 + 3 x 4) / 4.
        Assert.Equal(4400, spectra[0].Count);
        Assert.Equal([2, 3.5, 4], new[] { 1999, 2050, 2100 }.Select(i => spectra[0].Flux[i]));
        Assert.Equal([1, 4, 3], new[] { 1999, 2050, 2100 }.Select(i => spectra[0].InverseVariance[i]));
        // An arm may be missing.
        var one = Write("coadd-y.fits", file => InventedSurveys.Desi(file, [1], ["TGT"], [0], ["B"]));
        Assert.Equal(2100, Assert.Single(Read(one, "desi")).Count);
        // Exposures of one target are summed.
        var twice = Write("spectra-z.fits", file => InventedSurveys.Desi(file, [1, 1], ["TGT", "TGT"], [0, 0], ["B"]));
        Assert.Equal(2, Assert.Single(Read(twice, "desi")).InverseVariance[0]);
        Assert.Equal(2, Read(twice, "desi", Plain with { KeepExposures = true }).Count);
    }

    [Fact]
    public void LAMOST_in_both_forms()
    {
        double[] mask = [.. Enumerable.Range(0, Wavelength.Length).Select(i => i == 3 ? 1.0 : 0)];
        string[] cards = [FitsWriter.Card("TELESCOP", "'LAMOST'"), FitsWriter.Card("OBSID", "123"), FitsWriter.Card("Z", "0.1")];
        var old = Write("old.fits", file =>
            FitsWriter.Image(file, true, [5, Wavelength.Length], [.. Flux, .. Ivar, .. Wavelength, .. mask, .. mask], cards)
        );
        var newer = Write("new.fits", file =>
        {
            FitsTables.Primary(file, cards);
            FitsTables.Table(
                file,
                "COADD",
                1,
                [
                    TestColumn.Arrays("FLUX", [Flux]),
                    TestColumn.Arrays("IVAR", [Ivar]),
                    TestColumn.Arrays("WAVELENGTH", [Wavelength]),
                    TestColumn.Arrays("ANDMASK", [mask]),
                ]
            );
        });
        foreach (var path in new[] { old, newer })
        {
            var s = Assert.Single(Read(path, "lamost"));
            RequirePixels(s);
            Assert.True(s.IsBad[3]);
            Assert.Equal("123", s.ObjectId);
            Assert.Equal(0.1, s.Redshift);
            Assert.False(s.Scale.IsAbsolute);
        }
        var missing = Write("missing.fits", file =>
            FitsWriter.Image(
                file,
                true,
                [5, Wavelength.Length],
                [.. Flux, .. Ivar, .. Wavelength, .. mask, .. mask],
                FitsWriter.Card("TELESCOP", "'LAMOST'"),
                FitsWriter.Card("Z", "-9999")
            )
        );
        Assert.Equal(double.NaN, Assert.Single(Read(missing, "lamost")).Redshift);
    }

    [Fact]
    public void VIPERS_flags_are_the_last_digit()
    {
        foreach (var (flag, isGood) in new[] { (3.5, true), (12.2, true), (1.4, false), (19.0, false) })
        {
            var path = Write("vipers.fits", file =>
            {
                FitsTables.Primary(file);
                FitsTables.Table(
                    file,
                    "SPEC",
                    Wavelength.Length,
                    [
                        TestColumn.Doubles("WAVES", Wavelength),
                        TestColumn.Doubles("FLUXES", Flux, ("TUNIT", "'erg/cm2/s/Angstrom'")),
                        TestColumn.Doubles("NOISE", InventedSurveys.Error),
                        TestColumn.Ints("MASK", new long[Wavelength.Length]),
                    ],
                    null,
                    FitsWriter.Card("REDSHIFT", "0.1"),
                    FitsWriter.Card("REDFLAG", flag.ToString(CultureInfo.InvariantCulture))
                );
            });
            var s = Assert.Single(Read(path, "vipers"));
            RequirePixels(s);
            Assert.Equal(SpectralMedium.Air, s.Medium);
            Assert.Equal(isGood, s.Doubt is null);
        }
    }

    [Fact]
    public void JWST_is_flux_per_hertz_in_micrometres()
    {
        var path = Write("x1d.fits", file =>
        {
            FitsTables.Primary(file, FitsWriter.Card("TELESCOP", "'JWST'"));
            for (var k = 0; k < 2; k++)
            {
                FitsTables.Table(
                    file,
                    "EXTRACT1D",
                    Wavelength.Length,
                    [
                        TestColumn.Doubles("WAVELENGTH", Array.ConvertAll(Wavelength, l => l / 1e4), ("TUNIT", "'um'")),
                        TestColumn.Doubles("FLUX", [.. Flux.Select((f, i) => i == 2 ? double.NaN : f)], ("TUNIT", "'Jy'")),
                        TestColumn.Doubles("FLUX_ERROR", InventedSurveys.Error, ("TUNIT", "'Jy'")),
                        TestColumn.Ints("DQ", [.. Enumerable.Range(0, Wavelength.Length).Select(i => i == 5 ? 1L : 2)]),
                    ],
                    null,
                    FitsWriter.Card("SOURCEID", $"{40 + k}")
                );
            }
        });
        var spectra = Read(path, "jwst");
        Assert.Equal(["40", "41"], spectra.Select(s => s.ObjectId));
        Assert.True(spectra[0].Scale.IsPerHertz);
        Assert.Equal(1e-23, spectra[0].Scale.Factor, 1e-30);
        Assert.Equal(Wavelength[9], spectra[0].WavelengthAngstrom[9], 1e-9);
        Assert.Equal([5], Enumerable.Range(0, spectra[0].Count).Where(i => spectra[0].IsBad[i]));
    }

    [Fact]
    public void Images_of_fibre_surveys()
    {
        string[] scale = [FitsWriter.Card("CRVAL1", "4400"), FitsWriter.Card("CD1_1", "10"), FitsWriter.Card("CRPIX1", "1")];
        double[] variance = Array.ConvertAll(Ivar, v => 1 / v);
        var gama = Write("gama.fits", file =>
            FitsWriter.Image(
                file,
                true,
                [5, Wavelength.Length],
                [.. Flux, .. InventedSurveys.Error, .. Flux, .. Flux, .. Flux],
                [.. scale, FitsWriter.Card("GAMANAME", "'J1'"), FitsWriter.Card("Z", "0.1"), FitsWriter.Card("NQ", "2")]
            )
        );
        var s = Assert.Single(Read(gama, "gama"));
        RequirePixels(s);
        Assert.Equal("NQ 2", s.Doubt);
        Assert.Equal(1e-17, s.Scale.Factor);
        var sixDf = Write("6df.fits", file =>
        {
            FitsWriter.Image(
                file,
                true,
                [],
                [],
                FitsWriter.Card("OBSRA", "1"),
                FitsWriter.Card("Z_HELIO", "0.1"),
                FitsWriter.Card("QUALITY", "4")
            );
            FitsWriter.Image(file, false, [3, Wavelength.Length], [.. Flux, .. variance, .. Flux], scale);
        });
        s = Assert.Single(Read(sixDf, "6dfgs"));
        RequirePixels(s);
        Assert.True(s.IsUncalibrated);
        Assert.Null(s.Doubt);
        var twoDf = Write("2df.fits", file =>
        {
            FitsTables.Primary(file);
            FitsWriter.Image(
                file,
                false,
                [3, Wavelength.Length],
                [.. Flux, .. variance, .. Flux],
                [.. scale, FitsWriter.Card("IMAGE", "'SPECTRUM'")]
            );
        });
        RequirePixels(Assert.Single(Read(twoDf, "2dfgrs")));
        var fibres = Write("aaomega.fits", file =>
        {
            FitsWriter.Image(file, true, [2, Wavelength.Length], [.. Flux, .. Flux], scale);
            FitsWriter.Image(file, false, [2, Wavelength.Length], [.. variance, .. variance], FitsWriter.Card("EXTNAME", "'VARIANCE'"));
            FitsTables.Table(
                file,
                "FIBRES",
                2,
                [
                    TestColumn.Texts("NAME", 5, ["a", "b"]),
                    TestColumn.Texts("TYPE", 1, ["P", "S"]),
                    TestColumn.Doubles("RA", [Math.PI, 0]),
                    TestColumn.Doubles("DEC", [0.1, 0]),
                ]
            );
        });
        var spectra = Read(fibres, "2dfdr");
        RequirePixels(spectra[0]);
        Assert.Equal(180, spectra[0].RightAscensionDegrees, 1e-9);
        Assert.Equal(Reason.NotTarget, spectra[1].Exclusion!.Value.Reason);
    }

    [Fact]
    public void DEIMOS_parts_are_joined()
    {
        var path = Write("spec1d.fits", file =>
        {
            FitsTables.Primary(file);
            foreach (var (name, range) in new[] { ("Horne-B", ..200), ("Horne-R", 200..) })
            {
                FitsTables.Table(
                    file,
                    name,
                    1,
                    [
                        TestColumn.Arrays("SPEC", [Flux[range]]),
                        TestColumn.Arrays("LAMBDA", [Wavelength[range]]),
                        TestColumn.Arrays("IVAR", [Ivar[range]]),
                    ]
                );
            }
        });
        var s = Assert.Single(Read(path, "deimos"));
        RequirePixels(s);
        Assert.True(s.IsUncalibrated);
        Assert.Equal(SpectralMedium.Air, s.Medium);
    }

    [Fact]
    public void An_SDSS_plate_takes_redshifts_by_fibre()
    {
        var count = Wavelength.Length;
        double[] rows = [.. Enumerable.Range(0, 6).SelectMany(r => Array.ConvertAll(Flux, f => f + r))];
        double[] ivar = [.. Enumerable.Range(0, 6).SelectMany(_ => Ivar)];
        var path = Write("spPlate-1-2.fits", file =>
        {
            FitsWriter.Image(
                file,
                true,
                [6, count],
                rows,
                FitsWriter.Card("DC-FLAG", "1"),
                FitsWriter.Card("CRVAL1", "3.65"),
                FitsWriter.Card("CD1_1", "0.0005"),
                FitsWriter.Card("CRPIX1", "1")
            );
            FitsWriter.Image(file, false, [6, count], ivar);
            FitsWriter.Image(file, false, [6, count], new double[6 * count]);
            FitsTables.Table(file, "", 6, [TestColumn.Ints("FIBERID", [1, 2, 3, 4, 5, 6])]);
        });
        Write("spZbest-1-2.fits", file =>
        {
            FitsTables.Primary(file);
            FitsTables.Table(
                file,
                "",
                2,
                [TestColumn.Ints("FIBERID", [3, 1]), TestColumn.Doubles("Z", [0.3, 0.1]), TestColumn.Texts("CLASS", 6, ["GALAXY", "QSO"])]
            );
        });
        var spectra = Read(path, "sdss-spplate");
        Assert.Equal(6, spectra.Count);
        Assert.Equal([0.1, double.NaN, 0.3], spectra.Take(3).Select(s => s.Redshift));
        Assert.Equal("QSO", spectra[0].Class);
        Assert.Equal(Math.Pow(10, 3.65 + (0.0005 * 9)), spectra[2].WavelengthAngstrom[9], 1e-9);
        Assert.Equal(Flux[9] + 2, spectra[2].Flux[9]);
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

    private static void RequirePixels(ObservedSpectrum s)
    {
        Assert.Equal(Wavelength.Length, s.Count);
        for (var i = 0; i < s.Count; i += 37)
        {
            Assert.Equal(Wavelength[i], s.WavelengthAngstrom[i], 1e-9);
            Assert.Equal(Flux[i], s.Flux[i], 1e-9);
            Assert.Equal(Ivar[i], s.InverseVariance[i], 1e-9);
        }
    }

    private static List<ObservedSpectrum> Read(string path, string kind, SurveyOptions? options = null)
    {
        using var file = SurveyFile.Open(path, null);
        var found = SurveyKinds.Of(file, options ?? Plain);
        Assert.Equal(kind, found?.Kind.Name);
        return [.. found!.Value.Kind.Read(file, options ?? Plain)];
    }
}
