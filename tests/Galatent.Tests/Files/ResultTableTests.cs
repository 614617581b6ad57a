using CsCheck;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Tests.Files;

public sealed class ResultTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Texts_of_any_kind_survive() =>
        Gen.Char[" ,\"\n\raβ'"]
            .Array[0, 6]
            .Select(c => new string(c))
            .Array[3]
            .Array[1, 5]
            .Sample(
                rows =>
                {
                    var path = _folder.File($"{Environment.CurrentManagedThreadId}.csv");
                    new ResultTable(["a", "b, \"c\"", "d"], rows).Write(path);
                    var read = ResultTable.Read(path);
                    Assert.Equal(["a", "b, \"c\"", "d"], read.Header);
                    Assert.Equal(rows, read.Rows);
                },
                iter: 300
            );

    [Fact]
    public void Numbers_survive_to_the_bit()
    {
        double[] values = [0, -0.0, 1.0 / 3, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, 0.1f];
        var path = _folder.File("n.csv");
        ResultTable.Of(("x", values)).Write(path);
        Assert.Equal(values, ResultTable.Read(path).Doubles("x", mayBeUndefined: true));
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        var path = _folder.File("bad.csv");
        string Message(Action action) => Assert.Throws<InputException>(action).Message;
        Assert.Contains("no file", Message(() => ResultTable.Read(path)), StringComparison.Ordinal);
        File.WriteAllText(path, "");
        Assert.Contains("empty", Message(() => ResultTable.Read(path)), StringComparison.Ordinal);
        File.WriteAllText(path, "a,b\n1,2\n3\n");
        Assert.Contains("line 3", Message(() => ResultTable.Read(path)), StringComparison.Ordinal);
        File.WriteAllText(path, "a,b\n1,x\n");
        Assert.Contains("column 'b': 'x'", Message(() => ResultTable.Read(path).Doubles("b")), StringComparison.Ordinal);
        Assert.Contains("no column 'c'", Message(() => ResultTable.Read(path).Doubles("c")), StringComparison.Ordinal);
    }
}
