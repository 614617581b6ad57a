using Parquet;
using Parquet.Schema;

namespace Galatent.Benchmarks;

/// <summary>A Parquet file of spectra in the layout of the Multimodal Universe: lists in a structure, beside plain columns.</summary>
internal static class MutationParquet
{
    private const int Rows = 3;
    private const int Pixels = 120;

    /// <summary>Writes it.</summary>
    public static void Write(string path) => WriteAsync(path).GetAwaiter().GetResult();

    private static async Task WriteAsync(string path)
    {
        string[] lists = ["flux", "ivar", "lambda"];
        var schema = new ParquetSchema(
            new StructField("spectrum", [.. lists.Select(l => new ListField(l, new DataField<float>("element")))]),
            new DataField<float>("Z"),
            new DataField<bool>("ZWARN"),
            new DataField<string>("object_id")
        );
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, file).ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        int[] levels = [.. Enumerable.Range(0, Rows * Pixels).Select(i => i % Pixels == 0 ? 0 : 1)];
        foreach (var name in lists)
        {
            float?[] values =
            [
                .. Enumerable
                    .Range(0, Rows * Pixels)
                    .Select(i =>
                        (float?)(
                            name switch
                            {
                                "flux" => 10 + Math.Sin(i),
                                "ivar" => 4,
                                _ => 5300 + (10 * (i % Pixels)),
                            }
                        )
                    ),
            ];
            var field = schema.DataFields.First(f => f.Path.ToList().Contains(name));
            await group.WriteAsync<float>(field, values, levels).ConfigureAwait(false);
        }
        await group.WriteAsync<float>(Field("Z"), Enumerable.Repeat(0.1f, Rows).ToArray()).ConfigureAwait(false);
        await group.WriteAsync<bool>(Field("ZWARN"), Enumerable.Repeat(true, Rows).ToArray()).ConfigureAwait(false);
        await group.WriteAsync(Field("object_id"), Enumerable.Range(0, Rows).Select(i => (string?)$"{i}").ToArray()).ConfigureAwait(false);

        DataField Field(string name) => schema.DataFields.First(f => f.Name == name);
    }
}
