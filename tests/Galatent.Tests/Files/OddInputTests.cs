using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;
using Galatent.Tests.Synthesis.Ssp;
using PureHDF;

namespace Galatent.Tests.Files;

/// <summary>Sound files with something unusual in them: the numbers are right, or one sentence names the place.</summary>
public sealed class OddInputTests : IDisposable
{
    // h5py 3.7 wrote it: numbers that LZF cannot shrink, 8 rows of 6 in chunks of 4 x 2, by LZF, with a checksum, and with both.
    private const string KeptChunks = """
        H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwoc9FD5MPkEKM0IpTug9AommDgjWE4CKi4INR9dXUiQqytI9X80ALPHgAVCczCMgpEIPFwdA0B0BJSv
        AaVPMKGqy6lKA9PJGanJ2cWluTDxpPySDOR0akCkvYwMbBA9jDA+xGZGJkaU9MjGwICVzwxM7yCVAhwwOQcwyQrkgcSZmCEmcwPNBTEYYQ6sBckzw/0DSv6s
        jDDdILMgOYqZibmClQGuhAnhhACaxEOwn78LyF0KUP4PJfzqYaXJBnH86mDhpsA8MtIzqLwDpS308s6egL4N/AzwVMSIJI6WDRje41DHgqZOXwBVHQsOe/Nx
        qEO3dz0OdejmvhfAHv/o+WgUjIJRMApGwSgYBaNgpANgm6qBQZ7Lbun+O3uk/e1L7tfq5C6L8tzUYsupdUiz7sW+3xG3fEzFO9RSdptOz2DZGzOvstX9M//x
        Wc6WSSz88aI1XvU7K83l5He9t5tmFpwb8kHz79Nndyvi9M7vObT4p/vkFM5qoZCW4LmL1lm9F1igdOnGix92B7X07oj17ZCuc6vV+jHlX9HnPBsTM6t9/hu6
        uDNzSmrmJ4iKF6+StKmRNUxb8SD41+mzuws3yf3cuaLrusPzEOOKH1ZJPh8n3TC/+r1W+s+F2u8bt8zMYuNX3t5XuNXS2jW29J6ig6trM5Pp7nvRIlU7bT5z
        9T+Tb/n+cNNzb6b8nboyheZ/eqoOZx80ENm5wlPQ90RZtt5FDunuXDOP12/CAw4u/zJ9dnly1H+fLSURk436TduLjnDI2c0s1jFaeNSS99zKtA8fSo9I3HjO
        veGs0YN0tZNC31RWcKgbsO/YypiqUpZq+6k4UHQ9Y371dGO9S6cClmy8+LG2KTRm3fuyjVH2hdqPVTfmr3r/2+xtcph++xpxWOuUgVAE4Ar/ux+2llAaBxWl
        6isojYdJPyQPURoXc2T7lSiNj20LGm0pjZNAlc9JFGaLUsFou9FooX60jJbXo2AUULf+p9d4pALKeCQzdCQvLSe1JDkjtcjYCGMc8oAE1nHIiAEZR3MhoE9f
        EEKjq0MfzyrGoQ59PGs7mjpc42i/cahDt9deCLs6dHObhUbH0UbBKBgFo2AUjIJRMAoGVzvaAdKOhjXwCMzrE9HO5lDB2s62oEk72pmAvuNI7VR889FcwtjV
        obdn/dDU4WpHT8KhDt3eazjUoZsrJTLajh4Fo2AUjIJRMApGwSggBgAA6AF8JUAuAAA=
        """;

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("odd.any");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lzf")]
    [InlineData("checksum")]
    [InlineData("both")]
    public void Chunks_that_stand_in_the_file_as_they_are_keep_their_own_numbers(string dataset)
    {
        H5pyFiles.Write(FilePath, KeptChunks);
        var file = ColumnFile.Read(FilePath);
        for (var column = 0; column < 6; column++)
        {
            Assert.Equal(
                Enumerable.Range(0, 8).Select(row => $"{unchecked((ulong)((6 * row) + column) * 0x9E3779B97F4A7C15) >> 1}"),
                file.Classes($"{dataset}_{column}")
            );
        }
    }

    [Theory]
    [InlineData("#N/A,1\n2,3\n", 2)]
    [InlineData("# a remark\n4,1\n2,3\n", 2)]
    public void An_error_of_a_spreadsheet_at_the_begin_of_a_row_is_no_remark(string rows, int count)
    {
        File.WriteAllText(FilePath, "a,b\n" + rows);
        Assert.Equal(count, ColumnFile.Read(FilePath).Count);
        File.WriteAllText(FilePath, "a,b\n1,2\n#DIV/0!,3\n");
        Assert.Contains("line 3: '#DIV/0!'", ColumnFile.Read(FilePath).Damage("a"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_population_without_any_light_is_refused()
    {
        var table = InventedSsp.Table();
        table.Lnu.AsSpan(300 * 14, 300).Clear();
        DspsHdf5.Write(FilePath, table);
        var e = Assert.Throws<InputException>(() => DspsHdf5.Read(FilePath));
        Assert.Contains("metallicity 1, age 2 is 0 at all wavelengths", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nm", true)]
    [InlineData("microns", true)]
    [InlineData("Angstrom", false)]
    [InlineData("", false)]
    public void Wavelengths_whose_unit_is_stated_as_another_are_refused(string unit, bool isRefused)
    {
        WriteSpectra(new() { ["units"] = unit }, []);
        if (isRefused)
        {
            var e = Assert.Throws<InputException>(() => SpectrumFile.Read(FilePath));
            Assert.Contains($"/wavelength is stated as '{unit}'", e.Message, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(2, SpectrumFile.Read(FilePath).Count);
    }

    [Fact]
    public void A_flux_that_the_file_declares_missing_is_refused_and_a_packed_one_unpacked()
    {
        WriteSpectra([], new() { ["_FillValue"] = 4f });
        var e = Assert.Throws<InputException>(() => SpectrumFile.Read(FilePath));
        Assert.Contains("/flux of spectrum 1, pixel 0 is NaN", e.Message, StringComparison.Ordinal);
        WriteSpectra([], new() { ["scale_factor"] = 0.5 });
        Assert.Equal([0.5f, 1, 1.5f, 2, 2.5f, 3], SpectrumFile.Read(FilePath).Flux);
    }

    private void WriteSpectra(Dictionary<string, object> ofWavelength, Dictionary<string, object> ofFlux) =>
        new H5File
        {
            ["wavelength"] = new H5Dataset<double[]>(new[] { 4000.0, 5000, 6000 }) { Attributes = ofWavelength },
            ["flux"] = new H5Dataset<float[]>(new[] { 1f, 2, 3, 4, 5, 6 }, fileDims: [2, 3]) { Attributes = ofFlux },
            ["norm"] = new double[] { 1, 1 },
        }.Write(FilePath);
}
