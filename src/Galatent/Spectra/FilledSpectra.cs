using Galatent.Files;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Spectra;

/// <summary>
/// Spectra of a file whose bad pixels (<c>/mask</c>) are filled from principal components, for networks that see one number for each pixel:
/// 0 would be an extreme spectrum. Good pixels stay as they are.
/// </summary>
public sealed class FilledSpectra : ISpectrumSource, IDisposable
{
    private const int Rounds = 2;

    private readonly ISpectrumSource _source;
    private readonly RowFile<byte> _mask;
    private readonly RowFile<float>? _ivar;
    private GapComponents _components;

    private FilledSpectra(ISpectrumSource source, RowFile<byte> mask, RowFile<float>? ivar, double badShare)
    {
        (_source, _mask, _ivar, BadShare) = (source, mask, ivar, badShare);
        _components = GapComponents.OfMean(new double[source.Grid.Count]);
    }

    /// <summary>Share of bad pixels.</summary>
    public double BadShare { get; }

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

    /// <summary>Fills from other spectra without gaps, e.g. those that a model decodes.</summary>
    /// <param name="path">The file of the spectra.</param>
    /// <param name="source">The spectra.</param>
    /// <param name="samples">Gives spectra without gaps, shape (n, n_wave); asked only if there are gaps.</param>
    /// <param name="scratchFolder">Folder for flat copies, if the file is not stored row by row.</param>
    /// <returns>Null when the file has no bad pixel.</returns>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static FilledSpectra? FromSamples(string path, ISpectrumSource source, Func<float[]> samples, string scratchFolder)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(samples);
        if (Open(path, source, scratchFolder) is not { } filled)
        {
            return null;
        }
        var width = source.Grid.Count;
        var values = samples();
        filled._components = GapComponents.Measure(
            (rows, to) =>
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    values.AsSpan(rows[i] * width, width).CopyTo(to[(i * width)..]);
                }
            },
            values.Length / width,
            width
        );
        return filled;
    }

    /// <summary>Fills from the spectra themselves: first with the mean of the good pixels, then twice from the principal components of what
    /// is filled.</summary>
    /// <param name="path">The file of the spectra.</param>
    /// <param name="source">The spectra.</param>
    /// <param name="scratchFolder">Folder for flat copies, if the file is not stored row by row.</param>
    /// <returns>Null when the file has no bad pixel.</returns>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static FilledSpectra? FromThemselves(string path, ISpectrumSource source, string scratchFolder)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Open(path, source, scratchFolder) is not { } filled)
        {
            return null;
        }
        filled._components = GapComponents.OfMean(filled.GoodMean());
        for (var round = 0; round < Rounds; round++)
        {
            filled._components = GapComponents.Measure(filled.Read, source.Count, source.Grid.Count);
        }
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

    /// <inheritdoc/>
    public void Dispose()
    {
        _mask.Dispose();
        _ivar?.Dispose();
    }

    private static FilledSpectra? Open(string path, ISpectrumSource source, string scratchFolder)
    {
        var count = source.Count;
        var pixels = source.Grid.Count;
        int? Rows(IH5Group file, string name) =>
            file.LinkExists(name)
            && Hdf5.Dataset(file, path, name).Space.Dimensions is [<= int.MaxValue and var rows, var width]
            && rows >= (ulong)count
            && width == (ulong)pixels
                ? (int)rows
                : null;
        var (masked, known) = Hdf5.Open(path, file => (Rows(file, SpectrumFile.Mask), Rows(file, SpectrumFile.InverseVariance)));
        if (masked is not { } maskRows)
        {
            return null;
        }
        var mask = RowFile<byte>.Open(path, SpectrumFile.Mask, scratchFolder, maskRows, count, pixels);
        long bad = 0;
        var row = new byte[pixels];
        for (var i = 0; i < count; i++)
        {
            mask.ReadFrom(i, row);
            bad += pixels - row.AsSpan().Count((byte)0);
        }
        if (bad == 0)
        {
            mask.Dispose();
            return null;
        }
        var ivar = known is { } ivarRows
            ? RowFile<float>.Open(path, SpectrumFile.InverseVariance, scratchFolder, ivarRows, count, pixels)
            : null;
        return new FilledSpectra(source, mask, ivar, (double)bad / count / pixels);
    }

    private double[] GoodMean()
    {
        var sum = new double[Grid.Count];
        var number = new int[Grid.Count];
        var flux = new float[Grid.Count];
        var mask = new byte[Grid.Count];
        for (var i = 0; i < Count; i++)
        {
            _source.ReadFrom(i, flux);
            _mask.ReadFrom(i, mask);
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
        var mask = new byte[flux.Length];
        _mask.Read(row, mask);
        if (mask.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            return;
        }
        var ivar = _ivar is null ? [] : new float[flux.Length];
        _ivar?.Read(row, ivar);
        _components.Fill(flux, mask, ivar);
    }
}
