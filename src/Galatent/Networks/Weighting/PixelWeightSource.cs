using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Networks.Weighting;

/// <summary>
/// Weights of observed spectra (<see cref="ObservedWeights"/>), read by row. They come from an array or from <c>/ivar</c> and <c>/mask</c>
/// of the file. These are as large as the spectra, so they stay in the file. Reading a row of the study's grid takes 4 µs from the page
/// cache; an update takes 1 ms per spectrum.
/// </summary>
public sealed class PixelWeightSource : IDisposable
{
    private readonly int _pixels;
    private readonly float[] _values = [];
    private readonly RowFile<float>? _inverseVariance;
    private readonly RowFile<byte>? _mask;

    /// <summary>Wraps weights in memory.</summary>
    /// <param name="weights">Shape (n, n_wave), from <see cref="ObservedWeights.Of"/>.</param>
    /// <param name="pixels">n_wave.</param>
    public PixelWeightSource(float[] weights, int pixels) => (_values, _pixels, Count) = (weights, pixels, weights.Length / pixels);

    private PixelWeightSource(int count, int pixels) => (Count, _pixels) = (count, pixels);

    private PixelWeightSource(RowFile<float>? inverseVariance, RowFile<byte>? mask, int count, int pixels) =>
        (_inverseVariance, _mask, Count, _pixels) = (inverseVariance, mask, count, pixels);

    /// <summary>Number of spectra.</summary>
    public int Count { get; }

    /// <summary>Weights of spectra without gaps: 1 for every pixel.</summary>
    internal static PixelWeightSource Ones(int count, int pixels) => new(count, pixels);

    /// <summary>Opens the weights of the first spectra of a file. Null when the weighting is <see cref="PixelWeighting.None"/>.</summary>
    /// <param name="path">The dataset file, with <c>/ivar</c> (n, n_wave) in units of normalised flux to the power -2, and <c>/mask</c> (n,
    /// n_wave), not 0 for a bad pixel.</param>
    /// <param name="weighting">What to read.</param>
    /// <param name="spectra">The spectra of the same file.</param>
    /// <param name="scratchFolder">Folder for flat copies, if the file is not stored row by row.</param>
    /// <exception cref="InputException">The file does not have the arrays that the weighting needs.</exception>
    public static PixelWeightSource? Open(string path, PixelWeighting weighting, ISpectrumSource spectra, string scratchFolder)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        if (weighting == PixelWeighting.None)
        {
            return null;
        }
        var count = spectra.Count;
        var pixels = spectra.Grid.Count;
        var (masked, known) = Hdf5.Open(path, file =>
            (
                SpectrumFile.PixelRows(file, path, SpectrumFile.Mask, count, pixels),
                weighting == PixelWeighting.InverseVariance
                    ? SpectrumFile.PixelRows(file, path, SpectrumFile.InverseVariance, count, pixels)
                    : null
            )
        );
        if (weighting == PixelWeighting.Mask && masked is null)
        {
            throw new InputException($"'{path}' has no /mask to weight pixels by; leave Objective.PixelWeighting out.");
        }
        if (weighting == PixelWeighting.InverseVariance && known is null)
        {
            throw new InputException(
                $"'{path}' has no /ivar to weight pixels by; leave Objective.PixelWeighting out, or add it in the shape of /flux."
            );
        }
        return new PixelWeightSource(
            known is { } rows ? RowFile<float>.Open(path, SpectrumFile.InverseVariance, scratchFolder, rows, count, pixels) : null,
            masked is { } maskRows ? RowFile<byte>.Open(path, SpectrumFile.Mask, scratchFolder, maskRows, count, pixels) : null,
            count,
            pixels
        );
    }

    /// <summary>Copies the weights of some spectra one after the other, shape (rows.Length, n_wave). Several threads may call at
    /// once.</summary>
    /// <exception cref="InputException">The file cannot be read, a weight is negative or not finite, or a spectrum has no good
    /// pixel.</exception>
    public void Read(ReadOnlySpan<int> rows, Span<float> weights)
    {
        byte[] mask = _mask is null ? [] : new byte[_pixels];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = weights.Slice(i * _pixels, _pixels);
            if (_values.Length > 0)
            {
                _values.AsSpan(rows[i] * _pixels, _pixels).CopyTo(row);
                continue;
            }
            row.Fill(1);
            _inverseVariance?.Read(rows[i], row);
            _mask?.Read(rows[i], mask);
            ObservedWeights.Complete(row, mask, rows[i]);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _inverseVariance?.Dispose();
        _mask?.Dispose();
    }
}
