using System.Globalization;
using Galatent.Spectra;
using PureHDF;

namespace Galatent.Tests.App;

/// <summary>The reference galaxies as a stranger would simulate them: a CSV file in, an HDF5 file out.</summary>
public sealed class CatalogueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("galatent-catalogue-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reference_catalogue_gives_the_reference_spectra_and_lines_in_its_order()
    {
        using var reference = H5File.OpenRead(SharedData.Path("ssp", "reference", "composite_spectra.h5"));
        var columns = reference.Group("parameters").Children().OfType<IH5Dataset>().Select(d => (d.Name, Values: d.Read<double[]>())).ToArray();
        var rows = Enumerable.Range(0, columns[0].Values.Length).Select(i => string.Join(',', columns.Select(c => c.Values[i].ToString("R", CultureInfo.InvariantCulture))));
        var (catalogue, output) = (Path.Combine(_folder, "galaxies.csv"), Path.Combine(_folder, "spectra.h5"));
        File.WriteAllLines(catalogue, [string.Join(',', columns.Select(c => c.Name)), .. rows]);

        var run = CommandLine.Galatent("simulate", "--catalogue", catalogue, "--out", output);
        Assert.True(run.ExitCode == 0, run.Error);

        var spectra = SpectrumFile.Read(output);
        Assert.True(LargestError(reference.Dataset("flux").Read<float[]>(), spectra.Flux) < 3e-4);
        using var file = H5File.OpenRead(output);
        Assert.Equal(reference.Dataset("line_wavelength").Read<double[]>(), file.Dataset("line_wavelength").Read<double[]>());
        Assert.True(LargestError(reference.Dataset("line_luminosity").Read<double[]>(), file.Dataset("line_luminosity").Read<double[]>()) < 1e-3);
        Assert.All(columns, c => Assert.Equal(c.Values, spectra.Parameter(c.Name).Values));
    }

    private static double LargestError<T>(T[] expected, T[] actual) where T : IConvertible
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual).Max(p => Math.Abs((p.Second.ToDouble(CultureInfo.InvariantCulture) / p.First.ToDouble(CultureInfo.InvariantCulture)) - 1));
    }
}
