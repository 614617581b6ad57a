using Galatent.Surveys;
using Galatent.Surveys.Kinds;
using Parquet;
using Parquet.Schema;
using PureHDF;

namespace Galatent.Tests.Surveys.Kinds;

/// <summary>HDF5 and Parquet of the Multimodal Universe: padding, masks, identifiers, flags.</summary>
public sealed class MultimodalUniverseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_are_spectra_padded_with_minus_one()
    {
        var n = InventedSurveys.Pixels;
        float[] Rows(double[] values, Func<int, int, float>? change = null) =>
            [.. Enumerable.Range(0, 2).SelectMany(r => values.Select((v, i) => change?.Invoke(r, i) ?? (float)v))];
        var path = _folder.File("mmu.hdf5");
        H5Dataset<T[]> Table<T>(T[] values) => new(values, fileDims: [2, (ulong)n]);
        new H5File
        {
            ["spectrum_lambda"] = Table(
                Rows(InventedSurveys.Wavelength, (r, i) => r == 1 && i >= n - 50 ? -1 : (float)InventedSurveys.Wavelength[i])
            ),
            ["spectrum_flux"] = Table(Rows(InventedSurveys.Flux)),
            ["spectrum_ivar"] = Table(Rows(InventedSurveys.Ivar)),
            ["spectrum_mask"] = Table(Enumerable.Range(0, 2 * n).Select(i => (byte)(i == 3 ? 1 : 0)).ToArray()),
            ["object_id"] = new[] { "b'  4611686018427387905'", "17" },
            ["Z"] = new[] { 0.1f, 0.2f },
            ["ZERR"] = new[] { 1e-4f, -1f },
            ["ZWARN"] = new[] { 0, 4 },
            ["EBV"] = new[] { 0.03f, 0.04f },
        }.Write(path);
        using var file = SurveyFile.Open(path, null);
        var options = new SurveyOptions();
        var (kind, _) = SurveyKinds.Of(file, options)!.Value;
        Assert.Equal("multimodal-universe", kind.Name);
        var spectra = kind.Read(file, options).ToList();
        Assert.Equal(["4611686018427387905", "17"], spectra.Select(s => s.ObjectId));
        Assert.Equal([n, n - 50], spectra.Select(s => s.Count));
        Assert.Equal([3], Enumerable.Range(0, n).Where(i => spectra[0].IsBad[i]));
        Assert.Equal((float)InventedSurveys.Flux[9], spectra[1].Flux[9]);
        Assert.Equal(0.1, spectra[0].Redshift, 1e-7);
        // A negative error says that there is no redshift.
        Assert.Equal(double.NaN, spectra[1].Redshift);
        Assert.Equal("ZWARN 4", spectra[1].Doubt);
        Assert.Equal(0.03, spectra[0].Ebv, 1e-7);
    }

    // Groups of two rows and of one. DESI's flag is stored as its opposite; a third row without flux is empty.
    [Theory]
    [InlineData("ZWARN", "ZWARN 1")]
    [InlineData("ZWARNING", "ZWARNING 1")]
    public async Task Parquet_has_lists(string flag, string doubt)
    {
        var stop = TestContext.Current.CancellationToken;
        var n = InventedSurveys.Pixels;
        var path = _folder.File("mmu.parquet");
        string[] lists = ["flux", "ivar", "lsf_sigma", "lambda", "mask"];
        var schema = new ParquetSchema(
            new StructField(
                "spectrum",
                [
                    .. lists.Select(l => new ListField(
                        l,
                        l == "mask" ? new DataField<bool>("element") : (Field)new DataField<float>("element")
                    )),
                ]
            ),
            new DataField<float>("Z"),
            new DataField<float>("ZERR"),
            new DataField<bool>(flag),
            new DataField<string>("object_id")
        );
        await using (var file = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: stop))
        {
            foreach (var rows in new[] { new[] { 0, 1 }, [2] })
            {
                using var group = writer.CreateRowGroup();
                int[] levels = [.. rows.SelectMany(_ => Enumerable.Range(0, n).Select(i => i == 0 ? 0 : 1))];
                foreach (var name in lists)
                {
                    var field = schema.DataFields.First(f => f.Path.ToList().Contains(name));
                    if (name == "mask")
                    {
                        bool?[] bad = [.. rows.SelectMany(_ => Enumerable.Range(0, n).Select(i => (bool?)(i == 3)))];
                        await group.WriteAsync<bool>(field, bad, levels, cancellationToken: stop);
                        continue;
                    }
                    float Value(int row, int i) =>
                        name switch
                        {
                            "flux" => (float)InventedSurveys.Flux[i] + row,
                            "ivar" => (float)InventedSurveys.Ivar[i],
                            "lsf_sigma" => 0.5f,
                            _ => row == 1 && i >= n - 50 ? -1 : (float)InventedSurveys.Wavelength[i],
                        };
                    float?[] values = [.. rows.SelectMany(r => Enumerable.Range(0, n).Select(i => (float?)Value(r, i)))];
                    await group.WriteAsync<float>(field, values, levels, cancellationToken: stop);
                }
                DataField Plain(string name) => schema.DataFields.First(f => f.Name == name);
                await group.WriteAsync<float>(Plain("Z"), rows.Select(r => 0.1f + r).ToArray(), cancellationToken: stop);
                await group.WriteAsync<float>(Plain("ZERR"), rows.Select(_ => 1e-4f).ToArray(), cancellationToken: stop);
                await group.WriteAsync<bool>(
                    Plain(flag),
                    rows.Select(r => (r == 1) == (flag == "ZWARNING")).ToArray(),
                    cancellationToken: stop
                );
                await group.WriteAsync(Plain("object_id"), rows.Select(r => (string?)$"b' {r}7'").ToArray());
            }
        }
        using var survey = SurveyFile.Open(path, null);
        var (kind, evidence) = SurveyKinds.Of(survey, new SurveyOptions())!.Value;
        Assert.Equal("multimodal-universe", kind.Name);
        Assert.Contains("spectrum.lambda", evidence, StringComparison.Ordinal);
        var spectra = kind.Read(survey, new SurveyOptions()).ToList();
        Assert.Equal(["07", "17", "27"], spectra.Select(s => s.ObjectId));
        Assert.Equal([n, n - 50, n], spectra.Select(s => s.Count));
        Assert.Equal([0.1, 1.1, 2.1], spectra.Select(s => Math.Round(s.Redshift, 6)));
        Assert.Equal([null, doubt, null], spectra.Select(s => s.Doubt));
        Assert.Equal((float)InventedSurveys.Flux[9] + 2, spectra[2].Flux[9]);
        Assert.Equal([3], Enumerable.Range(0, n).Where(i => spectra[2].IsBad[i]));
        // Half a pixel of 10 Å.
        Assert.All(spectra[2].LsfSigmaAngstrom, s => Assert.Equal(5, s, 1e-3));
    }
}
