using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Surveys.Kinds;

/// <summary>What a file of the Multimodal Universe says about each of its spectra, by names in any case.</summary>
internal sealed class MultimodalCatalogue
{
    private static readonly string[] Names = ["z", "redshift", "zerr", "z_err", "zwarn", "zwarning", "redflag", "ebv", "ra", "dec"];

    private readonly Dictionary<string, double[]> _columns;
    private readonly string[] _ids;
    private readonly bool _isWarnInverted;

    private MultimodalCatalogue(int count, int pixels, string[] ids, Dictionary<string, double[]> columns, bool isWarnInverted)
    {
        (Count, Pixels) = (count, pixels);
        (_ids, _columns, _isWarnInverted) = (ids, columns, isWarnInverted);
    }

    /// <summary>Number of spectra.</summary>
    public int Count { get; }

    /// <summary>Pixels of each; 0 where they differ.</summary>
    public int Pixels { get; }

    /// <summary>That of an HDF5 file.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static MultimodalCatalogue Of(string path, IH5Group file)
    {
        var shape = Hdf5.Dataset(file, path, "spectrum_flux").Space.Dimensions;
        if (shape is not [<= int.MaxValue, > 0 and <= int.MaxValue])
        {
            throw new InputException(
                $"'{path}': spectrum_flux has the shape ({string.Join(", ", shape)}); spectra and pixels are expected."
            );
        }
        var columns = new Dictionary<string, double[]>();
        foreach (var name in Hdf5Walk.ChildNames(file).Select(n => n.TrimStart('/')))
        {
            if (Names.Contains(name.ToLowerInvariant()))
            {
                columns.TryAdd(name.ToLowerInvariant(), Hdf5Columns.Column(path, Hdf5.Dataset(file, path, name), name).Numbers);
            }
        }
        return new MultimodalCatalogue((int)shape[0], (int)shape[1], Identifiers(path, file), columns, false);
    }

    /// <summary>That of a Parquet file.</summary>
    public static MultimodalCatalogue Of(ColumnFile table, IReadOnlyList<(string Name, Type Type, bool IsList)> fields)
    {
        var numeric = table.NumericNames.ToHashSet();
        var columns = new Dictionary<string, double[]>();
        foreach (var name in table.Names.Where(n => Names.Contains(n.ToLowerInvariant()) && numeric.Contains(n)))
        {
            columns.TryAdd(name.ToLowerInvariant(), table.Numbers(name));
        }
        var id = table.Names.FirstOrDefault(n => n.Equals("object_id", StringComparison.OrdinalIgnoreCase));
        return new MultimodalCatalogue(
            table.Count,
            0,
            id is null ? [] : Array.ConvertAll(table.Classes(id), t => Plain(t ?? "")),
            columns,
            fields.Any(f => f.Name.Equals("zwarn", StringComparison.OrdinalIgnoreCase) && f.Type == typeof(bool))
        );
    }

    /// <summary>Whether there is a column.</summary>
    public bool Has(string name) => _columns.ContainsKey(name);

    /// <summary>A number of a spectrum; NaN where there is none.</summary>
    public double Value(int row, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_columns.TryGetValue(name, out var values) && row < values.Length)
            {
                return values[row];
            }
        }
        return double.NaN;
    }

    /// <summary>The identifier of a spectrum; its row where it has none.</summary>
    public string Id(int row) => row < _ids.Length ? _ids[row] : row.ToString(CultureInfo.InvariantCulture);

    /// <summary>Gives redshift, flags and position to a spectrum.</summary>
    public void Describe(ObservedSpectrum spectrum, int row)
    {
        var desi = Value(row, "zwarn");
        if (_isWarnInverted)
        {
            desi = 1 - desi;
        }
        var sdss = Value(row, "zwarning");
        var vipers = Value(row, "redflag");
        var warning =
            double.IsFinite(desi) ? desi
            : double.IsFinite(sdss) ? sdss
            : vipers;
        spectrum.SetRedshift(Value(row, "z", "redshift"), Value(row, "zerr", "z_err"), warning);
        spectrum.Doubt = DesiCoadd.DesiDoubt(desi) ?? SdssMask.Doubt(sdss) ?? Vipers.FlagDoubt(vipers);
        spectrum.SetPosition(Value(row, "ra"), Value(row, "dec"));
    }

    private static string[] Identifiers(string path, IH5Group file)
    {
        if (!file.LinkExists("object_id"))
        {
            return [];
        }
        var dataset = Hdf5.Dataset(file, path, "object_id");
        if (!Hdf5Internals.TypeOf(dataset).IsNumber)
        {
            return Array.ConvertAll(Hdf5Columns.Texts(path, dataset, "object_id"), Plain);
        }
        var column = Hdf5Columns.Column(path, dataset, "object_id");
        return column.Whole is { } whole
            ? [.. Enumerable.Range(0, column.Count).Select(whole.Text)]
            : Array.ConvertAll(column.Numbers, v => v.ToString("R", CultureInfo.InvariantCulture));
    }

    // Written from Python's bytes, an identifier may read b' 461...'.
    private static string Plain(string text) =>
        text.StartsWith("b'", StringComparison.Ordinal) ? text[2..].TrimEnd('\'').Trim() : text.Trim();
}
