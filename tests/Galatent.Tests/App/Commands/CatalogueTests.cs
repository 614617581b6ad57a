using System.Globalization;
using Galatent.Spectra;
using Parquet;
using Parquet.Schema;
using PureHDF;

namespace Galatent.Tests.App.Commands;

/// <summary>The reference galaxies as a stranger would simulate them: a CSV file in, an HDF5 file out.</summary>
public sealed class CatalogueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reference_catalogue_gives_the_reference_spectra_and_lines_in_its_order()
    {
        using var reference = H5File.OpenRead(SharedData.Path("ssp", "reference", "composite_spectra.h5"));
        var columns = reference
            .Group("parameters")
            .Children()
            .OfType<IH5Dataset>()
            .Select(d => (d.Name, Values: d.Read<double[]>()))
            .ToArray();
        var rows = Enumerable
            .Range(0, columns[0].Values.Length)
            .Select(i => string.Join(',', columns.Select(c => c.Values[i].ToString("R", CultureInfo.InvariantCulture))));
        var catalogue = _folder.File("galaxies.csv");
        var output = _folder.File("spectra.h5");
        File.WriteAllLines(catalogue, [string.Join(',', columns.Select(c => c.Name)), .. rows]);

        var run = CommandLine.Galatent("simulate", "--catalogue", catalogue, "--out", output);
        Assert.True(run.ExitCode == 0, run.Error);

        var spectra = SpectrumFile.Read(output);
        Assert.True(LargestError(reference.Dataset("flux").Read<float[]>(), spectra.Flux) < 3e-4);
        using var file = H5File.OpenRead(output);
        Assert.Equal(reference.Dataset("line_wavelength").Read<double[]>(), file.Dataset("line_wavelength").Read<double[]>());
        Assert.True(
            LargestError(reference.Dataset("line_luminosity").Read<double[]>(), file.Dataset("line_luminosity").Read<double[]>()) < 1e-3
        );
        Assert.All(columns, c => Assert.Equal(c.Values, spectra.Parameter(c.Name).Values));
    }

    // Names as pop-cosmos gives them, in its file format.
    [Fact]
    public async Task A_Parquet_catalogue_is_simulated_in_its_order()
    {
        string[] names =
        [
            "z",
            "logsfr_ratio1",
            "logsfr_ratio2",
            "logsfr_ratio3",
            "logsfr_ratio4",
            "logsfr_ratio5",
            "logsfr_ratio6",
            "log10Z",
            "gaslog10Z",
            "gaslog10U",
            "dust1_fraction",
            "dust2",
            "dust_index",
        ];
        double[] first = [0.3, 0, 0.1, 0.2, -0.1, 0, 0.3, -0.2, -0.1, -3, 1, 0.3, -0.1];
        double[] second = [1.2, 0.1, 0, 0.3, 0.1, 0.2, 0.5, -0.6, -0.3, -2.5, 0.5, 0.8, 0.2];
        var catalogue = _folder.File("x.parquet");
        var output = _folder.File("spectra.h5");
        DataField[] fields = [.. names.Select(n => new DataField<double>(n))];
        await using (var stream = File.Create(catalogue))
        await using (
            var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema(fields),
                stream,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            using var group = writer.CreateRowGroup();
            for (var i = 0; i < names.Length; i++)
            {
                await group.WriteAsync<double>(
                    fields[i],
                    new[] { first[i], second[i] },
                    cancellationToken: TestContext.Current.CancellationToken
                );
            }
        }
        var run = CommandLine.Galatent("simulate", "--catalogue", catalogue, "--out", output);
        Assert.True(run.ExitCode == 0, run.Error);
        var spectra = SpectrumFile.Read(output);
        Assert.Equal([0.3, 1.2], spectra.Parameter("redshift").Values);
        Assert.Equal([0.3, 0.4], spectra.Parameter("dust1").Values);

        // The same galaxies as text give the same spectra.
        var text = _folder.File("x.csv");
        string Row(double[] values) => string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        await File.WriteAllLinesAsync(text, [string.Join(',', names), Row(first), Row(second)], TestContext.Current.CancellationToken);
        Assert.Equal(0, CommandLine.Galatent("simulate", "--catalogue", text, "--out", output).ExitCode);
        Assert.Equal(SpectrumFile.Read(output).Flux, spectra.Flux);
    }

    private static double LargestError<T>(T[] expected, T[] actual)
        where T : IConvertible
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected
            .Zip(actual)
            .Max(p => Math.Abs((p.Second.ToDouble(CultureInfo.InvariantCulture) / p.First.ToDouble(CultureInfo.InvariantCulture)) - 1));
    }
}
