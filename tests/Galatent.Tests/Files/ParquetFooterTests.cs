using Galatent.Files;
using Galatent.Numerics;
using Parquet;
using Parquet.Schema;

namespace Galatent.Tests.Files;

/// <summary>A footer that is damaged anywhere ends in a sentence; the package alone reads on without end for some of these.</summary>
public sealed class ParquetFooterTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"galatent-footer-{Guid.NewGuid():N}.parquet");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Any_byte_of_the_footer_may_be_damaged()
    {
        var schema = new ParquetSchema(new DataField<long>("id"), new DataField<double?>("mass"));
        await using (var file = File.Create(_path))
        await using (var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<long>(
                schema.DataFields[0],
                new long[] { 1, 2, 3 },
                cancellationToken: TestContext.Current.CancellationToken
            );
            await group.WriteAsync<double>(
                schema.DataFields[1],
                new double?[] { 1, null, 3 },
                cancellationToken: TestContext.Current.CancellationToken
            );
        }
        ParquetFooter.Check(_path);
        Assert.Equal([1, 2, 3], ColumnFile.Read(_path).Numbers("id"));
        var valid = await File.ReadAllBytesAsync(_path, TestContext.Current.CancellationToken);
        var start = valid.Length - 8 - BitConverter.ToInt32(valid, valid.Length - 8);
        var refused = 0;
        foreach (var value in new byte[] { 0x00, 0xFF, 0x80, 0x1C })
        {
            for (var at = start; at < valid.Length - 8; at++)
            {
                var damaged = (byte[])valid.Clone();
                damaged[at] = value;
                await File.WriteAllBytesAsync(_path, damaged, TestContext.Current.CancellationToken);
                try
                {
                    _ = ColumnFile.Read(_path);
                }
                catch (InputException e)
                {
                    Assert.Contains(_path, e.Message, StringComparison.Ordinal);
                    refused++;
                }
            }
        }
        Assert.True(refused > valid.Length - start);
    }
}
