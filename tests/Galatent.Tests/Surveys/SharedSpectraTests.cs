using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys;
using Galatent.Surveys.Kinds;
using Galatent.Surveys.Preparation;

namespace Galatent.Tests.Surveys;

/// <summary>Real files of five surveys against numbers that another program (astropy) took from them.</summary>
public sealed class SharedSpectraTests
{
    private const double Raw = 1e-6;
    private const double OnGrid = 1e-5;

    private static readonly int[] Cells = [371, 1631, 1792, 2061, 3521, 4481];
    private static readonly SurveyOptions Plain = new() { Sky = SkyMask.None, Deredden = false };

    // Pixels; wavelengths of the ends; flux and ivar of pixel 1000; sum of ivar; pixels without ivar; pixels with bit 23; redshift; median
    // and count of good pixels at rest 5000-5500 Å.
    [Theory]
    [InlineData("spec-0266-51602-0001", 3835, 3806.2726, 9202.3784, 74.85722, .1500816, 749.8921, 0, 10, .02127545, 82.24217, 410)]
    [InlineData("spec-0266-51602-0526", 3841, 3806.2726, 9215.0978, 91.27404, .1499065, 455.1987, 61, 4, .02675972, 109.1634, 410)]
    [InlineData("spec-0332-52367-0639", 3810, 3829.1297, 9204.4954, 48.4429, .2922294, 1588.935, 22, 17, .1006098, 47.96487, 410)]
    [InlineData("spec-1045-52725-0628", 3816, 3822.0815, 9200.2569, 14.99583, .7139668, 3101.329, 0, 62, .03196687, 17.22942, 410)]
    [InlineData("spec-1372-53062-0072", 3843, 3799.2686, 9202.3784, 9.874256, .982536, 5603.862, 0, 164, .04190066, 9.664696, 409)]
    [InlineData("spec-2095-53474-0355", 3829, 3816.8060, 9215.0978, 150.1469, .07368717, 545.3905, 0, 13, .01108488, 125.0041, 414)]
    [InlineData("sdss_dr18_0358-51818-0504", 3851, 3786.1699, 9187.5580, 26.24493, .6905833, 5455.416, 1, 103, .0472323, 21.1327, 410)]
    [InlineData("spec-3586-55181-0003", 4625, 3561.2296, 10327.6126, .8223191, 3.932171, 21548.87, 15, 0, .5886955, 1.55115, 414)]
    [InlineData("spec-4055-55359-0001", 4605, 3571.9064, 10310.9799, 19.23924, 1.587267, 10451.85, 19, 208, .0003662, 17.35439, 414)]
    [InlineData("spec-4055-55359-0006", 4605, 3571.9064, 10310.9799, 5.350516, 3.946678, 10548.38, 6, 145, .2137726, 18.39536, 413)]
    [InlineData("sample_sdss", 3853, 3798.3939, 9221.4667, 17.5391, .549086, 4485.001, 41, 148, .0410313, 12.8066, 411)]
    public void Pixels_of_SDSS_are_as_stored(
        string name,
        int count,
        double first,
        double last,
        double flux,
        double ivar,
        double sum,
        int without,
        int flagged,
        double redshift,
        double median,
        int inWindow
    )
    {
        var s = Read(name).Single();
        Assert.Equal(count, s.Count);
        Assert.Equal(first, s.WavelengthAngstrom[0], 1e-4);
        Assert.Equal(last, s.WavelengthAngstrom[^1], 1e-4);
        Near(flux, s.Flux[1000], Raw);
        Near(ivar, s.InverseVariance[1000], Raw);
        Near(sum, s.InverseVariance.Sum(), Raw);
        Assert.Equal(without, s.InverseVariance.Count(v => !(v > 0)));
        Assert.Equal(flagged, s.IsBad.Count(b => b));
        Assert.Equal(redshift, s.Redshift, 5e-8);
        RequireMedian(s, s.Redshift, median, inWindow);
    }

