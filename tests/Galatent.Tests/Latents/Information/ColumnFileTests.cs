using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public sealed class ColumnFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"galatent-columns-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("mass,type\n1.5,a\n,b\n", "mass")]
    [InlineData("# a remark\nmass type\n1.5 a\nnan b\n", "mass")]
    [InlineData("1.5;a\nnan;b\n", "c1", true)]
    public void Headers_separators_and_missing_values_are_understood(string text, string name, bool noHeader = false)
    {
        if (noHeader)
        {
            text = text.Replace(";a", ";1", StringComparison.Ordinal).Replace(";b", ";2", StringComparison.Ordinal);
        }
        File.WriteAllText(_path, text);
        var file = ColumnFile.Read(_path);
        Assert.Equal([1.5, double.NaN], file.Numbers(name).Values);
        Assert.Equal(!noHeader, file.IsText(file.Names[1]));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "row 3")]
    [InlineData("", "empty")]
    public void Damaged_files_are_refused_with_the_place(string text, string place)
    {
        File.WriteAllText(_path, text);
        Assert.Contains(place, Assert.Throws<InputException>(() => ColumnFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_columns_and_fields_that_are_no_numbers_are_named()
    {
        File.WriteAllText(_path, "a,b\n1,x\n");
        var file = ColumnFile.Read(_path);
        Assert.Contains("no column 'c'; it has a, b", Assert.Throws<InputException>(() => file.Numbers("c")).Message, StringComparison.Ordinal);
        Assert.Contains("'x' is not a number", Assert.Throws<InputException>(() => file.Numbers("b")).Message, StringComparison.Ordinal);
    }
}
