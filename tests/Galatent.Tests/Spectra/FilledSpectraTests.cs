using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.Spectra;

/// <summary>Gaps of spectra that have only two degrees of freedom are filled with what was there.</summary>
public sealed class FilledSpectraTests : IDisposable
{
    private const int Pixels = 60;
    private const int Count = 80;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gaps_are_filled_with_what_was_there_and_good_pixels_stay(bool fromThemselves)
    {
        var whole = Whole();
        var mask = new byte[Count * Pixels];
        var gappy = (float[])whole.Clone();
        for (var i = 0; i < Count; i++)
        {
            // A gap of a quarter at another place in each spectrum, and whatever value in it.
            for (var j = 0; j < Pixels / 4; j++)
            {
                var at = (i * Pixels) + ((j + (7 * i)) % Pixels);
                (mask[at], gappy[at]) = (2, 0);
            }
        }
        var path = Write(gappy, mask);
        var source = SpectrumFile.Read(path);
        using var gaps = SpectrumGaps.Open(path, source, _folder.Path)!;
        using var filled = fromThemselves
            ? FilledSpectra.FromThemselves(gaps, _folder.Path)
            : FilledSpectra.FromSamples(gaps, whole, _folder.Path);
        Assert.Equal(0.25, gaps.BadShare, 1e-9);
        var flux = new float[Count * Pixels];
        filled.ReadFrom(0, flux);
        var worst = 0.0;
        for (var k = 0; k < flux.Length; k++)
        {
            if (mask[k] == 0)
            {
                Assert.Equal(whole[k], flux[k]);
            }
            else
            {
                worst = Math.Max(worst, Math.Abs(flux[k] - whole[k]));
            }
        }
        // Zero is wrong by 1. Two rounds from a mean leave some per cent; complete samples leave the calibration floor.
        Assert.True(worst < (fromThemselves ? 0.25 : 0.02), $"The worst pixel is off by {worst}.");
        var rows = new float[2 * Pixels];
        filled.Read([5, 3], rows);
        Assert.Equal(flux[(5 * Pixels)..(6 * Pixels)], rows[..Pixels]);
        Assert.Equal(flux[(3 * Pixels)..(4 * Pixels)], rows[Pixels..]);
    }

    [Fact]
    public void A_file_without_gaps_needs_nothing()
    {
        var path = Write(Whole(), new byte[Count * Pixels]);
        Assert.Null(SpectrumGaps.Open(path, SpectrumFile.Read(path), _folder.Path));
        SpectrumFile.Write(path, SpectrumFile.Read(path));
        Assert.Null(SpectrumGaps.Open(path, SpectrumFile.Read(path), _folder.Path));
    }

    // As the epochs of a training read: from memory or disk, in any order, on several threads.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_spectrum_is_filled_once_and_has_the_same_bytes_whenever_it_is_read(bool isStreamed)
    {
        var mask = new byte[Count * Pixels];
        for (var k = 0; k < mask.Length; k++)
        {
            // Every tenth spectrum is whole, the others have gaps of different lengths.
            mask[k] = (byte)(k / Pixels % 10 > 0 && k % 7 < k / Pixels % 5 ? 1 : 0);
        }
        var path = Write(Whole(), mask);
        using var stream = isStreamed ? SpectrumStream.Open(path, _folder.Path) : null;
        ISpectrumSource source = stream is null ? SpectrumFile.Read(path) : stream;
        using var gaps = SpectrumGaps.Open(path, source, _folder.Path)!;
        using var filled = FilledSpectra.FromThemselves(gaps, _folder.Path);
        var first = new float[Count * Pixels];
        filled.ReadFrom(0, first);
        var gappy = Enumerable.Range(0, Count).Count(i => mask.AsSpan(i * Pixels, Pixels).ContainsAnyExcept((byte)0));
        Assert.InRange(gappy, 10, Count - 10);
        Assert.Equal(gappy, filled.Computed);
        Assert.All(Enumerable.Range(0, Pixels), j =>
            Assert.Equal(2 * Enumerable.Range(0, Count).Count(i => mask[(i * Pixels) + j] == 0) >= Count, filled.IsCovered(j))
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(t =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < Count; i++)
                        {
                            var row = ((i * 37) + t) % Count;
                            var flux = new float[Pixels];
                            filled.Read([row], flux);
                            Assert.Equal(first[(row * Pixels)..((row + 1) * Pixels)], flux);
                        }
                    })
                )
        );
        Assert.Equal(gappy, filled.Computed);
        // A second one, read in another order, and once from each thread at first, has the bytes of the first.
        using var again = FilledSpectra.FromThemselves(gaps, _folder.Path);
        var second = new float[Count * Pixels];
        Parallel.For(0, Count, i => again.Read([Count - 1 - i], second.AsSpan((Count - 1 - i) * Pixels, Pixels)));
        Assert.Equal(first, second);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), f => f.EndsWith(".partial", StringComparison.Ordinal));
    }

    // 1 + a sin + b cos.
    private static float[] Whole()
    {
        var stream = new RandomStream(3, "gaps");
        var flux = new float[Count * Pixels];
        for (var i = 0; i < Count; i++)
        {
            var a = 0.3 * stream.NextNormal();
            var b = 0.2 * stream.NextNormal();
            for (var j = 0; j < Pixels; j++)
            {
                flux[(i * Pixels) + j] = (float)(1 + (a * Math.Sin(0.2 * j)) + (b * Math.Cos(0.11 * j)));
            }
        }
        return flux;
    }

    private string Write(float[] flux, byte[] mask)
    {
        var path = _folder.File("s.h5");
        using var writer = new SpectrumFileWriter(
            path,
            new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(j => 4000.0 + (30 * j))]),
            Count,
            new SpectrumProvenance("test", 1, "erg/s/cm2/Hz", 4000, 5700, "", ""),
            [],
            inverseVariance: true,
            mask: true
        );
        writer.Append(flux, [.. Enumerable.Repeat(1.0, Count)], [], inverseVariance: [.. mask.Select(m => m == 0 ? 1e4f : 0)], mask: mask);
        writer.Finish();
        return path;
    }
}