    [Theory]
    [InlineData(2, "39627866878511337", .8354, -.02145739, 2.961758, 132626.9, 35, .5019651, 802)]
    [InlineData(4, "39627866878514741", .9809, .7777585, 4.369407, 131422.1, 0, double.NaN, 0)]
    public void Arms_of_DESI_are_joined(
        int row,
        string id,
        double redshift,
        double flux,
        double ivar,
        double sum,
        int without,
        double median,
        int inWindow
    )
    {
        var s = Read("coadd-sv3-dark-26065").ElementAt(row);
        Assert.Equal(id, s.ObjectId);
        Assert.Equal(7781, s.Count);
        Assert.Equal(3600, s.WavelengthAngstrom[0], 1e-6);
        Assert.Equal(9824, s.WavelengthAngstrom[^1], 1e-6);
        Near(flux, s.Flux[1000], Raw);
        Near(ivar, s.InverseVariance[1000], Raw);
        Near(sum, s.InverseVariance.Sum(), Raw);
        Assert.Equal(without, s.InverseVariance.Count(v => !(v > 0)));
        if (inWindow == 0)
        {
            Assert.Equal(Reason.NoWindow, Prepared(s, redshift, Plain).Outcome);
            return;
        }
        RequireMedian(s, redshift, median, inWindow);
        // Where two arms overlap.
        Near(.5160792, s.Flux[2730], Raw);
        Near(7.673792, s.InverseVariance[2730], Raw);
        // 1.59, 1.49, 1.67 Å full width at 4700, 6690 and 8672 Å.
        Assert.Equal(1.59, Fwhm(s, 4700), 0.01);
        Assert.Equal(1.49, Fwhm(s, 6690), 0.01);
        Assert.Equal(1.67, Fwhm(s, 8672), 0.01);
    }

    [Fact]
    public void A_spectrum_of_ESO_is_in_air_and_its_zero_errors_are_bad()
    {
        var s = Read("96976").Single();
        Assert.Equal(6166, s.Count);
        Assert.Equal(SpectralMedium.Air, s.Medium);
        Assert.Equal(5800.2998, s.WavelengthAngstrom[0], 1e-4);
        Assert.Equal(9499.2998, s.WavelengthAngstrom[^1], 1e-4);
        Near(18.46502, s.Flux[3000], Raw);
        Near(1 / (5.176749 * 5.176749), s.InverseVariance[3000], Raw);
        Assert.Equal(2480, Enumerable.Range(0, s.Count).Count(i => s.IsBad[i] || s.InverseVariance[i] == 0));
        Assert.Equal(8053.3, s.WavelengthAngstrom[Array.FindLastIndex(s.InverseVariance, v => v > 0)], 0.01);
        Assert.Equal(Reason.NoWindow, Prepared(s, .972, Plain).Outcome);
    }

