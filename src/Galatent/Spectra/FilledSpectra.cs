using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra.Gaps;

namespace Galatent.Spectra;

/// <summary>
/// Spectra of a file whose bad pixels (<c>/mask</c>) are filled from principal components, for networks that see one number for each pixel:
/// 0 would be an extreme spectrum. Good pixels stay as they are. A spectrum is filled when it is first read, and what it was filled with is
/// kept on disk.
/// </summary>
public sealed class FilledSpectra : ISpectrumSource, IDisposable
{
    private const int Rounds = 2;

    private readonly SpectrumGaps _gaps;
    private readonly ISpectrumSource _source;
    private GapFill _components;
    private KeptValues? _kept;
    private int _computed;

    private FilledSpectra(SpectrumGaps gaps)
    {
        (_gaps, _source) = (gaps, gaps.Source);
        _components = new GapFill(GapComponents.OfMean(new double[gaps.Source.Grid.Count]));
    }

    /// <summary>Number of principal components.</summary>
    public int Components => _components.Count;

    /// <inheritdoc/>
    public WavelengthGrid Grid => _source.Grid;

    /// <inheritdoc/>
    public int Count => _source.Count;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterColumn> Parameters => _source.Parameters;

    /// <inheritdoc/>
    public SpectrumProvenance Provenance => _source.Provenance;

    /// <inheritdoc/>
    public bool IsStreamed => _source.IsStreamed;

    /// <summary>Whether at least half of the spectra are good in a pixel.</summary>
    internal bool IsCovered(int pixel) => _gaps.IsCovered(pixel);

    /// <summary>How many times a spectrum was filled by computation since the components are final.</summary>
    internal int Computed => _computed;

    /// <summary>Fills from other spectra without gaps, e.g. those that a model decodes.</summary>
    /// <param name="gaps">The spectra and their bad pixels; they stay open as long as this is used.</param>
    /// <param name="samples">Spectra without gaps, shape (n, n_wave).</param>
    /// <param name="scratchFolder">Folder for what bad pixels are filled with.</param>
    /// <exception cref="InputException">There is no room in the folder.</exception>
    public static FilledSpectra FromSamples(SpectrumGaps gaps, float[] samples, string scratchFolder)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        ArgumentNullException.ThrowIfNull(samples);
        var width = gaps.Source.Grid.Count;
        return new FilledSpectra(gaps)
        {
            _components = GapFill.Measure(
                (rows, to) =>
                {
                    for (var i = 0; i < rows.Length; i++)
                    {
                        samples.AsSpan(rows[i] * width, width).CopyTo(to[(i * width)..]);
                    }
                },
                samples.Length / width,
                width
            ),
            _kept = new KeptValues(gaps, scratchFolder),
        };
    }

    /// <summary>Fills from the spectra themselves: first with the mean of the good pixels, then twice from the principal components of what
    /// is filled.</summary>
    /// <param name="gaps">The spectra and their bad pixels; they stay open as long as this is used.</param>
    /// <param name="scratchFolder">Folder for what bad pixels are filled with.</param>
    /// <exception cref="InputException">The file is damaged, or there is no room in the folder.</exception>
    public static FilledSpectra FromThemselves(SpectrumGaps gaps, string scratchFolder)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        var filled = new FilledSpectra(gaps);
        filled._components = new GapFill(GapComponents.OfMean(filled.GoodMean()));
        for (var round = 0; round < Rounds; round++)
        {
            filled._components = GapFill.Measure(filled.Read, filled.Count, filled.Grid.Count);
        }
        // Nothing is kept before: the components change with each round.
        filled._computed = 0;
        filled._kept = new KeptValues(gaps, scratchFolder);
        return filled;
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rows, Span<float> flux)
    {
        _source.Read(rows, flux);
        for (var i = 0; i < rows.Length; i++)
        {
            Fill(rows[i], flux.Slice(i * Grid.Count, Grid.Count));
        }
    }

    /// <inheritdoc/>
    public void ReadFrom(int first, Span<float> flux)
    {
        _source.ReadFrom(first, flux);
        for (var i = 0; i < flux.Length / Grid.Count; i++)
        {
            Fill(first + i, flux.Slice(i * Grid.Count, Grid.Count));
        }
    }

    /// <summary>Marks the good pixels of consecutive spectra.</summary>
    /// <param name="first">Row number of the first spectrum.</param>
    /// <param name="good">Receives 1 or 0, shape (n, n_wave).</param>
    internal void ReadGood(int first, Span<float> good)
    {
        for (var i = 0; i < good.Length / Grid.Count; i++)
        {
            var mask = _gaps.Mask(first + i);
            for (var j = 0; j < mask.Length; j++)
            {
                good[(i * mask.Length) + j] = mask[j] == 0 ? 1 : 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _kept?.Dispose();

    private double[] GoodMean()
    {
        var sum = new double[Grid.Count];
        var number = new int[Grid.Count];
        var flux = new float[Grid.Count];
        for (var i = 0; i < Count; i++)
        {
            _source.ReadFrom(i, flux);
            var mask = _gaps.Mask(i);
            for (var j = 0; j < flux.Length; j++)
            {
                sum[j] += mask[j] == 0 ? flux[j] : 0;
                number[j] += mask[j] == 0 ? 1 : 0;
            }
        }
        // Where no spectrum is good, the mean of all good pixels, of the order of 1, does least harm.
        var all = sum.Sum() / Math.Max(1, number.Sum(n => (long)n));
        return [.. sum.Select((s, j) => number[j] > 0 ? s / number[j] : all)];
    }

    private void Fill(int row, Span<float> flux)
    {
        if (_gaps.Bad(row).Count == 0)
        {
            return;
        }
        var mask = _gaps.Mask(row);
        if (_kept?.Read(row) is { } kept)
        {
            for (int j = 0, next = 0; j < flux.Length; j++)
            {
                flux[j] = mask[j] == 0 ? flux[j] : kept[next++];
            }
            return;
        }
        _components.Fill(flux, mask, _gaps.InverseVariance(row));
        Interlocked.Increment(ref _computed);
        if (_kept is not null)
        {
            var values = new List<float>();
            for (var j = 0; j < flux.Length; j++)
            {
                if (mask[j] != 0)
                {
                    values.Add(flux[j]);
                }
            }
            _kept.Write(row, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
        }
    }
}
