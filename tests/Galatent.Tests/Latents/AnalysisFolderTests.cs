using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents;

public sealed class AnalysisFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_results_survive_on_disk()
    {
        var written = InventedRun.Model(InventedRun.Spectra(InventedRun.CoarseGrid, 200), 0.3).Analysis;
        AnalysisFolder.Write(_folder.Path, written);
        var read = AnalysisFolder.Read(_folder.Path);
        Assert.Equal(written.Grid.WavelengthAngstrom, read.Grid.WavelengthAngstrom);
        Assert.Equal(written.Loss, read.Loss);
        Assert.Equal(written.Error.MeanSquaredError, read.Error.MeanSquaredError);
        Assert.Equal(written.Error.SquaredErrorPerSpectrum, read.Error.SquaredErrorPerSpectrum);
        Assert.Equal(written.Informative, read.Informative);
        Assert.Equal(written.Informativeness.KlNat, read.Informativeness.KlNat);
        Assert.Equal(written.Lines, read.Lines);
        Assert.Equal(written.Eigenvalues, read.Eigenvalues);
        Assert.Equal(written.Examples.Select(e => (e.Name, e.Spectrum)), read.Examples.Select(e => (e.Name, e.Spectrum)));
        Assert.Equal(written.Examples[1].Reconstructed, read.Examples[1].Reconstructed);
        Assert.Equal(written.TraversedSpectrum, read.TraversedSpectrum);
        foreach (var (a, b) in written.Traversals.Zip(read.Traversals))
        {
            Assert.Equal((a.Dimension, a.Origin, a.StoppedBelow, a.StoppedAbove), (b.Dimension, b.Origin, b.StoppedBelow, b.StoppedAbove));
            Assert.Equal(a.Values, b.Values);
            Assert.Equal(a.Flux, b.Flux);
        }
        Assert.Equal(written.Parameters!.Nat, read.Parameters!.Nat);
        Assert.Equal(written.Latents!.Rows, read.Latents!.Rows);
        Assert.Null(read.LatentSamples);
    }

    [Fact]
    public void A_missing_table_is_named()
    {
        AnalysisFolder.Write(_folder.Path, InventedRun.Model(InventedRun.Spectra(InventedRun.CoarseGrid, 60), 0.3).Analysis);
        File.Delete(_folder.File("lines.csv"));
        Assert.Contains(
            "lines.csv",
            Assert.Throws<InputException>(() => AnalysisFolder.Read(_folder.Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Latents_survive_on_disk()
    {
        var latents = new LatentSet(2, [1, 2, 3, 4], [0, -1, -2, -3], [5, 6, 7, 8], 9);
        var path = _folder.File("latents.h5");
        LatentFile.Write(path, latents);
        var read = LatentFile.Read(path);
        Assert.Equal((2, 2, 9UL), (read.Dimensions, read.Count, read.Seed));
        Assert.Equal(latents.Mu, read.Mu);
        Assert.Equal(latents.LogVariance, read.LogVariance);
        Assert.Equal(latents.Z, read.Z);
        Assert.Equal([2, 4], read.MuColumn(1));
        Assert.Equal([5, 7], read.SampleColumn(0));
    }

    [Fact]
    public void A_matrix_with_a_missing_pair_is_refused()
    {
        double[] cells = [1, 2, 3, 4];
        var table = new MutualInformationMatrix(["a", "b"], ["x", "y"], cells, cells, cells, cells).ToTable();
        Assert.Equal(cells, MutualInformationMatrix.FromTable(table).Nat);
        Assert.Throws<InputException>(() => MutualInformationMatrix.FromTable(table with { Rows = [.. table.Rows.Skip(1)] }));
    }
}
