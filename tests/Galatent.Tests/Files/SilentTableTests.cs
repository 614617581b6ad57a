using Galatent.Files;

namespace Galatent.Tests.Files;

/// <summary>Texts that were read without a word though something in them was lost.</summary>
public sealed class SilentTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_of_thirty_digits_keep_them_as_classes_and_are_no_numbers()
    {
        string[] digits = [.. Enumerable.Range(0, 12).Select(i => $"1{new string('0', 27)}{i:00}")];
        var file = Read("id,x", [.. digits.Select((d, i) => $"{d},{i}.5")]);
        Assert.Equal(digits, file.Classes("id"));
        Assert.Equal(["id"], file.MergingNames);
        Assert.Equal(["x"], file.NumericNames);
        Assert.Equal(digits[..5], file.First(5).Classes("id"));
    }

    [Theory]
    [InlineData("sep=;", "1,5;2")]
    [InlineData("sep=|", "1.5|2")]
    [InlineData("SEP=,", "1.5,2")]
    public void The_first_line_of_Excel_states_the_separator(string first, string row)
    {
        var file = Read(first, [$"a{first[4]}b", .. Enumerable.Repeat(row, 12)]);
        Assert.Equal(["a", "b"], file.Names);
        Assert.Equal(Enumerable.Repeat(1.5, 12), file.Numbers("a"));
        Assert.Contains(file.Remarks, r => r.Contains("states the separator", StringComparison.Ordinal));
    }

    [Fact]
    public void Words_among_which_a_few_fields_are_numbers_are_told()
    {
        var file = Read(
            "flag,word,x",
            [
                .. Enumerable
                    .Range(0, 12)
                    .Select(i => $"{(i % 4 == 0 ? "1" : i % 2 == 0 ? "True" : "False")},w,{i}"),
            ]
        );
        Assert.Equal(["flag"], file.MixedNames);
    }

    private ColumnFile Read(string first, string[] rows)
    {
        var path = _folder.File("t.csv");
        File.WriteAllLines(path, [first, .. rows]);
        return ColumnFile.Read(path);
    }
}
