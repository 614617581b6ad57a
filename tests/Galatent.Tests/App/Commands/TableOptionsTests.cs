using System.Globalization;
using System.Text.Json;
using Galatent.Spectra;

namespace Galatent.Tests.App.Commands;

/// <summary>Tables as the command line takes them.</summary>
public sealed class TableOptionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("galatent-tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_pipe_is_read_to_its_last_row()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdin.");
        var file = Table("a.csv", ",");
        // 4096 rows are more than one buffer of a pipe.
        var (exitCode, output, error) = CommandLine.Run(
            "sh",
            ["-c", $"cat '{file}' | dotnet '{CommandLine.App}' mi /dev/stdin --entropy --json"]
        );
        Assert.True(exitCode == 0, error);
        Assert.All(JsonDocument.Parse(output).RootElement.EnumerateArray(), line => Assert.Equal(4096, line.GetProperty("n").GetInt32()));
    }

    [Fact]
    public void Files_that_are_read_at_many_places_are_refused_from_a_pipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdin.");
        var spectra = Path.Combine(_folder, "s.h5");
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 64).Select(i => 4000.0 + (10 * i))]);
        SpectrumFile.Write(
            spectra,
            new(
                grid,
                new float[20 * 64],
                [.. Enumerable.Repeat(1.0, 20)],
                [],
                new SpectrumProvenance("test", 1, "Lsun/Hz", 5000, 5500, "", "")
            )
        );
        foreach (var command in new[] { "mi /dev/stdin", $"train --data /dev/stdin --out '{_folder}/m'" })
        {
            var (exitCode, _, error) = CommandLine.Run("sh", ["-c", $"cat '{spectra}' | dotnet '{CommandLine.App}' {command}"]);
            Assert.Equal(1, exitCode);
            Assert.Contains("'/dev/stdin' is a pipe", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--header --no-header", "contradict each other")]
    [InlineData("--separator ab", "--separator 'ab'")]
    [InlineData("--decimal x", "--decimal 'x'")]
    [InlineData("--missing -9,,1", "--missing '-9,,1'")]
    [InlineData("--separator tab", "gives 0 columns of numbers")]
    public void Options_that_cannot_be_honoured_are_refused(string options, string named)
    {
        var (exitCode, _, error) = CommandLine.Galatent(["mi", Table("a.csv", ","), .. options.Split(' ')]);
        Assert.Equal(1, exitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_tables_are_refused_where_no_table_is_read()
    {
        var (exitCode, _, error) = CommandLine.Galatent(
            "simulate",
            "--count",
            "2",
            "--missing",
            "-999",
            "--out",
            Path.Combine(_folder, "x.h5")
        );
        Assert.Equal(1, exitCode);
        Assert.Contains("--missing says how to read a table, but no table is read here", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_columns_do_not_break_the_json()
    {
        const string Odd = "a\"b\\c\u0001\u2028\u00e9\ud83d\ude00</x>";
        var file = Table("a.csv", ",", $"\"{Odd.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"y\nz\"");
        var (exitCode, output, error) = CommandLine.Galatent("mi", file, "--entropy", "--json");
        Assert.True(exitCode == 0, error);
        Assert.Equal([Odd, "y\nz"], JsonDocument.Parse(output).RootElement.EnumerateArray().Select(l => l.GetProperty("x").GetString()));
    }

    [Fact]
    public void Marks_of_missing_values_are_told_with_the_remedy()
    {
        var file = Table("a.csv", ",");
        File.AppendAllText(file, "-999,1\n-999,2\n");
        Assert.Contains(
            "column 'x': 2 of 4098 rows hold -999, far outside all others; if it marks a missing value, add --missing -999.",
            CommandLine.Galatent("mi", file, "--entropy").Error,
            StringComparison.Ordinal
        );
        var declared = CommandLine.Galatent("mi", file, "--entropy", "--missing", "-999");
        Assert.Contains("column 'x': 2 of 4098 rows hold -999 and count as missing", declared.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wavelengths_and_histories_may_have_decimal_commas()
    {
        var grid = Path.Combine(_folder, "grid.txt");
        File.WriteAllLines(grid, ["wavelength", .. Enumerable.Range(0, 300).Select(i => $"{4900 + i},5")]);
        var history = Path.Combine(_folder, "h.csv");
        File.WriteAllText(history, "lookback_gyr;sfr\n0;1,5\n2,25;1,5\n");
        var (exitCode, _, error) = CommandLine.Galatent([
            "simulate",
            "--one",
            "z=0.1",
            "--history",
            history,
            "--grid",
            grid,
            "--out",
            Path.Combine(_folder, "g"),
        ]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("decimal comma", error, StringComparison.Ordinal);
        var lines = File.ReadAllLines(Path.Combine(_folder, "g.csv")).Where(l => !l.StartsWith('#')).ToArray();
        Assert.Equal(301, lines.Length);
        Assert.StartsWith("4900.5,", lines[1], StringComparison.Ordinal);
    }

    private string Table(string name, string separator, string header = "x,y")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(
            path,
            [
                header,
                .. Enumerable
                    .Range(0, 4096)
                    .Select(i => string.Create(CultureInfo.InvariantCulture, $"{Math.Sqrt(i):F6}{separator}{Math.Cos(i):F6}")),
            ]
        );
        return path;
    }
}
