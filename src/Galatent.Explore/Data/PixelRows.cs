using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Explore.Data;

/// <summary>Spectra of a dataset, one at a time: flux, error where the noise is known, mask where pixels are bad.</summary>
internal sealed class PixelRows : IDisposable
{
    private readonly SpectrumStream _flux;
    private readonly RowFile<float>? _inverseVariance;
    private readonly RowFile<byte>? _mask;

    /// <summary>Opens a dataset.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <exception cref="Numerics.InputException">Missing, damaged, or not of this layout.</exception>
    public PixelRows(string path)
    {
        // A file in chunks is laid flat once; what needs room goes where temporary files go.
        var scratch = Path.GetTempPath();
        _flux = SpectrumStream.Open(path, scratch);
        RowFile<T>? Rows<T>(string name)
            where T : unmanaged =>
            Hdf5.Open(path, file => SpectrumFile.PixelRows(file, path, name, _flux.Count, _flux.Grid.Count)) is { } rows
                ? RowFile<T>.Open(path, name, scratch, rows, _flux.Count, _flux.Grid.Count)
                : null;
        _inverseVariance = Rows<float>(SpectrumFile.InverseVariance);
        _mask = Rows<byte>(SpectrumFile.Mask);
    }

    /// <summary>The spectra.</summary>
    public SpectrumStream Spectra => _flux;

    /// <summary>Whether the noise of the pixels is known.</summary>
    public bool HasError => _inverseVariance is not null;

    /// <summary>Whether some pixels are bad.</summary>
    public bool HasMask => _mask is not null;

    /// <summary>Normalised flux of one spectrum, shape (n_wave).</summary>
    public float[] Flux(int row)
    {
        var flux = new float[_flux.Grid.Count];
        _flux.Read([row], flux);
        return flux;
    }

    /// <summary>One standard deviation of each pixel in units of the normalised flux; NaN where nothing is known. Null without
    /// noise.</summary>
    public float[]? Error(int row)
    {
        if (_inverseVariance is null)
        {
            return null;
        }
        var values = new float[_flux.Grid.Count];
        _inverseVariance.Read(row, values);
        return Array.ConvertAll(values, v => v > 0 ? 1 / MathF.Sqrt(v) : float.NaN);
    }

    /// <summary>Not 0 for a bad pixel. Null when the file has no mask.</summary>
    public byte[]? Mask(int row)
    {
        if (_mask is null)
        {
            return null;
        }
        var values = new byte[_flux.Grid.Count];
        _mask.Read(row, values);
        return values;
    }

    /// <summary>The spectrum as the page reads it.</summary>
    public byte[] Tensors(int row)
    {
        var file = new TensorFile().Note("row", FormattableString.Invariant($"{row}")).Add("flux", Flux(row));
        if (Error(row) is { } error)
        {
            file.Add("error", error);
        }
        if (Mask(row) is { } mask)
        {
            file.Add("mask", mask);
        }
        return file.ToBytes();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _flux.Dispose();
        _inverseVariance?.Dispose();
        _mask?.Dispose();
    }
}
