using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>Redshifts of a catalogue (FITS, CSV, HDF5, Parquet), joined exactly: by identifier, with all digits, or by file name. An
/// identifier that stands there with different redshifts joins nothing.</summary>
internal sealed class RedshiftTable
{
    internal static readonly string[] Ids =
    [
        "targetid",
        "object_id",
        "objectid",
        "specobjid",
        "specobj_id",
        "spec_id",
        "specid",
        "id",
        "objid",
        "obj_id",
        "uid",
        "cataid",
        "source_id",
        "object",
        "name",
    ];
    private static readonly string[] FileNames = ["file", "filename", "file_name", "path", "spec_file", "specfile", "source"];
    internal static readonly string[] Redshifts =
    [
        "z",
        "redshift",
        "zbest",
        "z_best",
        "zspec",
        "z_spec",
        "z_helio",
        "zhelio",
        "spec_z",
        "redshift_spec",
    ];
    internal static readonly string[] Errors = ["zerr", "z_err", "z_error", "redshift_error", "redshift_err", "e_z", "zspec_err"];
    internal static readonly string[] Warnings = ["zwarn", "zwarning", "z_warning", "redshift_warning"];
    internal static readonly string[] Classes = ["spectype", "class", "object_class", "z_class"];
    private static readonly string[] DeltaChiSquares = ["deltachi2", "delta_chi2"];

    // Null where an identifier stands there with different redshifts.
    private readonly Dictionary<string, RedshiftEntry?> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RedshiftEntry?> _byFile = new(StringComparer.Ordinal);
    private readonly string _path;

    private readonly string[] _ids;

    private RedshiftTable(string path, string[] ids) => (_path, _ids) = (path, ids);

    /// <summary>What was seen, one sentence each.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Whether columns of these names make a catalogue of redshifts.</summary>
    public static bool Fits(IReadOnlyList<string> names) => Any(names, Redshifts) && Any(names, [.. Ids, .. FileNames, "fiberid"]);

    /// <summary>Reads a catalogue.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scratchFolder">For what a large gzipped file holds.</param>
    /// <param name="id">The column of identifiers; null to find it by its name.</param>
    /// <exception cref="InputException">It has no redshifts, or nothing to join them by.</exception>
    public static RedshiftTable Read(string path, string? scratchFolder, string? id = null)
    {
        using var file = SurveyFile.Open(path, scratchFolder);
        var result = new RedshiftTable(path, id is null ? Ids : [id]);
        if (file.Fits is { } fits)
        {
            var unit = fits.Units.FirstOrDefault(u =>
                u.IsTable && Any(u.ColumnNames, Redshifts) && Any(u.ColumnNames, [.. result._ids, .. FileNames])
            ) ?? throw result.Lacks(fits.Units.Where(u => u.IsTable).SelectMany(u => u.ColumnNames));
            var table = unit.Table;
            result.Fill(unit.ColumnNames, table.RowCount, table.BlockRows, (name, first, n) => table.Texts(table.Require(name), first, n));
            return result;
        }
        var columns = file.Columns;
        result.Remarks.AddRange(columns.Remarks);
        result.Fill(columns.Names, columns.Count, columns.Count, (name, _, _) => Array.ConvertAll(columns.Classes(name), t => t ?? ""));
        return result;
    }

    /// <summary>The entry of a spectrum; null when the catalogue has none.</summary>
    /// <param name="ids">Its identifiers.</param>
    /// <param name="file">Its file; null when the file holds several spectra.</param>
    public RedshiftEntry? Find(IEnumerable<string> ids, string? file)
    {
        foreach (var id in ids)
        {
            if (id.Length > 0 && _byId.GetValueOrDefault(id) is { } found)
            {
                return found;
            }
        }
        return file is null ? null : _byFile.GetValueOrDefault(Path.GetFileName(file)) ?? _byId.GetValueOrDefault(Path.GetFileName(file));
    }

    private static bool Any(IReadOnlyList<string> names, string[] wanted) =>
        wanted.Any(w => names.Any(n => n.Equals(w, StringComparison.OrdinalIgnoreCase)));

