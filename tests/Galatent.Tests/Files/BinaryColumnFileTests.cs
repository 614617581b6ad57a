using Galatent.Files;
using Galatent.Latents;
using Galatent.Numerics;
using Parquet;
using Parquet.Schema;
using PureHDF;

namespace Galatent.Tests.Files;

/// <summary>HDF5 and Parquet as columns.</summary>
public sealed class BinaryColumnFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("columns.any");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Datasets_of_one_and_two_dimensions_and_of_any_number_are_columns()
    {
        new H5File
        {
            ["single"] = new H5Dataset<float[]>([1.5f, float.NaN])
            {
                Attributes = new() { ["units"] = "Gyr", ["description"] = "age" },
            },
            ["long"] = new long[] { -3, 1L << 40 },
            ["byte"] = new byte[] { 200, 1 },
            ["text"] = new[] { "disk", "bulge" },
            ["matrix"] = new H5Dataset<int[]>([1, 2, 3, 4, 5, 6], fileDims: [2, 3]),
            ["other_length"] = new double[] { 1, 2, 3 },
            ["group"] = new H5Group { ["inner"] = new double[] { 7, 8 } },
        }.Write(FilePath);
        var file = ColumnFile.Read(FilePath);
        Assert.Equal(
            ["byte", "group/inner", "long", "matrix_0", "matrix_1", "matrix_2", "single", "text"],
            file.Names.Order(StringComparer.Ordinal)
        );
        Assert.Equal([1.5, double.NaN], file.Numbers("single"));
        Assert.Equal([-3, 1L << 40], file.Numbers("long"));
        Assert.Equal([200, 1], file.Numbers("byte"));
        Assert.Equal([3, 6], file.Numbers("matrix_2"));
        Assert.Equal([7, 8], file.Numbers("group/inner"));
        Assert.Equal((string?[])["disk", "bulge"], file.Classes("text"));
        Assert.Equal("Gyr age", $"{file.Column("single").Unit} {file.Column("single").Description}");
        Assert.Contains(
            "row 0: 'disk' is not a number",
            Assert.Throws<InputException>(() => file.Numbers("text")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_latent_file_gives_the_posterior_means()
    {
        LatentFile.Write(FilePath, new LatentSet(2, [1, 2, 3, 4], new float[4], [5, 6, 7, 8], 1));
        var file = ColumnFile.Read(FilePath);
        Assert.Equal(["z00", "z01"], file.Names);
        Assert.Equal([2, 4], file.Numbers("z01"));
    }

    [Fact]
    public async Task Parquet_numbers_texts_and_missing_values_are_columns()
    {
        DataField[] fields =
        [
            new DataField<double>("x"),
            new DataField<double?>("y"),
            new DataField<int>("n"),
            new DataField<bool?>("flag"),
            new DataField<string>("kind"),
            new DataField<DateTime>("day"),
        ];
        await using (var stream = File.Create(FilePath))
        await using (
            var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema(fields),
                stream,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            // Two row groups, as files of any size have.
            foreach (var part in new[] { 0, 10 })
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<double>(
                    fields[0],
                    new double[] { part + 0.5, part + 1.5 },
                    cancellationToken: TestContext.Current.CancellationToken
                );
                await group.WriteAsync<double>(
                    fields[1],
                    new double?[] { null, part },
                    cancellationToken: TestContext.Current.CancellationToken
                );
                await group.WriteAsync<int>(fields[2], new[] { part, -1 }, cancellationToken: TestContext.Current.CancellationToken);
                await group.WriteAsync<bool>(
                    fields[3],
                    new bool?[] { true, null },
                    cancellationToken: TestContext.Current.CancellationToken
                );
                await group.WriteAsync(fields[4], new[] { "disk", "bulge" });
                await group.WriteAsync<DateTime>(
                    fields[5],
                    new[] { DateTime.UnixEpoch, DateTime.UnixEpoch },
                    cancellationToken: TestContext.Current.CancellationToken
                );
            }
        }
        var file = ColumnFile.Read(FilePath);
        Assert.Equal(["x", "y", "n", "flag", "kind"], file.Names);
        Assert.Equal([0.5, 1.5, 10.5, 11.5], file.Numbers("x"));
        Assert.Equal([double.NaN, 0, double.NaN, 10], file.Numbers("y"));
        Assert.Equal([0, -1, 10, -1], file.Numbers("n"));
        Assert.Equal([1, double.NaN, 1, double.NaN], file.Numbers("flag"));
        Assert.Equal((string?[])["disk", "bulge", "disk", "bulge"], file.Classes("kind"));
    }

    [Fact]
    public void A_truncated_file_is_one_sentence()
    {
        LatentFile.Write(FilePath, new LatentSet(2, new float[4000], new float[4000], new float[4000], 1));
        var bytes = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, bytes[..(bytes.Length / 2)]);
        Assert.Contains("damaged", Assert.Throws<InputException>(() => ColumnFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_columns_says_what_is_needed()
    {
        new H5File { ["cube"] = new H5Dataset<int[]>(new int[8], fileDims: [2, 2, 2]) }.Write(FilePath);
        Assert.Contains(
            "one dataset per column",
            Assert.Throws<InputException>(() => ColumnFile.Read(FilePath)).Message,
            StringComparison.Ordinal
        );
    }
}
