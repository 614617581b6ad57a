using Galatent.Numerics;
using Parquet;
using Parquet.Schema;

namespace Galatent.Files;

/// <summary>Lists of numbers in a Parquet file (a list in each row, also inside a structure), one group of rows at a time.</summary>
internal static class ParquetLists
{
    // What writers call the levels between a list and its numbers.
    private static readonly string[] Levels = ["list", "element", "item", "array", "array_element", "bag"];

    /// <summary>The columns: their names without the levels of lists, e.g. <c>spectrum.flux</c>, their types, and whether each row holds a
    /// list.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static IReadOnlyList<(string Name, Type Type, bool IsList)> Fields(string path) =>
        ParquetColumns.Guard(path, () =>
            ParquetColumns.Open(path, reader =>
                Task.FromResult<IReadOnlyList<(string, Type, bool)>>([
                    .. reader.Schema.DataFields.Select(f => (NameOf(f), f.ClrType, f.MaxRepetitionLevel == 1)),
                ])
            )
        );

    /// <summary>Number of rows of each group.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static IReadOnlyList<int> Groups(string path) =>
        ParquetColumns.Guard(path, () =>
            ParquetColumns.Open(path, reader =>
                Task.FromResult<IReadOnlyList<int>>([
                    .. Enumerable.Range(0, reader.RowGroupCount).Select(g => (int)reader.OpenRowGroupReader(g).RowCount),
                ])
            )
        );

    /// <summary>The lists of one column in a group of rows; empty where a row has none.</summary>
    /// <exception cref="InputException">The file is damaged, or holds something other than lists of numbers there.</exception>
    public static float[][] Read(string path, int group, string name) =>
        ParquetColumns.Guard(path, () => ParquetColumns.Open(path, reader =>
            {
                var field = reader.Schema.DataFields.First(f => NameOf(f) == name);
                var rows = reader.OpenRowGroupReader(group);
                var count = rows.GetMetadata(field)?.MetaData?.NumValues ?? 0;
                return count < 0 || count > Math.Min(Array.MaxLength, ParquetColumns.MostValues(path))
                        ? throw new InputException($"'{path}' claims {count} values of {name}: it is damaged, make or download it again.")
                    : field.ClrType == typeof(float) ? Lists<float>(rows, field, (int)count, v => v)
                    : field.ClrType == typeof(double) ? Lists<double>(rows, field, (int)count, v => (float)v)
                    : field.ClrType == typeof(bool) ? Lists<bool>(rows, field, (int)count, v => v ? 1 : 0)
                    : field.ClrType == typeof(byte) ? Lists<byte>(rows, field, (int)count, v => v)
                    : field.ClrType == typeof(int) ? Lists<int>(rows, field, (int)count, v => v)
                    : field.ClrType == typeof(long) ? Lists<long>(rows, field, (int)count, v => v)
                    : throw new InputException($"'{path}': {name} holds {field.ClrType.Name}, where lists of numbers are expected.");
            }));

    private static string NameOf(DataField field) => string.Join('.', field.Path.ToList().Where(p => !Levels.Contains(p)));

    private static async Task<float[][]> Lists<T>(ParquetRowGroupReader rows, DataField field, int count, Func<T, float> convert)
        where T : struct
    {
        var values = new T[count];
        var levels = new int[count];
        var starts = new int[count];
        // The other method of the package, which fills in what is missing, takes lists for rows (Parquet.Net 6.1.0).
        await rows.ReadRawAsync(field, values.AsMemory(), levels.AsMemory(), starts.AsMemory()).ConfigureAwait(false);
        var lists = new List<float[]>();
        var list = new List<float>();
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            if (starts[i] == 0 && i > 0)
            {
                lists.Add([.. list]);
                list.Clear();
            }
            // A lower level says that the list is missing or empty, or that a number in it is missing.
            if (levels[i] == field.MaxDefinitionLevel)
            {
                list.Add(convert(values[next++]));
            }
            else if (field.IsNullable && levels[i] == field.MaxDefinitionLevel - 1)
            {
                list.Add(float.NaN);
            }
        }
        lists.Add([.. list]);
        return [.. lists];
    }
}
