using System.Globalization;
using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

/// <summary>Numbers that people type: plain ones are read exactly in every language of the machine, everything else is refused.</summary>
public sealed class TypedNumberTests
{
    [Fact]
    public void Every_finite_number_comes_back_from_its_text() =>
        Gen
            .Double.Where(double.IsFinite)
            .Sample(x => TypedNumber.TryParse(x.ToString("R", CultureInfo.InvariantCulture), out var back) && back.Equals(x));

    [Fact]
    public void Every_whole_number_comes_back_from_its_text() =>
        Gen.Long.Sample(n => TypedNumber.TryParseWhole(n.ToString(CultureInfo.InvariantCulture), out var back) && back == n);

    [Theory]
    [InlineData("0.3", 0.3)]
    [InlineData("-1.5e-3", -0.0015)]
    [InlineData("+2", 2)]
    [InlineData(".5", 0.5)]
    [InlineData("1E5", 1e5)]
    public void Plain_numbers_are_read(string text, double value)
    {
        Assert.True(TypedNumber.TryParse(text, out var read));
        Assert.Equal(value, read);
    }

    // The comma is a decimal sign in most of Europe and stands between thousands elsewhere.
    [Theory]
    [InlineData("0,3")]
    [InlineData("1,234")]
    [InlineData("1,234.5")]
    [InlineData("1 000")]
    [InlineData("1_000")]
    [InlineData("\u22121")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("Infinity")]
    [InlineData("\u221e")]
    [InlineData("1e999")]
    [InlineData("0x10")]
    [InlineData("1d5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("(1)")]
    [InlineData("$1")]
    [InlineData("5%")]
    [InlineData(" 5")]
    [InlineData("5\0")]
    [InlineData("\u0665")]
    [InlineData("")]
    public void Anything_else_is_refused_in_every_language(string text)
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        foreach (var language in new[] { before, german })
        {
            CultureInfo.CurrentCulture = language;
            Assert.False(TypedNumber.TryParse(text, out _));
            Assert.False(TypedNumber.TryParseWhole(text, out _));
        }
        CultureInfo.CurrentCulture = before;
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    public void Whole_numbers_have_digits_only_and_fit(string text) => Assert.False(TypedNumber.TryParseWhole(text, out _));
}
