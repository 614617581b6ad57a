using Galatent.Files;
using Galatent.Numerics;
using Galatent.Tests.App;

namespace Galatent.Tests.Files;

/// <summary>Two runs in one place, and what a killed one leaves.</summary>
public sealed class OutputLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File1 => _folder.File("a.h5");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_run_is_refused_and_a_third_after_it_is_not()
    {
        using (ResultFolder.Prepare(_folder.Path))
        {
            var message = Assert.Throws<InputException>(() => ResultFolder.Prepare(_folder.Path)).Message;
            Assert.Contains("in use by another run", message, StringComparison.Ordinal);
            // A file of its own in the same folder is another place.
            using var file = ResultFolder.PrepareFor(File1);
            Assert.Throws<InputException>(() => ResultFolder.PrepareFor(File1));
            using var other = ResultFolder.PrepareFor(_folder.File("b.h5"));
        }
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        ResultFolder.Prepare(_folder.Path).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_lock_that_nobody_holds_is_taken_over()
    {
        // As after kill -9: the file is there, its process is not.
        File.WriteAllText(_folder.File(".galatent.lock"), "");
        File.WriteAllText(_folder.File(".a.h5.lock"), "");
        ResultFolder.Prepare(_folder.Path).Dispose();
        ResultFolder.PrepareFor(File1).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Half_written_files_go_unless_another_command_writes_them()
    {
        var own = _folder.File(".weights.partial.safetensors");
        var others = _folder.File(".a.partial.h5");
        File.WriteAllText(own, "half");
        File.WriteAllText(others, "half");
        File.WriteAllText(_folder.File("kept.partial.csv"), "a user's");
        using (ResultFolder.PrepareFor(File1))
        {
            ResultFolder.Prepare(_folder.Path).Dispose();
            Assert.False(File.Exists(own));
            Assert.True(File.Exists(others));
        }
        ResultFolder.Prepare(_folder.Path).Dispose();
        Assert.Equal(["kept.partial.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Many_that_take_the_lock_in_turn_never_hold_it_together()
    {
        var inside = 0;
        var taken = 0;
        Parallel.For(0, 8, _ =>
        {
            for (var round = 0; round < 300; round++)
            {
                try
                {
                    using var place = ResultFolder.Prepare(_folder.Path);
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    Interlocked.Increment(ref taken);
                    Interlocked.Decrement(ref inside);
                }
                catch (InputException)
                {
                    // Another one holds it.
                }
            }
        });
        Assert.True(taken > 0);
    }

    [Theory]
    [InlineData("simulate --count 2 --out {0}/a.h5")]
    [InlineData("train --data {0}/none.h5 --out {0}")]
    [InlineData("reproduce --out {0}")]
    [InlineData("mi {0}/t.csv --figures {0}")]
    public void Commands_hold_the_place_that_they_write_to(string command)
    {
        File.WriteAllLines(_folder.File("t.csv"), ["x,y", .. Enumerable.Range(0, 60).Select(i => $"{i},{i * 7 % 60}")]);
        using var folder = ResultFolder.Prepare(_folder.Path);
        using var file = ResultFolder.PrepareFor(File1);
        var arguments = string.Format(System.Globalization.CultureInfo.InvariantCulture, command, _folder.Path).Split(' ');
        var (exitCode, _, error) = CommandLine.Galatent(arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another run", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
