using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Numerics;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents.Analyses;

public sealed class AnalysisRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_are_files_and_do_not_overlap()
    {
        Assert.All(AnalysisList.All, a => Assert.Matches("^[a-z]+(-[a-z]+)*$", a.Name));
        // Old tables are removed by NAME.csv and NAME-*.csv: no analysis may remove those of another.
        Assert.All(AnalysisList.All, a =>
            Assert.Single(AnalysisList.All, b => b.Name == a.Name || b.Name.StartsWith(a.Name + "-", StringComparison.Ordinal))
        );
        var unknown = Assert.Throws<InputException>(() => AnalysisList.Chosen(["activity", "astrology"]));
        Assert.Contains("'astrology'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("activity", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_analysis_that_cannot_be_done_says_why_and_leaves_no_old_table()
    {
        var input = TestInput.Of(InventedRun.Spectra(InventedRun.CoarseGrid, 60));
        var invented = new Invented();
        Assert.Equal(["invented: one remark"], AnalysisRun.Into(_folder.Path, invented, input, cancellation: Cancellation));
        Assert.True(File.Exists(_folder.File("invented-more.csv")));
        File.WriteAllText(_folder.File("inventory.csv"), "of another\n");
        invented.Fault = "It needs rain.";
        Assert.Equal(["invented: not done. It needs rain."], AnalysisRun.Into(_folder.Path, invented, input, cancellation: Cancellation));
        Assert.Equal(["inventory.csv"], Directory.GetFiles(_folder.Path).Select(f => Path.GetFileName(f)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed class Invented : ILatentAnalysis
    {
        public string? Fault { get; set; }

        public string Name => "invented";

        public string Description => "";

        public bool IsDefault => false;

        public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
        {
            var table = new ResultTable(
                ["x"],
                [
                    ["1"],
                ]
            );
            return Fault is null
                ? new AnalysisOutput([new AnalysisTable("invented", table), new AnalysisTable("invented-more", table)], ["one remark"])
                : throw new InputException(Fault);
        }
    }
}
