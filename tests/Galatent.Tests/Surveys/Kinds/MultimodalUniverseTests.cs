using Galatent.Surveys;
using Galatent.Surveys.Kinds;
using PureHDF;

namespace Galatent.Tests.Surveys.Kinds;

/// <summary>HDF5 of the Multimodal Universe: padding, masks, identifiers.</summary>
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
        Assert.Equal("ZWARNING 4", spectra[1].Doubt);
        Assert.Equal(0.03, spectra[0].Ebv, 1e-7);
    }
}
