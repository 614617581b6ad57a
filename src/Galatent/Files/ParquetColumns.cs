using Galatent.Numerics;
using Parquet;
using Parquet.Schema;

namespace Galatent.Files;

/// <summary>Reads an Apache Parquet file as columns: numbers, booleans (0 and 1) and texts; null is a missing value. Nested columns, dates
/// and bytes are left out.</summary>
internal static class ParquetColumns
{
    private const long LargestRatio = 1000;
    private const long LeastRows = 10_000_000;

    /// <summary>Reads the columns that are wanted; all when null.</summary>
    /// <exception cref="InputException">Damaged, or without any column of numbers or texts.</exception>
    public static ColumnTable Read(string path, IReadOnlyCollection<string>? wanted)
    {
        var table = Guard(path, () => ReadAsync(path, wanted));
        return table.Columns.Count + table.Unread.Count > 0
            ? table
            : throw new InputException($"'{path}' has no column of numbers or texts; write such columns, not nested ones.");
    }

    /// <summary>Waits for what a reader does; whatever it finds wrong in the file becomes one sentence.</summary>
    public static T Guard<T>(string path, Func<Task<T>> read)
    {
        try
        {
            // The package has only asynchronous methods; there is nothing else to do meanwhile.
            return read().GetAwaiter().GetResult();
        }
        // A damaged file surfaces as whatever the parser stumbled over, as with HDF5.
        catch (Exception e) when (e is not InputException && (e is not NullReferenceException || e.Source != "Galatent"))
        {
            throw new InputException(
                $"'{path}' is damaged or not readable as Parquet ({e.Message.Split('\n')[0].Trim().TrimEnd('.')}); make or download it "
                    + $"again.",
                e
            );
        }
    }

    /// <summary>Opens a file whose footer is whole.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static async Task<T> Open<T>(string path, Func<ParquetReader, Task<T>> read)
    {
        ParquetFooter.Check(path);
        await using var file = new GuardedFile(path, CancellationToken.None, guardsStack: false);
        await using var reader = await ParquetReader.CreateAsync(file).ConfigureAwait(false);
        RequireRows(path, reader);
        return await read(reader).ConfigureAwait(false);
    }

    private static Task<ColumnTable> ReadAsync(string path, IReadOnlyCollection<string>? wanted) =>
        Open(path, reader => ReadAsync(path, reader, wanted));

    private static async Task<ColumnTable> ReadAsync(string path, ParquetReader reader, IReadOnlyCollection<string>? wanted)
    {
        var columns = new List<FileColumn>();
        var leftOut = new List<string>();
        var unread = new List<string>();
        foreach (var field in reader.Schema.DataFields)
        {
            if (field.MaxRepetitionLevel != 0 || field.Path.Length != 1)
            {
                leftOut.Add($"{field.Path} is nested");
                continue;
            }
            if (wanted is not null && !wanted.Contains(field.Name))
            {
                unread.Add(field.Name);
                continue;
            }
            if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
            {
                columns.Add(await Texts(reader, field).ConfigureAwait(false));
            }
            else if (field.ClrType == typeof(long))
            {
                var (values, missing) = await Rows<long>(reader, field).ConfigureAwait(false);
                columns.Add(FileColumn.OfWhole(field.Name, WholeNumbers.Of(values, missing)));
            }
            else if (field.ClrType == typeof(ulong))
            {
                var (values, missing) = await Rows<ulong>(reader, field).ConfigureAwait(false);
                columns.Add(FileColumn.OfWhole(field.Name, WholeNumbers.Of(values, missing)));
            }
            else if (await Numbers(reader, field).ConfigureAwait(false) is { } values)
            {
                columns.Add(new FileColumn(field.Name, values));
            }
            else
            {
                leftOut.Add($"{field.Name} holds {field.ClrType.Name}");
            }
        }
        IReadOnlyList<string> remarks =
            leftOut.Count > 0 && wanted is null
                ?
                [
                    $"'{path}': left out, as neither numbers nor texts: "
                        + $"{string.Join("; ", leftOut.Take(10))}{(leftOut.Count > 10 ? "; ..." : "")}.",
                ]
                : [];
        return new ColumnTable(columns, remarks, unread);
    }

    // Every row takes part of a byte at least, but where all are alike; a damaged count must not ask for more memory than there is.
    private static void RequireRows(string path, ParquetReader reader)
    {
        var rows = 0L;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            rows += group.RowCount is >= 0 and <= int.MaxValue ? group.RowCount : long.MaxValue / 2;
        }
        var bytes = RegularFile.Behind(path).Length;
        if (rows > MostValues(path) || rows < 0)
        {
            throw new InputException($"'{path}' claims {rows} rows in {bytes} bytes: it is damaged, make or download it again.");
        }
    }

    /// <summary>More values than this no file of its size holds.</summary>
    public static long MostValues(string path) => (LargestRatio * RegularFile.Behind(path).Length) + LeastRows;

    private static async Task<FileColumn> Texts(ParquetReader reader, DataField field)
    {
        var texts = new List<string>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var part = new string?[group.RowCount];
            await group.ReadAsync(field, part.AsMemory()).ConfigureAwait(false);
            texts.AddRange(part.Select(t => t ?? ""));
        }
        return FileColumn.OfTexts(field.Name, [.. texts]);
    }

    private static Task<double[]?> Numbers(ParquetReader reader, DataField field) =>
        field.ClrType switch
        {
            var t when t == typeof(double) => Values<double>(reader, field, v => v),
            var t when t == typeof(float) => Values<float>(reader, field, v => v),
            var t when t == typeof(int) => Values<int>(reader, field, v => v),
            var t when t == typeof(uint) => Values<uint>(reader, field, v => v),
            var t when t == typeof(short) => Values<short>(reader, field, v => v),
            var t when t == typeof(ushort) => Values<ushort>(reader, field, v => v),
            var t when t == typeof(sbyte) => Values<sbyte>(reader, field, v => v),
            var t when t == typeof(byte) => Values<byte>(reader, field, v => v),
            var t when t == typeof(bool) => Values<bool>(reader, field, v => v ? 1 : 0),
            var t when t == typeof(decimal) => Values<decimal>(reader, field, v => (double)v),
            _ => Task.FromResult<double[]?>(null),
        };

    private static async Task<double[]?> Values<T>(ParquetReader reader, DataField field, Func<T, double> convert)
        where T : struct
    {
        var (values, missing) = await Rows<T>(reader, field).ConfigureAwait(false);
        return [.. values.Select((v, i) => missing[i] ? double.NaN : convert(v))];
    }

    private static async Task<(T[] Values, bool[] Missing)> Rows<T>(ParquetReader reader, DataField field)
        where T : struct
    {
        var values = new List<T>();
        var missing = new List<bool>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            if (field.IsNullable)
            {
                var part = new T?[group.RowCount];
                await group.ReadAsync(field, part.AsMemory()).ConfigureAwait(false);
                values.AddRange(part.Select(v => v.GetValueOrDefault()));
                missing.AddRange(part.Select(v => v is null));
            }
            else
            {
                var part = new T[group.RowCount];
                await group.ReadAsync(field, part.AsMemory()).ConfigureAwait(false);
                values.AddRange(part);
                missing.AddRange(new bool[part.Length]);
            }
        }
        return ([.. values], [.. missing]);
    }
}