    // Good cells; of them in the window; divisor; flux of six cells (NaN for a bad one); sum of ivar.
    [Theory]
    [InlineData(
        "spec-1045-52725-0628",
        0,
        double.NaN,
        4162,
        550,
        1.684733e-27,
        1.10181,
        1.95853,
        1.63463,
        .96126,
        13.31272,
        2.99611,
        744829
    )]
    [InlineData(
        "sdss_dr18_0358-51818-0504",
        0,
        double.NaN,
        4223,
        549,
        2.140209e-27,
        21.11198,
        65.25488,
        475.69247,
        1.00128,
        307.33658,
        1.22449,
        1.50014e6
    )]
    [InlineData(
        "spec-3586-55181-0003",
        0,
        double.NaN,
        3302,
        555,
        3.611955e-28,
        .30978,
        .37572,
        .82454,
        1.20581,
        double.NaN,
        double.NaN,
        231644
    )]
    [InlineData(
        "spec-4055-55359-0006",
        0,
        double.NaN,
        4190,
        555,
        2.449072e-27,
        .17942,
        .70982,
        .85254,
        1.01743,
        double.NaN,
        2.67102,
        8.02847e6
    )]
    [InlineData("sample_sdss", 0, double.NaN, 4158, 551, 1.271771e-27, 3.7108, 2.8149, 9.28797, .86112, 11.98128, 1.4804, 487498)]
    [InlineData(
        "coadd-sv3-dark-26065",
        2,
        .8354,
        2062,
        387,
        1.500041e-28,
        .66311,
        .84408,
        1.08735,
        1.23788,
        double.NaN,
        double.NaN,
        118557
    )]
    public void Spectra_on_the_study_grid(
        string name,
        int row,
        double redshift,
        int good,
        int inWindow,
        double norm,
        double f0,
        double f1,
        double f2,
        double f3,
        double f4,
        double f5,
        double sum
    )
    {
        var s = Read(name).ElementAt(row);
        var p = Prepared(s, double.IsNaN(redshift) ? s.Redshift : redshift, Plain);
        RequireGrid(p, norm, [f0, f1, f2, f3, f4, f5], sum);
        Assert.Equal(good, p.Mask.Count(m => m == 0));
        var (first, end) = WavelengthGrid.Study.Range(5000, 5500);
        Assert.Equal(inWindow, p.Mask[first..end].Count(m => m == 0));
    }

    [Fact]
    public void Dust_of_our_galaxy_is_removed()
    {
        var s = Read("sample_sdss").Single();
        Assert.Equal(.0312406, s.Ebv, 1e-7);
        RequireGrid(
            Prepared(s, s.Redshift, Plain with { Deredden = true }),
            1.373978e-27,
            [3.85154, 2.84109, 9.34074, .86129, 11.73046, 1.42721],
            486243
        );
        Assert.Equal(.120124, Read("spec-4055-55359-0006").Single().Ebv, 1e-6);
    }

    [Theory]
    [InlineData("spec-1045-52725-0628")]
    [InlineData("spec-1372-53062-0072")]
    [InlineData("spec-0332-52367-0639")]
    [InlineData("sdss_dr18_0358-51818-0504")]
    public void Wavelengths_that_are_at_rest_already_are_noticed(string name)
    {
        var observed = Read(name).Single();
        Assert.Null(Prepared(observed, observed.Redshift, Plain).RestRemark);
        var rest = Read(name).Single();
        rest.WavelengthAngstrom = Array.ConvertAll(rest.WavelengthAngstrom, l => l / (1 + rest.Redshift));
        Assert.Contains("at rest already", Prepared(rest, rest.Redshift, Plain).RestRemark, StringComparison.Ordinal);
        Assert.Null(Prepared(rest, rest.Redshift, Plain with { IsRest = true }).RestRemark);
    }

    [Fact]
    public void Values_beside_the_spectra_are_exact()
    {
        using var boss = SurveyFile.Open(PathOf("spec-4055-55359-0006"), null);
        var catalogue = boss.Fits!.Units.First(u => u.IsTable && u.Table.Find("APERFLUX") is not null).Table;
        // TDIM (8,5): five bands of eight radii.
        Near(326.0184, catalogue.Cell(catalogue.Require("APERFLUX"), 0)[(4 * 8) + 7], Raw);
        Assert.Equal("4565525861424406528", catalogue.Text(0, "SPECOBJID"));
        using var desi = SurveyFile.Open(PathOf("coadd-sv3-dark-26065"), null);
        Assert.Equal(298173625, desi.Fits!["B_FLUX"].Header.Number("DATASUM"));
        Assert.All(desi.Fits.Units, u => Assert.Null(u.CheckDataSum()));
        Assert.Equal(16, desi.Fits["R_MASK"].WholeRows(2, 1).Count(m => m == 1));
        Assert.Equal(19, desi.Fits["Z_MASK"].WholeRows(2, 1).Count(m => m == 1));
    }