    private static string? First(IReadOnlyList<string> names, string[] wanted) =>
        wanted.Select(w => names.FirstOrDefault(n => n.Equals(w, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(n => n is not null);

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : text.Equals("T", StringComparison.OrdinalIgnoreCase) || text.Equals("true", StringComparison.OrdinalIgnoreCase) ? 1
        : text.Equals("F", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase) ? 0
        : double.NaN;

    private InputException Lacks(IEnumerable<string> names) =>
        new(
            $"'{_path}' is no table of redshifts: a column of redshifts ({string.Join(", ", Redshifts.Take(5))}) and one of identifiers "
                + $"or files ({string.Join(", ", _ids.Take(6))}, file) are needed, and it has {ShownNames.Of(names)}."
        );

    private void Fill(IReadOnlyList<string> names, int rows, int blockRows, Func<string, int, int, string[]> column)
    {
        var redshiftName = First(names, Redshifts);
        var idName = First(names, _ids);
        var fileName = First(names, FileNames);
        if (redshiftName is null || (idName is null && fileName is null))
        {
            throw Lacks(names);
        }
        string?[] wanted =
        [
            redshiftName,
            idName,
            fileName,
            First(names, Errors),
            First(names, Warnings),
            First(names, Classes),
            First(names, DeltaChiSquares),
        ];
        var unclear = new HashSet<string>();
        for (var first = 0; first < rows; first += blockRows)
        {
            var count = Math.Min(blockRows, rows - first);
            var texts = Array.ConvertAll(wanted, name => name is null ? null : column(name, first, count));
            for (var i = 0; i < count; i++)
            {
                string Text(int field) => texts[field]?[i] ?? "";
                var entry = new RedshiftEntry(Number(Text(0)), Number(Text(3)), Number(Text(4)), Text(5), Number(Text(6)));
                Add(_byId, Text(1), entry, unclear);
                Add(_byFile, Path.GetFileName(Text(2)), entry, unclear);
            }
        }
        if (unclear.Count > 0)
        {
            Remarks.Add(
                $"'{_path}': {unclear.Count} identifiers stand there with different redshifts (the first is {unclear.Order().First()}) and "
                    + $"join nothing; keep one row of each."
            );
        }
    }

    private static void Add(Dictionary<string, RedshiftEntry?> entries, string key, RedshiftEntry entry, HashSet<string> unclear)
    {
        if (key.Length == 0 || entries.TryAdd(key, entry))
        {
            return;
        }
        // Two rows without a redshift agree.
        if (entries[key] is { } other && !other.HasSameRedshift(entry))
        {
            entries[key] = null;
            unclear.Add(key);
        }
    }
}

/// <summary>A row of a catalogue of redshifts. What it does not state is NaN or empty.</summary>
/// <param name="Redshift">Redshift.</param>
/// <param name="Error">Its error.</param>
/// <param name="Warning">Warning flags.</param>
/// <param name="Class">Class.</param>
/// <param name="DeltaChiSquare">Difference of chi² to the next best redshift.</param>
internal sealed record RedshiftEntry(double Redshift, double Error, double Warning, string Class, double DeltaChiSquare)
{
    private const double SameRedshift = 1e-6;

    /// <summary>Whether it has a redshift: a number that can be one, and no negative error.</summary>
    public bool HasRedshift => ObservedSpectrum.IsValidRedshift(Redshift) && !(Error < 0);

    /// <summary>Whether two rows have the same redshift, or both none.</summary>
    public bool HasSameRedshift(RedshiftEntry other) =>
        HasRedshift == other.HasRedshift && (!HasRedshift || Math.Abs(Redshift - other.Redshift) <= SameRedshift);

    /// <summary>Gives redshift, flags and class to a spectrum.</summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="kind">Its kind, which knows what warnings mean.</param>
    /// <param name="from">Where the redshift comes from: companion or catalogue.</param>
    public void GiveTo(ObservedSpectrum spectrum, Kinds.ISurveyKind kind, string from)
    {
        spectrum.SetRedshift(Redshift, Error, Warning);
        spectrum.Doubt = kind.Doubt(Warning);
        spectrum.Class = Class.Length > 0 ? Class.ToUpperInvariant() : spectrum.Class;
        spectrum.DeltaChiSquare = DeltaChiSquare;
        spectrum.RedshiftFrom = from;
    }
}
