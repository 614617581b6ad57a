using Galatent.Files;
using PureHDF;
using PureHDF.Selections;

namespace Galatent.Spectra;

/// <summary>
/// Writes spectra block by block, so memory does not grow with their number. Use it inside <see cref="AtomicFile.Write"/>: an unfinished
/// file must never carry its final name.
/// The flux is stored contiguously, so any row can be read or memory-mapped directly.
/// </summary>
public sealed class SpectrumFileWriter : IDisposable
{
    internal const string ShardFirstRow = "shard_first_row";
    internal const string ShardTotalCount = "shard_total_count";

    private readonly WavelengthGrid _grid;
    private readonly int _count;
    private readonly H5Dataset<float[]> _flux;
    private readonly H5Dataset<double[]> _norm;
    private readonly List<Action<double[], int>> _columns = [];
    private readonly H5Dataset<double[]>? _lines;
    private readonly int _lineCount;
    private readonly H5Dataset<float[]>? _inverseVariance;
    private readonly H5Dataset<byte[]>? _mask;
    private readonly FileStream _stream;
    private readonly H5NativeWriter _writer;
    private int _written;

    /// <summary>Opens the file for exactly <paramref name="count"/> spectra.</summary>
    /// <param name="path">Where to write.</param>
    /// <param name="grid">The pixels of all spectra.</param>
    /// <param name="count">Number of spectra.</param>
    /// <param name="provenance">Becomes the root attributes.</param>
    /// <param name="columns">Name, unit and description of every parameter. Values follow with the blocks. Columns of whole numbers are
    /// different: they must hold all <paramref name="count"/> values here and are written with all digits.</param>
    /// <param name="lineWavelengthAngstrom">Centres of emission lines, Å, vacuum; given when line luminosities are stored too.</param>
    /// <param name="shard">For a part of a set: the number of its first spectrum and the number of spectra in the whole set.</param>
    /// <param name="inverseVariance">Whether 1/sigma² of every pixel is stored too.</param>
    /// <param name="mask">Whether one byte for every pixel is stored too, 0 for a good pixel.</param>
    /// <param name="texts">Texts, one for each spectrum: name of the dataset and its values.</param>
    /// <param name="attributes">Further root attributes.</param>
    public SpectrumFileWriter(
        string path,
        WavelengthGrid grid,
        int count,
        SpectrumProvenance provenance,
        IReadOnlyList<ParameterColumn> columns,
        double[]? lineWavelengthAngstrom = null,
        (int FirstRow, int TotalCount)? shard = null,
        bool inverseVariance = false,
        bool mask = false,
        IReadOnlyList<(string Name, string[] Values)>? texts = null,
        IReadOnlyDictionary<string, string>? attributes = null
    )
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(columns);
        (_grid, _count) = (grid, count);
        _flux = new H5Dataset<float[]>([(ulong)count, (ulong)grid.Count])
        {
            Attributes = new() { ["units"] = "median of the normalisation window" },
        };
        _norm = new H5Dataset<double[]>([(ulong)count])
        {
            Attributes = new() { ["units"] = provenance.FluxUnit, ["description"] = "flux x norm is the spectrum before normalisation" },
        };
        var parameters = new H5Group();
        foreach (var column in columns)
        {
            parameters[column.Name] = ColumnOf(column);
        }
        var file = new H5File
        {
            ["wavelength"] = new H5Dataset(grid.WavelengthAngstrom)
            {
                Attributes = new() { ["units"] = "angstrom", ["medium"] = "vacuum" },
            },
            ["flux"] = _flux,
            ["norm"] = _norm,
            ["parameters"] = parameters,
            Attributes = SpectrumFile.RootAttributes(provenance),
        };
        if (lineWavelengthAngstrom is not null)
        {
            _lineCount = lineWavelengthAngstrom.Length;
            _lines = new H5Dataset<double[]>([(ulong)count, (ulong)_lineCount])
            {
                Attributes = new() { ["units"] = "Lsun per solar mass formed", ["description"] = "emission lines after dust" },
            };
            file["line_wavelength"] = new H5Dataset(lineWavelengthAngstrom)
            {
                Attributes = new() { ["units"] = "angstrom", ["medium"] = "vacuum" },
            };
            file["line_luminosity"] = _lines;
        }
        if (inverseVariance)
        {
            _inverseVariance = new H5Dataset<float[]>([(ulong)count, (ulong)grid.Count])
            {
                Attributes = new()
                {
                    ["units"] = "1 / median of the normalisation window squared",
                    ["description"] = "inverse variance of the noise",
                },
            };
            file[SpectrumFile.InverseVariance] = _inverseVariance;
        }
        if (mask)
        {
            _mask = new H5Dataset<byte[]>([(ulong)count, (ulong)grid.Count])
            {
                Attributes = new() { ["description"] = "0 where a pixel is good" },
            };
            file[SpectrumFile.Mask] = _mask;
        }
        if (shard is { } part)
        {
            file.Attributes[ShardFirstRow] = part.FirstRow;
            file.Attributes[ShardTotalCount] = part.TotalCount;
        }
        foreach (var (name, values) in texts ?? [])
        {
            file[name] = values;
        }
        foreach (var (name, value) in attributes ?? new Dictionary<string, string>())
        {
            file.Attributes[name] = value;
        }
        // A new file, not an old one cut to nothing: at the end of such a one ext4 waits for the disk, a second for 50,000 mocks.
        File.Delete(path);
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var hasBegun = false;
        try
        {
            _writer = file.BeginWrite(_stream);
            hasBegun = true;
        }
        finally
        {
            if (!hasBegun)
            {
                _stream.Dispose();
            }
        }
    }

    /// <summary>Appends spectra in file order.</summary>
    /// <param name="flux">Shape (m, n_wave), row-major.</param>
    /// <param name="norm">Shape (m).</param>
    /// <param name="parameters">One array of m values for each column, in the constructor's order.</param>
    /// <param name="lineLuminosity">Shape (m, n_line) if the constructor was given lines; otherwise empty.</param>
    /// <param name="inverseVariance">Shape (m, n_wave) if the constructor was told to store it; otherwise null.</param>
    /// <param name="mask">Shape (m, n_wave) if the constructor was told to store it; otherwise null.</param>
    public void Append(
        float[] flux,
        double[] norm,
        IReadOnlyList<double[]> parameters,
        double[]? lineLuminosity = null,
        float[]? inverseVariance = null,
        byte[]? mask = null
    )
    {
        ArgumentNullException.ThrowIfNull(flux);
        ArgumentNullException.ThrowIfNull(norm);
        ArgumentNullException.ThrowIfNull(parameters);
        var rows = norm.Length;
        if (
            flux.Length != rows * _grid.Count
            || parameters.Count != _columns.Count
            || (lineLuminosity?.Length ?? 0) != rows * _lineCount
            || (inverseVariance?.Length ?? 0) != (_inverseVariance is null ? 0 : flux.Length)
            || (mask?.Length ?? 0) != (_mask is null ? 0 : flux.Length)
            || _written + rows > _count
        )
        {
            throw new ArgumentException(
                $"A block of {rows} spectra does not fit: {flux.Length} fluxes, {parameters.Count} of {_columns.Count} parameters, "
                    + $"{_written} of {_count} spectra written.",
                nameof(flux)
            );
        }
        _writer.Write(_flux, flux, fileSelection: new HyperslabSelection(2, [(ulong)_written, 0], [(ulong)rows, (ulong)_grid.Count]));
        _writer.Write(_norm, norm, fileSelection: new HyperslabSelection((ulong)_written, (ulong)rows));
        if (_lines is not null)
        {
            _writer.Write(
                _lines,
                lineLuminosity!,
                fileSelection: new HyperslabSelection(2, [(ulong)_written, 0], [(ulong)rows, (ulong)_lineCount])
            );
        }
        if (_inverseVariance is not null)
        {
            _writer.Write(
                _inverseVariance,
                inverseVariance!,
                fileSelection: new HyperslabSelection(2, [(ulong)_written, 0], [(ulong)rows, (ulong)_grid.Count])
            );
        }
        if (_mask is not null)
        {
            _writer.Write(_mask, mask!, fileSelection: new HyperslabSelection(2, [(ulong)_written, 0], [(ulong)rows, (ulong)_grid.Count]));
        }
        for (var c = 0; c < _columns.Count; c++)
        {
            _columns[c](parameters[c], rows);
        }
        _written += rows;
    }

    /// <summary>Checks that every spectrum has been appended.</summary>
    public void Finish()
    {
        if (_written != _count)
        {
            throw new InvalidOperationException($"{_written} of {_count} spectra were written.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        finally
        {
            _stream.Dispose();
        }
    }

    // Creates a dataset with the column's own type, and the function that writes its next rows.
    private object ColumnOf(ParameterColumn column)
    {
        var attributes = new Dictionary<string, object> { ["units"] = column.Unit, ["description"] = column.Description };
        if (column.Whole is not { } whole)
        {
            return Dataset<double>(attributes, (values, _) => values);
        }
        if (whole.Count != _count)
        {
            throw new ArgumentException($"{column.Name} has {whole.Count} whole numbers for {_count} spectra.", nameof(column));
        }
        if (whole.HasMissing)
        {
            attributes["_FillValue"] = whole.IsUnsigned ? whole.MissingMark : (object)(long)whole.MissingMark;
        }
        if (whole.IsUnsigned)
        {
            var unsigned = whole.ToUnsigned();
            return Dataset(attributes, (_, rows) => unsigned[_written..(_written + rows)]);
        }
        var signed = whole.ToSigned();
        return Dataset(attributes, (_, rows) => signed[_written..(_written + rows)]);
    }

    private H5Dataset<T[]> Dataset<T>(Dictionary<string, object> attributes, Func<double[], int, T[]> next)
    {
        var dataset = new H5Dataset<T[]>([(ulong)_count]) { Attributes = attributes };
        _columns.Add(
            (values, rows) =>
                _writer.Write(dataset, next(values, rows), fileSelection: new HyperslabSelection((ulong)_written, (ulong)rows))
        );
        return dataset;
    }
}
