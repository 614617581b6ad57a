using CsCheck;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.App;
using PureHDF;
using PureHDF.Filters;

namespace Galatent.Tests.Spectra;

public sealed class SpectrumStreamTests : IDisposable
{
    private const int Count = 37;
    private const int Pixels = 23;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("spectra.h5");

    [Fact]
    public void Rows_are_those_in_memory_in_any_order()
    {
        SpectrumFile.Write(Data, Spectra());
        RequireSame(SpectrumFile.Read(Data), Data);
    }

    [Theory]
    [InlineData(1, 23, false)]
    [InlineData(5, 7, true)]
    [InlineData(37, 23, true)]
    public void Chunks_and_compression_make_no_difference_and_leave_nothing_behind(int chunkRows, int chunkPixels, bool deflate)
    {
        WriteChunked(Data, Spectra().Flux, (uint)chunkRows, (uint)chunkPixels, deflate);
        RequireSame(Spectra(), Data);
        Assert.Equal([Data], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_limit_chooses_between_memory_and_stream()
    {
        SpectrumFile.Write(Data, Spectra());
        const int bytes = Count * Pixels * sizeof(float);
        Assert.IsType<SpectrumSet>(new MemoryLimit(bytes).Open(Data, _folder.Path));
        using var stream = Assert.IsType<SpectrumStream>(new MemoryLimit(bytes - 1).Open(Data, _folder.Path));
        Assert.IsType<SpectrumSet>(new MemoryLimit(bytes - 1).Open(Data, _folder.Path, Count - 1));
    }

    [Theory]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("1.5GiB", 1_610_612_736)]
    [InlineData("512 mb", 512_000_000)]
    [InlineData("3M", 3_000_000)]
    public void Amounts_of_memory(string text, long bytes) => Assert.Equal(bytes, MemoryLimit.Parse(text).Bytes);

    [Theory]
    [InlineData("2")]
    [InlineData("-1GB")]
    [InlineData("much")]
    public void What_is_no_amount_of_memory_is_refused(string text) =>
        Assert.Contains(text, Assert.Throws<InputException>(() => MemoryLimit.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_flux_that_is_not_finite_is_named()
    {
        var spectra = Spectra();
        spectra.Flux[(7 * Pixels) + 4] = float.PositiveInfinity;
        SpectrumFile.Write(Data, spectra);
        using var stream = SpectrumStream.Open(Data, _folder.Path);
        var flux = new float[Pixels];
        stream.Read([6], flux);
        Assert.Contains(
            "spectrum 7, pixel 4",
            Assert.Throws<InputException>(() => stream.Read([7], flux)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_shrinks_under_a_run_is_named()
    {
        SpectrumFile.Write(Data, Spectra());
        using var stream = SpectrumStream.Open(Data, _folder.Path);
        // Another program cuts the file: within .NET the stream's lock would forbid it.
        Assert.Equal(0, CommandLine.Run("truncate", ["-s", "2000", Data]).ExitCode);
        Assert.Contains(
            "ends inside its spectra",
            Assert.Throws<InputException>(() => stream.Read([Count - 1], new float[Pixels])).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    private void RequireSame(SpectrumSet expected, string path)
    {
        using var stream = SpectrumStream.Open(path, _folder.Path);
        Assert.Equal(expected.Count, stream.Count);
        Gen.Int[0, Count - 1]
            .Array[1, 60]
            .Sample(
                rows =>
                {
                    var ours = new float[rows.Length * Pixels];
                    var theirs = new float[rows.Length * Pixels];
                    stream.Read(rows, ours);
                    expected.Read(rows, theirs);
                    return ours.AsSpan().SequenceEqual(theirs);
                },
                iter: 100,
                threads: 2
            );
        var block = new float[9 * Pixels];
        stream.ReadFrom(11, block);
        Assert.Equal(expected.Flux[(11 * Pixels)..(20 * Pixels)], block);
    }

    private static SpectrumSet Spectra()
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 5000.0 + i)]);
        var stream = new RandomStream(1, "test");
        return new SpectrumSet(
            grid,
            [.. Enumerable.Range(0, Count * Pixels).Select(_ => (float)stream.NextNormal())],
            [.. Enumerable.Repeat(1.0, Count)],
            [],
            new SpectrumProvenance("test", 1, "", 5000, 5500, "", "")
        );
    }

    private static void WriteChunked(string path, float[] flux, uint chunkRows, uint chunkPixels, bool deflate) =>
        new H5File
        {
            ["wavelength"] = Spectra().Grid.WavelengthAngstrom,
            ["flux"] = new H5Dataset(
                flux,
                chunks: [chunkRows, chunkPixels],
                fileDims: [Count, Pixels],
                datasetCreation: deflate ? new(Filters: [DeflateFilter.Id]) : default
            ),
            ["norm"] = Enumerable.Repeat(1.0, Count).ToArray(),
        }.Write(path);
}
