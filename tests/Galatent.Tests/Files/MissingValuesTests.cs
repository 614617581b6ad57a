using CsCheck;
using Galatent.Files;
using PureHDF;

namespace Galatent.Tests.Files;

/// <summary>Values that stand for no value, declared or suspected.</summary>
public sealed class MissingValuesTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"galatent-missing-{Guid.NewGuid():N}.any");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Declared_values_are_missing_in_texts_and_counted()
    {
        File.WriteAllText(_path, "a,b,k\n1.5,-999,x\n-999.0,2.5,none\n?,-9.99e2,y\n");
        var file = ColumnFile.Read(_path, null, new TableOptions { Missing = ["-999", "?", "none", "77"] });
        Assert.Equal([1.5, double.NaN, double.NaN], file.Numbers("a"));
        Assert.Equal([double.NaN, 2.5, double.NaN], file.Numbers("b"));
        Assert.Equal((string?[])["x", null, "y"], file.Classes("k"));
        var said = string.Join('\n', file.Remarks);
        Assert.Contains("column 'a': 1 of 3 rows hold -999 and", said, StringComparison.Ordinal);
        Assert.Contains("column 'b': 2 of 3 rows hold -999 and", said, StringComparison.Ordinal);
        Assert.Contains("column 'k': 1 of 3 rows hold none", said, StringComparison.Ordinal);
        Assert.Contains("no column that was read holds 77", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Declared_values_are_missing_in_hdf5_also_in_single_precision_and_as_64_bit_numbers()
    {
        new H5File
        {
            ["single"] = new[] { -999.9f, 1.5f },
            ["double"] = new[] { 1.5, 9.969209968386869e36 },
            ["id"] = new[] { 1237648720693755920, 1237648720693755919 },
        }.Write(_path);
        var file = ColumnFile.Read(_path, null, new TableOptions { Missing = ["-999.9", "9.96921e36", "1237648720693755919"] });
        Assert.Equal([double.NaN, 1.5], file.Numbers("single"));
        Assert.Equal([1.5, double.NaN], file.Numbers("double"));
        Assert.Equal((string?[])["1237648720693755920", null], file.Classes("id"));
    }

    [Theory]
    [InlineData(-999)]
    [InlineData(-9999)]
    [InlineData(-99)]
    [InlineData(99)]
    [InlineData(1e20)]
    [InlineData(9.969209968386869e36)]
    [InlineData(-32768)]
    public void A_value_far_outside_all_others_in_several_rows_is_told(double mark)
    {
        double[] column = [mark, .. Magnitudes(), mark, mark];
        var found = Assert.Single(RepeatedExtreme.Find(column));
        Assert.Equal((mark, 3), (found.Value, found.Rows));
        // Once may be a measurement, and two marks are two findings.
        Assert.Empty(RepeatedExtreme.Find([mark, .. Magnitudes()]));
        Assert.Equal([-9999, -999, 999], RepeatedExtreme.Find([-999, -999, -9999, -9999, 999, 999, .. Magnitudes()]).Select(f => f.Value));
    }

    [Fact]
    public void Counts_flags_and_measurements_are_no_marks()
    {
        Assert.Empty(RepeatedExtreme.Find([.. Enumerable.Range(0, 200).Select(i => (double)(i % 7 * (i % 3)))]));
        Assert.Empty(RepeatedExtreme.Find([.. Enumerable.Range(0, 200).Select(i => i % 2 * 1000.0)]));
        Gen.Int[0, 1_000_000]
            .Select(i => (double)i)
            .Array[50, 400]
            .Sample(u => Assert.Empty(RepeatedExtreme.Find([.. u, .. u])), iter: 100, threads: 1);
    }

    private static IEnumerable<double> Magnitudes() => Enumerable.Range(0, 100).Select(i => 15 + (0.1 * (i * 37 % 100)));
}
