using System.Globalization;
using CsCheck;
using Galatent.Files;

namespace Galatent.Tests.Files;

public sealed class WholeNumbersTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Every_digit_of_a_64_bit_number_comes_back_from_its_text() =>
        Gen
            .Long.Array[1, 20]
            .Sample(values =>
            {
                var whole = WholeNumbers.Parse([.. values.Select(v => v.ToString(CultureInfo.InvariantCulture))], _ => false)!;
                Assert.Equal(values, whole.ToSigned());
                Assert.Equal(values, WholeNumbers.Of(values).ToSigned());
                Assert.Equal(values.Select(v => (double)v), whole.ToDoubles());
            });

    [Theory]
    [InlineData(new[] { "18446744073709551615", "0" }, true)]
    [InlineData(new[] { "-9223372036854775808", "9223372036854775807" }, true)]
    [InlineData(new[] { "18446744073709551615", "-1" }, false)] // no type of 64 bits holds both
    [InlineData(new[] { "18446744073709551616" }, false)]
    [InlineData(new[] { "1.0" }, false)]
    public void What_64_bits_cannot_hold_is_no_column_of_whole_numbers(string[] texts, bool holds)
    {
        var whole = WholeNumbers.Parse(texts, _ => false);
        Assert.Equal(holds, whole is not null);
        Assert.True(whole is null || texts.SequenceEqual(texts.Select((_, i) => whole.Text(i))));
    }

    [Fact]
    public void A_missing_value_gets_a_mark_that_no_row_has()
    {
        var whole = WholeNumbers.Of([long.MinValue, 5, long.MinValue + 1], [false, true, false]);
        Assert.Equal([long.MinValue, long.MinValue + 2, long.MinValue + 1], whole.ToSigned());
        Assert.Equal(long.MinValue + 2, (long)whole.MissingMark);
        Assert.True(double.IsNaN(whole.ToDoubles()[1]));
        Assert.True(whole.Slice(1, 2).IsMissing(0));
        Assert.False(whole.Slice(2, 1).HasMissing);
    }

    [Fact]
    public void Classes_of_a_text_keep_their_last_digits()
    {
        // Three neighbours of 2^62, all the same double.
        File.WriteAllText(_path, "id,y\n4611686018427387904,1\n4611686018427387905,2\n,3\n4611686018427387906,4\n");
        var file = ColumnFile.Read(_path);
        string?[] expected = ["4611686018427387904", "4611686018427387905", null, "4611686018427387906"];
        Assert.True(expected.SequenceEqual(file.Classes("id")));
        Assert.Single(file.Numbers("id").Where(double.IsFinite).Distinct());
        Assert.Equal(["id"], file.MergingNames);
        Assert.Equal(["y"], file.NumericNames);
        Assert.Equal(4611686018427387905, file.Column("id").Whole!.ToSigned()[1]);
        Assert.Null(file.Column("y").Whole);
    }
}
