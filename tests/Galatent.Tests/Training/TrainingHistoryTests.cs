using Galatent.Numerics;
using Galatent.Training;

namespace Galatent.Tests.Training;

public sealed class TrainingHistoryTests : IDisposable
{
    private static readonly EpochRecord Complete = new(1, 0.000666667, 7607.0239, 9245.8847, 9243.9633, 6.4048702, 16, -1.593, 0.6, 150.6)
    {
        LargestTrainingLoss = 10050.836,
        Beta = 0.3,
        LinearLoss = 8.0719136,
        PrincipalError = 0.0022597133,
        PrincipalErrorActive = 0.030640795,
        LineR2 = [0.5, -0.476],
    };

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File(TrainingHistory.FileName);

    public void Dispose() => _folder.Dispose();

    // The lines are those that the version before had written.
    [Fact]
    public void The_file_has_the_columns_that_scripts_know()
    {
        var bare = new EpochRecord(2, 1e-3, 2, 3, 4, 5, 6, null, 7, 8);
        new TrainingHistory([Complete, bare]).Write(File);
        Assert.Equal(
            [
                "epoch,learning_rate,training_loss,validation_loss,squared_error,kl_nat,active_dimensions,lowest_line_r2,seconds,"
                    + "samples_per_second,largest_training_loss,beta,linear_vae_loss,pca_squared_error,pca_squared_error_active,"
                    + "lowest_r2_of_20_lines,updates_left_out",
                "1,0.000666667,7607.0239,9245.8847,9243.9633,6.4048702,16,-1.5930,0.60,150.6,10050.836,0.3,8.0719136,0.0022597133,"
                    + "0.030640795,-0.4760,0",
                "2,0.001,2,3,4,5,6,,7.00,8.0,0,0,,,,,0",
            ],
            System.IO.File.ReadAllLines(File)
        );
        var read = TrainingHistory.Read(File).Epochs;
        // Single lines are in a file of their own.
        Assert.Equal(Complete with { LineR2 = read[0].LineR2 }, read[0]);
        Assert.Equal(bare with { LineR2 = read[1].LineR2 }, read[1]);
    }

    [Fact]
    public void Histories_of_earlier_versions_are_read()
    {
        System.IO.File.WriteAllText(
            File,
            "epoch,learning_rate,training_loss,validation_loss,squared_error,kl_nat,active_dimensions,lowest_line_r2,seconds,"
                + "samples_per_second\n1,0.001,9,8,7,6,5,0.4,3,2\n2,0.001,8,7,6,5,5,0.5,3,2\n3,0.001,7,7,6,5,5,0.5,3,2\n"
        );
        var history = TrainingHistory.Read(File);
        Assert.Equal(2, history.Best.Epoch);
        Assert.Null(history.LinearLoss);
        Assert.Equal([8, 7, 7], history.Curve(e => e.ValidationLoss));
    }

    [Fact]
    public void A_history_without_epochs_is_refused()
    {
        System.IO.File.WriteAllText(File, "epoch,training_loss\n");
        Assert.Throws<InputException>(() => TrainingHistory.Read(File));
    }

    [Fact]
    public void R2_of_lines_survives_on_disk()
    {
        var path = _folder.File(LineHistory.FileName);
        new LineHistory(
            ["[O III] 5008", "Hα 6565"],
            [1, 2],
            [
                [0.25, -0.5],
                [0.5, 0.75],
            ]
        ).Write(path);
        Assert.Equal(["epoch,[O III] 5008,Hα 6565", "1,0.2500,-0.5000", "2,0.5000,0.7500"], System.IO.File.ReadAllLines(path));
        var read = LineHistory.Read(path);
        Assert.Equal(["[O III] 5008", "Hα 6565"], read.Lines);
        Assert.Equal([1, 2], read.Epochs);
        Assert.Equal([0.25, -0.5], read.R2[0]);
    }
}
