using Galatent.Numerics;
using Galatent.Spectra;
using PureHDF;

namespace Galatent.Tests.Spectra;

/// <summary>What a file says beside its fluxes is believed, or told where it cannot be.</summary>
public sealed class SpectrumStatementsTests : IDisposable
{
    private const int Count = 6;
    private const int Pixels = 8;
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("s.h5");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plain_file_needs_no_remark()
    {
        Write(_ => { });
        Assert.Empty(Inspect());
    }

    [Theory]
    [InlineData("normalization_low_angstrom", "five thousand", "is no wavelength")]
    [InlineData("normalization_high_angstrom", double.NaN, "is no wavelength")]
    [InlineData("normalization_low_angstrom", 5600.0, "holds nothing")]
    [InlineData("flux_unit", 3.0, "is no text")]
    [InlineData("flux_unit", "erg/s/cm2/angstrom", "'Lsun/Hz'")]
    public void An_attribute_that_cannot_be_believed_is_told(string name, object value, string told)
    {
        Write(file => file.Attributes[name] = value);
        Assert.Contains(told, Assert.Single(Inspect()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1f, 0, "is -1,")]
    [InlineData(float.NaN, 0, "is NaN,")]
    [InlineData(float.NaN, 1, "")] // masked
    public void An_inverse_variance_that_is_none_is_told(float value, byte mask, string told)
    {
        var ivar = Enumerable.Repeat(4f, Count * Pixels).ToArray();
        ivar[Pixels + 3] = value;
        var masks = new byte[Count * Pixels];
        masks[Pixels + 3] = mask;
        Write(file =>
        {
            file["ivar"] = new H5Dataset<float[]>(ivar, fileDims: [Count, Pixels]);
            file["mask"] = new H5Dataset<byte[]>(masks, fileDims: [Count, Pixels]);
        });
        if (told.Length == 0)
        {
            Assert.Empty(Inspect());
            return;
        }
        Assert.Contains("/ivar of spectrum 1, pixel 3 " + told, Assert.Single(Inspect()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ivar")]
    [InlineData("mask")]
    public void A_shape_that_is_not_that_of_the_fluxes_is_told(string name)
    {
        Write(file => file[name] = new H5Dataset<float[]>(new float[Count], fileDims: [Count, 1]));
        Assert.Contains($"/{name} has the shape (6, 1) where /flux has (6, 8)", Assert.Single(Inspect()), StringComparison.Ordinal);
    }

    [Fact]
    public void One_flux_far_beyond_the_median_is_refused_in_memory_and_streamed()
    {
        Write(_ => { }, 1e30f);
        foreach (var read in new Action[] { () => SpectrumFile.Read(FilePath), Stream })
        {
            var message = Assert.Throws<InputException>(read).Message;
            Assert.Contains("/flux of spectrum 2, pixel 5 is 1E+30", message, StringComparison.Ordinal);
        }
    }

    private void Stream()
    {
        using var stream = SpectrumStream.Open(FilePath, _folder.Path);
        stream.ReadFrom(0, new float[Count * Pixels]);
    }

    private IReadOnlyList<string> Inspect() => SpectrumLayout.Inspect(FilePath, SpectrumFile.Read(FilePath));

    private void Write(Action<H5File> change, float outlier = 1)
    {
        var flux = Enumerable.Repeat(1f, Count * Pixels).ToArray();
        flux[(2 * Pixels) + 5] = outlier;
        var file = new H5File
        {
            ["wavelength"] = Enumerable.Range(0, Pixels).Select(i => 4900 + (100.0 * i)).ToArray(),
            ["flux"] = new H5Dataset<float[]>(flux, fileDims: [Count, Pixels]),
            ["norm"] = new H5Dataset<double[]>([.. Enumerable.Repeat(2.0, Count)]) { Attributes = new() { ["units"] = "Lsun/Hz" } },
        };
        file.Attributes["normalization_low_angstrom"] = 5000.0;
        file.Attributes["normalization_high_angstrom"] = 5500.0;
        file.Attributes["flux_unit"] = "Lsun/Hz";
        change(file);
        file.Write(FilePath);
    }
}
