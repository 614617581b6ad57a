using System.Globalization;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Files;

/// <summary>
/// Reads an HDF5 file as columns. A dataset of spectra gives its <c>/parameters</c>; a latent file the dimensions of <c>/mu</c> as z00,
/// z01, ...; any other file every dataset of one dimension, in any group, every dataset (n, k) of two with k at most 1,000 as name_0
/// ... name_(k-1), and the fields of compound records (astropy, pandas, h5py) by their names. Columns of one length make the table: the
/// length that holds most values, and that at least two columns have. Only the columns that are wanted are read; what is left out is told
/// in a remark.
/// </summary>
internal static class Hdf5Columns
{
    private const string MaskEnding = ".mask";

    // Of what is left out, in one sentence.
    private const int MostNamed = 12;

    /// <summary>Reads the columns that are wanted; all when null.</summary>
    /// <exception cref="InputException">Damaged, or without any column; or one that is wanted cannot be read.</exception>
    public static ColumnTable Read(string path, IReadOnlyCollection<string>? wanted, CancellationToken cancellation) =>
        Hdf5.Open(
            path,
            file =>
            {
                var leftOut = new List<(string Name, string Reason)>();
                var all = Parts(file, path, wanted, leftOut);
                if (all.Count == 0)
                {
                    throw new InputException(
                        $"'{path}' has no column: no dataset of numbers, texts or compound records of one or two dimensions"
                            + $"{Shown(leftOut)}; write one dataset per column."
                    );
                }
                var masks = all.Where(p => p.Name.EndsWith(MaskEnding, StringComparison.Ordinal)).ToDictionary(p => p.FullName);
                var parts = wanted is null ? MostRows(all, leftOut) : Named(path, all, wanted, leftOut);
                var isNetCdf = file.AttributeExists("_NCProperties");
                var remarks = new List<string>();
                var columns = new List<FileColumn>();
                foreach (var group in parts.Where(p => !IsMaskOfOther(p, all)).GroupBy(p => p.DatasetName))
                {
                    var members = group.ToList();
                    var maskParts = members.Select(p => masks.GetValueOrDefault(p.FullName + MaskEnding)).ToList();
                    if (
                        Hdf5.TryRead(
                            () =>
                                Hdf5PartReader.Read(
                                    path,
                                    [.. members, .. maskParts.OfType<Hdf5Part>().Where(m => m.DatasetName == group.Key)],
                                    isNetCdf,
                                    remarks
                                ),
                            out var read,
                            out var reason
                        )
                    )
                    {
                        columns.AddRange(members.Select((p, i) => Masked(path, read[i], maskParts[i], read, isNetCdf, remarks)));
                    }
                    else if (wanted is not null)
                    {
                        throw new InputException($"'{path}': /{group.Key} {reason}.");
                    }
                    else
                    {
                        leftOut.Add((group.Key, reason));
                    }
                }
                if (wanted is null && leftOut.Count > 0)
                {
                    remarks.Add($"'{path}': left out{Shown(leftOut)}.");
                }
                return new ColumnTable(columns, remarks, wanted is null ? [] : [.. all.Except(parts).Select(p => p.Name)]);
            },
            cancellation
        );

    /// <summary>Names and lengths of the columns that a file has, a dataset of two axes as one; none of them is read.</summary>
    /// <exception cref="InputException">Damaged.</exception>
    public static IReadOnlyList<(string Name, int Rows)> Describe(string path) =>
        Hdf5.Open<IReadOnlyList<(string, int)>>(path, file =>
            [
                .. Parts(file, path, null, [])
                    .Select(p => (p.Dataset.Space.Dimensions.Length > 1 ? p.DatasetName : p.Name, p.Count))
                    .Distinct(),
            ]
        );

    /// <summary>A list of texts.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static string[] Texts(string path, IH5Dataset dataset, string name) =>
        Hdf5Part.Of(name, dataset, path, out _) is [{ Type.Kind: Hdf5Kind.Text or Hdf5Kind.VariableText } part]
            ? Hdf5PartReader.Read(path, [part], false, [])[0].Texts!
            : throw new InputException($"'{path}': /{name} is no list of texts; write it as one.");

    /// <summary>A list of numbers.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static FileColumn Column(string path, IH5Dataset dataset, string name)
    {
        var parts = Hdf5Part.Of(name, dataset, path, out var reason);
        return parts is [{ Type.IsNumber: true } part]
            ? Hdf5PartReader.Read(path, [part], false, [])[0]
            : throw new InputException(
                $"'{path}': /{name} {(reason.Length > 0 ? reason : "is no list of numbers")}; write one number per spectrum."
            );
    }

    private static List<Hdf5Part> Parts(
        IH5Group file,
        string path,
        IReadOnlyCollection<string>? wanted,
        List<(string Name, string Reason)> leftOut
    )
    {
        if (file.LinkExists("flux") && file.LinkExists("parameters") && file.Get("parameters") is IH5Group parameters)
        {
            return Of(Datasets(parameters, wanted, leftOut), path, leftOut);
        }
        if (file.LinkExists("mu") && file.LinkExists("log_variance"))
        {
            var parts = Hdf5Part.Of("mu", Hdf5.Dataset(file, path, "mu"), path, out var reason, d => $"z{d:00}");
            return parts.Count > 0 ? [.. parts] : throw new InputException($"'{path}': /mu {reason}; run 'galatent encode' again.");
        }
        return Of(Datasets(file, wanted, leftOut), path, leftOut);
    }

