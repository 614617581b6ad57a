using Galatent.Files;
using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Study;
using Galatent.Tests.Report;

namespace Galatent.Tests.Study;

public sealed class BetaSweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_betas_are_compared()
    {
        Run(0.1, 0.3, 0.9);
        BetaSweep.Write(_folder.Path);
        var models = Table("sweep-models.csv");
        Assert.Equal([0.1, 0.3, 0.9], models.Doubles("beta"));
        Assert.All(models.Doubles("is_knee", mayBeUndefined: true), k => Assert.True(double.IsNaN(k)));
        var pairs = Table("sweep-pairs.csv");
        Assert.Equal(3, pairs.Rows.Count);
        for (var i = 0; i < 3; i++)
        {
            var slope = pairs.Doubles("slope")[i];
            var inside = slope >= pairs.Doubles("low_beta")[i] && slope <= pairs.Doubles("high_beta")[i];
            Assert.Equal(inside ? 1 : 0, pairs.Doubles("is_consistent")[i]);
        }
        Assert.Equal(Math.Log(9), Table("sweep-persistence.csv").Doubles("length_ln_beta").Sum(), 1e-9);
    }

    [Fact]
    public void One_beta_has_nothing_to_compare()
    {
        Run(0.3);
        Assert.Empty(BetaSweep.Write(_folder.Path));
        Assert.False(Directory.Exists(_folder.File(AnalysisFolder.FolderName)));
    }

    [Fact]
    public void A_model_that_was_not_analysed_is_named()
    {
        Run(0.1, 0.3);
        Directory.Delete(new RunLayout(_folder.Path).Model(0.3).Analysis, true);
        Assert.Contains("beta-0.3", Assert.Throws<InputException>(() => BetaSweep.Write(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private ResultTable Table(string name) => ResultTable.Read(Path.Combine(_folder.Path, AnalysisFolder.FolderName, name));

    private void Run(params double[] betas)
    {
        var spectra = InventedRun.Spectra(InventedRun.CoarseGrid, 60);
        var layout = new RunLayout(_folder.Path);
        foreach (var beta in betas)
        {
            Directory.CreateDirectory(layout.Model(beta).Model);
            AnalysisFolder.Write(layout.Model(beta).Analysis, InventedRun.Model(spectra, beta).Analysis);
        }
    }
}
