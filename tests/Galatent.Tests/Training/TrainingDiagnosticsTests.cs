using Galatent.Training;

namespace Galatent.Tests.Training;

public class TrainingDiagnosticsTests
{
    [Fact]
    public void The_spike_of_the_replica_is_named_and_is_not_the_best_epoch()
    {
        // L2 weight decay 0.1: the validation error jumped once to 4989 from 175 and came back.
        EpochRecord[] history = [Epoch(1, 388), Epoch(2, 260), Epoch(3, 210), Epoch(4, 175), Epoch(5, 4989), Epoch(6, 170)];
        var spike = Assert.Single(TrainingDiagnostics.Spikes(history));
        Assert.Contains("spike in epoch 5", spike, StringComparison.Ordinal);
        Assert.Contains("4989 from 175", spike, StringComparison.Ordinal);
        Assert.Equal(6, history.MinBy(e => e.ValidationLoss)!.Epoch);
    }

    [Fact]
    public void Ordinary_scatter_is_no_spike() =>
        Assert.Empty(TrainingDiagnostics.Spikes([Epoch(1, 30), Epoch(2, 12), Epoch(3, 19), Epoch(4, 0.2), Epoch(5, 0.9)]));

    [Fact]
    public void Collapse_is_told_in_words()
    {
        Assert.StartsWith(
            "posterior collapse: in epoch 4 all latent dimensions",
            TrainingDiagnostics.Collapse(Epoch(4, 6684) with { KullbackLeibler = 1e-5, ActiveDimensions = 0 }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "near posterior collapse",
            TrainingDiagnostics.Collapse(Epoch(4, 6000) with { KullbackLeibler = 0.3, ActiveDimensions = 0 }),
            StringComparison.Ordinal
        );
        Assert.Null(TrainingDiagnostics.Collapse(Epoch(4, 20)));
    }

    [Fact]
    public void A_network_above_the_linear_model_is_told_so()
    {
        Assert.Contains(
            "is above 9",
            Assert.Single(TrainingDiagnostics.Of([Epoch(1, 40) with { LinearLoss = 9 }])),
            StringComparison.Ordinal
        );
        Assert.Empty(TrainingDiagnostics.Of([Epoch(1, 3) with { LinearLoss = 9 }]));
        Assert.Empty(TrainingDiagnostics.Of([]));
    }

    private static EpochRecord Epoch(int number, double error) => new(number, 1e-3, error, error + 5, error, 17, 7, 0.9, 1, 1);
}