    // Datasets that are named by their paths need no walk.
    private static IEnumerable<(string Name, IH5Dataset Dataset)> Datasets(
        IH5Group group,
        IReadOnlyCollection<string>? wanted,
        List<(string Name, string Reason)> leftOut
    )
    {
        if (wanted is { Count: > 0 })
        {
            var named = wanted
                .Select(w =>
                    (w, Hdf5.TryRead(() => group.LinkExists(w) ? group.Get(w) as IH5Dataset : null, out var found, out _) ? found : null)
                )
                .ToList();
            if (named.TrueForAll(n => n.Item2 is not null))
            {
                return named.Select(n => (n.w, n.Item2!));
            }
        }
        var walk = Hdf5Walk.Of(group);
        leftOut.AddRange(walk.LeftOut);
        return walk.Datasets;
    }

    private static List<Hdf5Part> Of(
        IEnumerable<(string Name, IH5Dataset Dataset)> datasets,
        string path,
        List<(string Name, string Reason)> leftOut
    )
    {
        var parts = new List<Hdf5Part>();
        var all = datasets.ToList();
        foreach (var (name, dataset) in all)
        {
            var reason = "";
            if (
                Hdf5.TryRead(
                    () => Hdf5Part.Of(name, dataset, path, out reason, PandasItems(all, name, path)),
                    out var found,
                    out var damage
                )
            )
            {
                parts.AddRange(found);
            }
            if (reason.Length + damage.Length > 0)
            {
                leftOut.Add((name, reason.Length > 0 ? reason : damage));
            }
        }
        // A field goes by its own name where no other column has it.
        var names = parts.CountBy(p => p.Name).ToDictionary();
        return parts.ConvertAll(p => names[p.Name] > 1 ? p with { Name = p.FullName } : p);
    }

    // pandas' fixed layout keeps a matrix block0_values and, beside it, the names of its columns in block0_items.
    private static Func<int, string>? PandasItems(List<(string Name, IH5Dataset Dataset)> all, string name, string path)
    {
        const string ending = "_values";
        if (!name.EndsWith(ending, StringComparison.Ordinal))
        {
            return null;
        }
        var items = name[..^ending.Length] + "_items";
        var dataset = all.Find(d => d.Name == items).Dataset;
        var texts =
            dataset is null ? null
            : Hdf5.TryRead(() => Texts(path, dataset, items), out var read, out _) ? read
            : null;
        return texts is null ? null : d => d < texts.Length ? texts[d] : $"{name}_{d}";
    }

    private static List<Hdf5Part> MostRows(List<Hdf5Part> all, List<(string Name, string Reason)> leftOut)
    {
        // Two columns at least make a table. Many short lists (edges of bins, settings) do not outvote one long table.
        var rows = all.GroupBy(p => p.Count).MaxBy(g => (g.Count() > 1 ? 1 : 0, (long)g.Count() * g.Key))!.Key;
        leftOut.AddRange(all.Where(p => p.Count != rows).Select(p => (p.Name, $"has {p.Count} rows where the others have {rows}")));
        return all.FindAll(p => p.Count == rows);
    }

    private static List<Hdf5Part> Named(
        string path,
        List<Hdf5Part> all,
        IReadOnlyCollection<string> wanted,
        List<(string Name, string Reason)> leftOut
    )
    {
        foreach (var name in wanted.Where(w => all.TrueForAll(p => p.Name != w && p.FullName != w)))
        {
            if (leftOut.Find(l => l.Name == name) is { Name: not null } found)
            {
                throw new InputException($"'{path}': /{found.Name} {found.Reason}.");
            }
        }
        var parts = all.Where(p => wanted.Contains(p.Name) || wanted.Contains(p.FullName))
            .Select(p => wanted.Contains(p.Name) ? p : p with { Name = p.FullName })
            .ToList();
        if (parts.Select(p => p.Count).Distinct().Count() > 1)
        {
            throw new InputException(
                $"'{path}': the columns have different numbers of rows "
                    + $"({string.Join(", ", parts.Select(p => $"{p.Name} {p.Count}"))}); name "
                    + $"columns of the same length."
            );
        }
        return parts;
    }

    // astropy writes a masked column as itself and a column of truth values beside it.
    private static bool IsMaskOfOther(Hdf5Part part, List<Hdf5Part> all) =>
        part.Name.EndsWith(MaskEnding, StringComparison.Ordinal)
        && part.Type is { Kind: Hdf5Kind.Whole, Size: 1 }
        && all.Exists(p => p.FullName + MaskEnding == part.FullName && p.Count == part.Count);

    private static FileColumn Masked(
        string path,
        FileColumn column,
        Hdf5Part? mask,
        IReadOnlyList<FileColumn> read,
        bool isNetCdf,
        List<string> remarks
    )
    {
        if (mask is not { Type: { Kind: Hdf5Kind.Whole, Size: 1 } } || mask.Count != column.Count)
        {
            return column;
        }
        var isMasked = (read.FirstOrDefault(c => c.Name == mask.Name) ?? Hdf5PartReader.Read(path, [mask], isNetCdf, remarks)[0]).Numbers;
        var missing = Array.ConvertAll(isMasked, m => m != 0);
        if (missing.Contains(true))
        {
            remarks.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{path}', column '{column.Name}': {missing.Count(m => m)} of {column.Count} values are masked by "
                        + $"'{mask.Name}' and are missing."
                )
            );
        }
        return column.Without(missing);
    }

    private static string Shown(List<(string Name, string Reason)> leftOut)
    {
        var named = string.Join("; ", leftOut.Take(MostNamed).Select(l => $"/{l.Name} {l.Reason}"));
        var more = leftOut.Count > MostNamed ? $"; and {leftOut.Count - MostNamed} more" : "";
        return leftOut.Count == 0 ? "" : $": {named}{more}";
    }
}
