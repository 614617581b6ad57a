using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.Spectra;

public sealed class SpectrumFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        var spectra = Sample(7);
        var path = _folder.File("s.h5");
        SpectrumFile.Write(path, spectra);
        var read = SpectrumFile.Read(path);
        Assert.Equal(spectra.Grid.WavelengthAngstrom, read.Grid.WavelengthAngstrom);
        Assert.Equal(spectra.Flux, read.Flux);
        Assert.Equal(spectra.Norm, read.Norm);
        Assert.Equal(spectra.Provenance, read.Provenance);
        Assert.Equal(spectra.Parameters[0].Values, read.Parameter("log_mass").Values);
        Assert.Equal("log10(Msun)", read.Parameter("log_mass").Unit);
        Assert.Equal(spectra.Flux[..(3 * 5)], SpectrumFile.Read(path, 3).Flux);
    }

    [Fact]
    public void Blocks_make_the_same_bytes_as_one_write()
    {
        var spectra = Sample(7);
        var whole = _folder.File("whole.h5");
        var blocks = _folder.File("blocks.h5");
        SpectrumFile.Write(whole, spectra);
        using (var writer = new SpectrumFileWriter(blocks, spectra.Grid, 7, spectra.Provenance, spectra.Parameters))
        {
            foreach (var (from, to) in new[] { (0, 2), (2, 6), (6, 7) })
            {
                writer.Append(spectra.Flux[(from * 5)..(to * 5)], spectra.Norm[from..to], [spectra.Parameters[0].Values[from..to]]);
            }
            writer.Finish();
        }
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(blocks));
    }

    [Fact]
    public void A_mask_is_read_as_it_was_written_also_after_a_merge()
    {
        var spectra = Sample(7);
        byte[] mask = [.. Enumerable.Range(0, 7 * 5).Select(i => (byte)(i * 37))];
        string[] parts = [_folder.File("a.h5"), _folder.File("b.h5")];
        foreach (var (path, from, to) in new[] { (parts[0], 0, 3), (parts[1], 3, 7) })
        {
            var count = to - from;
            using var writer = new SpectrumFileWriter(path, spectra.Grid, count, spectra.Provenance, [], shard: (from, 7), mask: true);
            writer.Append(spectra.Flux[(from * 5)..(to * 5)], spectra.Norm[from..to], [], mask: mask[(from * 5)..(to * 5)]);
            writer.Finish();
        }
        var whole = _folder.File("merged.h5");
        SpectrumFileMerger.Merge(whole, parts, cancellation: TestContext.Current.CancellationToken);
        using var rows = RowFile<byte>.Open(whole, SpectrumFile.Mask, _folder.Path, 7, 7, 5);
        var read = new byte[7 * 5];
        for (var row = 0; row < 7; row++)
        {
            rows.Read(row, read.AsSpan(row * 5, 5));
        }
        Assert.Equal(mask, read);
    }

    [Fact]
    public void Identifiers_of_64_bits_keep_their_digits()
    {
        var path = _folder.File("ids.h5");
        var sample = Sample(4);
        long[] ids = [long.MaxValue, 1L << 62, (1L << 62) + 1, -5];
        var whole = WholeNumbers.Of(ids, [false, false, false, true]);
        var unsigned = WholeNumbers.Of([ulong.MaxValue, 0, 1, 1UL << 63]);
        ParameterColumn[] columns =
        [
            new("id", "", "", whole.ToDoubles(), whole),
            sample.Parameters[0],
            new("u", "", "", unsigned.ToDoubles(), unsigned),
        ];
        SpectrumFile.Write(path, new SpectrumSet(sample.Grid, sample.Flux, sample.Norm, columns, sample.Provenance));
        var read = SpectrumFile.Read(path);
        Assert.Equal(ids[..3], read.Parameter("id").Whole!.ToSigned()[..3]);
        Assert.True(read.Parameter("id").Whole!.IsMissing(3));
        Assert.Equal(unsigned.ToUnsigned(), read.Parameter("u").Whole!.ToUnsigned());
        Assert.Equal(sample.Parameters[0].Values, read.Parameter("log_mass").Values);
    }

    [Fact]
    public void A_missing_a_foreign_and_a_damaged_file_are_named()
    {
        var path = _folder.File("bad.h5");
        Assert.Contains("no file", Assert.Throws<InputException>(() => SpectrumFile.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "wavelength,flux\n");
        Assert.Contains("not an HDF5 file", Assert.Throws<InputException>(() => SpectrumFile.Read(path)).Message, StringComparison.Ordinal);
        SpectrumFile.Write(path, Sample(7));
        var bytes = File.ReadAllBytes(path);
        for (var length = 8; length < bytes.Length; length += 97)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Contains(path, Assert.Throws<InputException>(() => SpectrumFile.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_failed_write_leaves_nothing_behind()
    {
        var path = _folder.File("half.txt");
        Assert.Throws<InputException>(() => AtomicFile.Write(path, temporary =>
            {
                File.WriteAllText(temporary, "half");
                throw new IOException("No space left on device");
            }));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static SpectrumSet Sample(int count)
    {
        var grid = new WavelengthGrid([1000, 2000, 3000, 5000, 9000]);
        var flux = Enumerable.Range(0, count * 5).Select(i => 1 + (0.1f * i)).ToArray();
        var norm = Enumerable.Range(0, count).Select(i => 1e-15 * (i + 1)).ToArray();
        var mass = new ParameterColumn("log_mass", "log10(Msun)", "stellar mass", [.. norm.Select(Math.Log10)]);
        return new SpectrumSet(grid, flux, norm, [mass], new SpectrumProvenance("test", 3, "Lsun/Hz", 5000, 5500, "none", "none"));
    }
}
