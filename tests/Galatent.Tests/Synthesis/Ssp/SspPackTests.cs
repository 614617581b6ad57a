using Galatent.Numerics;
using Galatent.Synthesis.Ssp;
using PureHDF;

namespace Galatent.Tests.Synthesis.Ssp;

/// <summary>The packed library and the readers of foreign tables, on small invented tables.</summary>
public class SspPackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Packing_loses_half_a_step_of_flux_and_nothing_else()
    {
        var stars = InventedSsp.Table();
        var lines = InventedSsp.Lines();
        var path = _folder.File("a.galssp");
        var stated = SspPack.Write(path, stars, lines);
        var read = SspPack.Read(path);
        var largest = 0.0;
        for (var i = 0; i < stars.Lnu.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((read.Stars.Lnu[i] / (double)stars.Lnu[i]) - 1));
        }
        Assert.InRange(largest, 1e-5, (Math.Pow(10, SspPack.StepDex / 2) - 1) * 1.01);
        Assert.Equal(largest, stated);
        Assert.Equal(stated, read.LargestRelativeError);
        Assert.Equal(stars.LogZ, read.Stars.LogZ);
        Assert.Equal(stars.LogAgeYr, read.Stars.LogAgeYr);
        Assert.Equal(stars.WavelengthAngstrom, read.Stars.WavelengthAngstrom);
        Assert.Equal(stars.LogIonizingRate, read.Stars.LogIonizingRate);
        Assert.Equal(stars.LivingMass, read.Stars.LivingMass);
        Assert.Equal(stars.Provenance, read.Stars.Provenance);
        Assert.Equal(lines.LogErgPerPhoton, read.Lines.LogErgPerPhoton);
        Assert.Equal(lines.Name, read.Lines.Name);
    }

    [Fact]
    public void A_pack_keeps_masses_lines_and_where_its_rates_come_from()
    {
        var stars = InventedSsp.Table() with
        {
            SurvivingMass = [.. Enumerable.Range(0, 24).Select(i => 1 - (0.02 * (i % 12)))],
            EmissionLines = new SspEmissionLines(["Ha", "Hb"], [6564.6, 4862.71], [.. Enumerable.Range(0, 48).Select(i => 1e-3 * i)]),
            IonizingRateOrigin = IonizingRateOrigin.Fallback,
        };
        var path = _folder.File("own.galssp");
        SspPack.Write(path, stars, InventedSsp.Lines());
        var read = SspPack.Read(path).Stars;
        Assert.Equal(stars.SurvivingMass, read.SurvivingMass);
        Assert.Equal(stars.IonizingRateOrigin, read.IonizingRateOrigin);
        Assert.Equal(stars.EmissionLines.Name, read.EmissionLines!.Name);
        Assert.Equal(stars.EmissionLines.WavelengthAngstrom, read.EmissionLines.WavelengthAngstrom);
        Assert.Equal(stars.EmissionLines.LuminosityLsun, read.EmissionLines.LuminosityLsun);
        Assert.Equal(stars.LivingMass, read.LivingMass);
    }

    [Fact]
    public void Codec_keeps_forty_orders_of_magnitude()
    {
        var stream = new RandomStream(3, "codec");
        var flux = new float[4 * 50];
        for (var i = 0; i < flux.Length; i++)
        {
            flux[i] = (float)Math.Pow(10, (50 * stream.NextDouble()) - 37);
        }
        flux[7] = 0; // becomes the floor
        var decoded = LogFluxCodec.Decode(new MemoryStream(LogFluxCodec.Encode(flux, 2, 50, 1e-4)), flux.Length, 2, 50, 1e-4);
        for (var i = 0; i < flux.Length; i++)
        {
            Assert.Equal(1, i == 7 ? decoded[i] / 1e-38 : decoded[i] / (double)flux[i], 1.2e-4);
        }
    }

    [Fact]
    public void Largest_error_of_the_embedded_table_is_as_promised()
    {
        var source = DspsHdf5.Read(SharedData.Path("ssp", "bc03_miles_kroupa_native.h5"));
        var packed = SspPack.Embedded();
        Assert.Equal(source.WavelengthAngstrom, packed.Stars.WavelengthAngstrom);
        var largest = 0.0;
        for (var i = 0; i < source.Lnu.Length; i++)
        {
            largest = Math.Max(largest, source.Lnu[i] > 0 ? Math.Abs((packed.Stars.Lnu[i] / (double)source.Lnu[i]) - 1) : 0);
        }
        Assert.InRange(largest, 0, 2e-4);
        Assert.Equal(packed.LargestRelativeError, largest, 1e-9);
    }

    // Every place of the file cut or flipped must give one sentence, never a table.
    [Fact]
    public void Damage_is_told_in_one_sentence()
    {
        var path = _folder.File("whole.galssp");
        SspPack.Write(path, InventedSsp.Table(), InventedSsp.Lines());
        var whole = File.ReadAllBytes(path);
        var damaged = _folder.File("damaged.galssp");
        for (var part = 0; part < 40; part++)
        {
            File.WriteAllBytes(damaged, whole[..(whole.Length * part / 40)]);
            Assert.Contains(damaged, Assert.Throws<InputException>(() => SspPack.Read(damaged)).Message, StringComparison.Ordinal);
            var flipped = (byte[])whole.Clone();
            flipped[(whole.Length * part / 40) + 5] ^= 0x55;
            File.WriteAllBytes(damaged, flipped);
            Assert.Contains(damaged, Assert.Throws<InputException>(() => SspPack.Read(damaged)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_kind_of_file_and_a_missing_one_are_told()
    {
        var path = _folder.File("notes.galssp");
        File.WriteAllText(path, "these are my notes about galaxies");
        Assert.Contains("not an SSP pack", Assert.Throws<InputException>(() => SspPack.Read(path)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no file",
            Assert.Throws<InputException>(() => SspPack.Read(_folder.File("none.galssp"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("not an HDF5 file", Assert.Throws<InputException>(() => DspsHdf5.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unusable_tables_are_named()
    {
        var table = InventedSsp.Table();
        void Fails(SspTable broken, string word) =>
            Assert.Contains(word, Assert.Throws<InputException>(() => broken.Validated("table.h5")).Message, StringComparison.Ordinal);
        Fails(table with { LogAgeYr = [.. table.LogAgeYr.Reverse()] }, "ages");
        Fails(table with { LogZ = [table.LogZ[0], table.LogZ[0]] }, "metallicities");
        Fails(table with { WavelengthAngstrom = [.. table.WavelengthAngstrom.Reverse()] }, "wavelengths");
        Fails(table with { Lnu = [.. table.Lnu.Select((f, i) => i == 77 ? float.NaN : f)] }, "NaN");
        Fails(table with { Lnu = [.. table.Lnu.Select((f, i) => i == 77 ? -f : f)] }, "flux");
        Fails(table with { Lnu = table.Lnu[..^1] }, "shapes");
        Fails(table with { LogIonizingRate = [.. table.LogIonizingRate.Select((q, i) => i == 3 ? double.NaN : q)] }, "ionising");
    }

    [Fact]
    public void Ionising_photons_are_counted_below_the_Lyman_limit()
    {
        // L_nu = 1 Lsun/Hz from 91 Å to the limit: Q = Lsun/h ln(911.76/91.176).
        var wavelengths = Enumerable.Range(0, 2001).Select(i => 91.176 * Math.Pow(100, i / 2000.0)).ToArray();
        var lnu = Array.ConvertAll(wavelengths, w => w <= 911.7601 ? 1f : 0f);
        var expected = Math.Log10(3.826e33 / 6.62607015e-27 * Math.Log(10));
        Assert.Equal(expected, IonizingRate.FromSpectra(wavelengths, lnu, 3.826e33)[0], 1e-3);
        Assert.Equal(IonizingRateOrigin.Integrated, IonizingRate.Of([0], 0.02, [6], wavelengths, lnu, 3.826e33).Origin);
    }

    [Fact]
    public void Line_files_that_do_not_fit_are_named()
    {
        var lines = _folder.File("a.lines");
        var list = _folder.File("a.csv");
        void Write(string table, string names)
        {
            File.WriteAllText(lines, table);
            File.WriteAllText(list, names);
        }
        const string header = "#header\n4862 6564\n";
        Write(header + "0 1e6 -3\n1e-46 3e-46\n0 1e6 -2\n1e-46 3e-46\n", "4862.71,H beta\n6564.6,H alpha\n");
        var table = FspsNebularFile.Read(lines, list);
        Assert.Equal(Math.Log10(3.839e33 * 3e-46), table[0, 0, 1][1], 1e-5);
        void Fails(string word) =>
            Assert.Contains(word, Assert.Throws<InputException>(() => FspsNebularFile.Read(lines, list)).Message, StringComparison.Ordinal);
        Write(header + "0 1e6 -3\n1e-46 nan\n", "4862.71,H beta\n6564.6,H alpha\n");
        Fails("nan");
        Write(header + "0 1e6 -3\n1e-46\n", "4862.71,H beta\n6564.6,H alpha\n");
        Fails("line 3");
        Write(header + "0 1e6 -3\n1e-46 3e-46\n0.2 1e6 -2\n1e-46 3e-46\n", "4862.71,H beta\n6564.6,H alpha\n");
        Fails("complete");
        Write(header + "0 1e6 -3\n1e-46 3e-46\n", "H beta\n6564.6,H alpha\n");
        Fails("wavelength,name");
        File.Delete(list);
        Fails("no file");
    }

    [Fact]
    public void A_table_in_the_layout_of_DSPS_needs_its_datasets()
    {
        var path = _folder.File("half.h5");
        new H5File { ["ssp_lgmet"] = new double[] { -2, -1 } }.Write(path);
        Assert.Contains("ssp_lg_age_gyr", Assert.Throws<InputException>(() => DspsHdf5.Read(path)).Message, StringComparison.Ordinal);
    }
}
