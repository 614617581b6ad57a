using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.Spectra;

public sealed class SplitFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File(SplitFile.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_and_their_order_survive()
    {
        var split = DataSplit.Random(1000, 0.3, 5);
        SplitFile.Write(File, split);
        var read = SplitFile.Read(File, 1000);
        Assert.Equal(split.Training, read.Training);
        Assert.Equal(split.Validation, read.Validation);
    }

    [Theory]
    [InlineData("row 2 is missing", new[] { 0, 3 }, new[] { 1 })]
    [InlineData("row 1 is named twice", new[] { 0, 1, 2 }, new[] { 1 })]
    [InlineData("row 4 is not one of them", new[] { 0, 1, 2 }, new[] { 4 })]
    [InlineData("row -1 is not one of them", new[] { 0, 1, 2 }, new[] { -1 })]
    public void A_split_of_other_spectra_is_refused(string complaint, int[] training, int[] validation)
    {
        SplitFile.Write(File, new DataSplit(training, validation));
        var message = Assert.Throws<InputException>(() => SplitFile.Read(File, 4)).Message;
        Assert.Contains(complaint, message, StringComparison.Ordinal);
        Assert.Contains(File, message, StringComparison.Ordinal);
    }
}