    [Fact]
    public void Eight_of_seventeen_are_written_with_the_reasons_for_the_others()
    {
        using var folder = new TemporaryFolder();
        var output = folder.File("observed.h5");
        var summary = SurveyImport.Run(
            output,
            InputFiles.Expand([SharedData.Path("spectra")]),
            new SurveyOptions { Threads = 2 },
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(17, summary.Read);
        Assert.Equal(8, summary.Written);
        int Count(string outcome) => summary.Counts.Where(c => c.Outcome == outcome).Sum(c => c.Count);
        Assert.Equal(2, Count(Reason.Class));
        Assert.Equal(1, Count(Reason.RedshiftFlag));
        Assert.Equal(3, Count(Reason.NotTarget));
        Assert.Equal(3, Count(Reason.NoRedshift));
        var set = SpectrumFile.Read(output);
        Assert.Equal(8, set.Count);
        Assert.All(set.Flux, f => Assert.True(float.IsFinite(f)));
        Assert.Empty(SpectrumLayout.Inspect(output, set));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_threads()
    {
        using var folder = new TemporaryFolder();
        byte[] Import(int threads)
        {
            var output = folder.File($"{threads}.h5");
            _ = SurveyImport.Run(
                output,
                InputFiles.Expand([SharedData.Path("spectra")]),
                new SurveyOptions { Threads = threads },
                cancellation: TestContext.Current.CancellationToken
            );
            return File.ReadAllBytes(output);
        }
        Assert.Equal(Import(1), Import(4));
    }

    private static string PathOf(string name) => SharedData.Path("spectra", name + ".fits");

    private static List<ObservedSpectrum> Read(string name)
    {
        using var file = SurveyFile.Open(PathOf(name), null);
        var (kind, _) = SurveyKinds.Of(file, Plain)!.Value;
        return [.. kind.Read(file, Plain)];
    }

    private static PreparedSpectrum Prepared(ObservedSpectrum spectrum, double redshift, SurveyOptions options)
    {
        spectrum.SetRedshift(redshift);
        return SpectrumPreparation.Of(spectrum, options);
    }

    private static void RequireGrid(PreparedSpectrum p, double norm, double[] flux, double sum)
    {
        Assert.Equal(Reason.Written, p.Outcome);
        Near(norm, p.Norm, OnGrid);
        for (var k = 0; k < Cells.Length; k++)
        {
            if (double.IsNaN(flux[k]))
            {
                Assert.NotEqual(0, p.Mask[Cells[k]]);
                Assert.Equal(0, p.Flux[Cells[k]]);
                Assert.Equal(0, p.InverseVariance[Cells[k]]);
            }
            else
            {
                Assert.Equal(flux[k], p.Flux[Cells[k]], Math.Max(6e-6, OnGrid * flux[k]));
            }
        }
        Near(sum, p.InverseVariance.Sum(v => (double)v), OnGrid);
    }

    private static void RequireMedian(ObservedSpectrum s, double redshift, double median, int count)
    {
        var inside = Enumerable
            .Range(0, s.Count)
            .Where(i => s.InverseVariance[i] > 0 && !(s.IsBad.Length > 0 && s.IsBad[i]))
            .Where(i => s.WavelengthAngstrom[i] / (1 + redshift) is >= 5000 and <= 5500)
            .Select(i => s.Flux[i])
            .ToArray();
        Assert.Equal(count, inside.Length);
        Near(median, SampleMoments.Median(inside), Raw);
    }

    private static double Fwhm(ObservedSpectrum s, double angstrom) =>
        s.LsfSigmaAngstrom[Array.FindIndex(s.WavelengthAngstrom, l => l >= angstrom)] * 2 * Math.Sqrt(2 * Math.Log(2));

    private static void Near(double expected, double actual, double relative) =>
        Assert.Equal(expected, actual, Math.Abs(expected) * relative);
}
