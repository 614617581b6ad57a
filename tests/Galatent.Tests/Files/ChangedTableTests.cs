using System.Globalization;
using Galatent.Files;
using Galatent.Files.Fits;
using Galatent.Numerics;
using Parquet;
using Parquet.Schema;

namespace Galatent.Tests.Files;

/// <summary>Tables and FITS files that change while they are read.</summary>
public sealed class ChangedTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_that_changes_while_it_is_read_is_refused()
    {
        var path = _folder.File("t.csv");
        File.WriteAllLines(
            path,
            ["x,y", .. Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i % 7}"))]
        );
        RequireRefusal(path, () => ColumnFile.Read(path));
        Assert.Equal(2000, ColumnFile.Read(path).Count);
    }

    // A link has a length and a time of its own: those of the file count.
    [Fact]
    public void A_symbolic_link_is_the_file_behind_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege here.");
        var file = _folder.File("columns.h5");
        H5pyFiles.Write(file, H5pyFiles.Earliest);
        var link = _folder.File("link.h5");
        File.CreateSymbolicLink(_folder.File("middle.h5"), "columns.h5");
        File.CreateSymbolicLink(link, "middle.h5");
        Assert.Equal(ColumnFile.Read(file).Numbers("quarter"), ColumnFile.Read(link).Numbers("quarter"));
        Assert.Equal(new FileInfo(file).Length, RegularFile.Behind(link).Length);
        var text = _folder.File("t.csv");
        File.WriteAllLines(
            text,
            ["x,y", .. Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i % 7}"))]
        );
        File.CreateSymbolicLink(_folder.File("t-link.csv"), text);
        RequireRefusal(text, () => ColumnFile.Read(_folder.File("t-link.csv")));
    }

    [Fact]
    public async Task A_Parquet_file_that_changes_while_it_is_read_is_refused()
    {
        var path = _folder.File("t.parquet");
        var schema = new ParquetSchema(new DataField<double>("x"));
        await using (var file = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(
                schema.DataFields[0],
                new double[2000],
                cancellationToken: TestContext.Current.CancellationToken
            );
        }
        RequireRefusal(path, () => ColumnFile.Read(path));
        Assert.Equal(2000, ColumnFile.Read(path).Count);
    }

    [Fact]
    public void A_FITS_file_that_changes_while_it_is_read_is_refused()
    {
        var path = _folder.File("t.fits");
        // A primary unit without data: 36 cards of 80 characters.
        string[] cards = ["SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    0", "END"];
        File.WriteAllText(path, string.Concat(cards.Select(c => c.PadRight(80))).PadRight(2880));
        RequireRefusal(path, () =>
        {
            using var read = FitsFile.Open(path);
            return read;
        });
        using var fits = FitsFile.Open(path);
        Assert.Single(fits.Units);
    }

    // Another thread changes the file all the time, so that no reading sees one state from begin to end.
    private static void RequireRefusal(string path, Func<object> read)
    {
        var time = File.GetLastWriteTimeUtc(path);
        using var ended = new CancellationTokenSource();
        using var begun = new ManualResetEventSlim();
        var writer = Task.Run(
            () =>
            {
                for (var i = 1; !ended.IsCancellationRequested; i++)
                {
                    File.SetLastWriteTimeUtc(path, time.AddSeconds(i));
                    begun.Set();
                }
            },
            TestContext.Current.CancellationToken
        );
        begun.Wait(TestContext.Current.CancellationToken);
        string? message = null;
        // A reading may be over before the other thread gets its turn.
        for (var trial = 0; trial < 1000 && message is null; trial++)
        {
            message = Record.Exception(() => _ = read()) is InputException e ? e.Message : null;
        }
        ended.Cancel();
        writer.GetAwaiter().GetResult();
        Assert.Contains("has changed while it was read", message, StringComparison.Ordinal);
    }
}
