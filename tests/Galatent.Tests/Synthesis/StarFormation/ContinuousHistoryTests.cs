using Galatent.Numerics;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.StarFormation;

/// <summary>Histories given as a table or a formula.</summary>
[Collection(typeof(SynthesisCollection))]
public class ContinuousHistoryTests(SynthesisFixture synthesis)
{
    [Fact]
    public void A_constant_table_is_the_constant_history()
    {
        var history = ContinuousHistory.FromTable("table", [0, 0.3, 1], [2, 2, 2]);
        Assert.Equal(2e9, history.MassFormedMsun, 1e-3);
        var (young, old) = Weights(history);
        var expectedYoung = new double[young.Length];
        var expectedOld = new double[young.Length];
        synthesis.Ages.AddConstant([0, 1e9], [1e-9], expectedYoung, expectedOld);
        Assert.All(young.Zip(expectedYoung), p => Assert.Equal(p.Second, p.First, 1e-12));
        Assert.All(old.Zip(expectedOld), p => Assert.Equal(p.Second, p.First, 1e-12));
        // Mean rate of every bin, and the survivors of the bins.
        var binned = history.Binned(13.8);
        Assert.Equal(2, binned.SfrMsunPerYr[2], 1e-12);
        Assert.Equal(2e9, binned.TotalMassFormedMsun, 1e-3);
        var surviving = new SurvivingMass(InitialMassFunction.Kroupa);
        Assert.Equal(1, history.SurvivingMassMsun(surviving) / (2e9 * surviving.MeanFraction(0, 1)), 1e-7);
    }

    // x = A/tau: mass 1, rate today g(x)/A, mean age in closed form by an independent fine sum.
    [Theory]
    [InlineData(5, 1)]
    [InlineData(10, 10)]
    [InlineData(2, -1)]
    public void Delayed_exponentials_have_their_closed_form(double age, double tau)
    {
        var history = DelayedHistory.Of(age, tau);
        Assert.Equal(1, history.MassFormedMsun, 1e-9);
        var (young, old) = Weights(history);
        Assert.Equal(1, young.Sum() + old.Sum(), 1e-9);
        var x = age / tau;
        var nodes = Array.ConvertAll(synthesis.Library.Stars.LogAgeYr, l => Math.Pow(10, l) / 1e9);
        // Mean of a function that is linear in log age between nodes is exact: log10(age) itself.
        var mean = young.Zip(old, (a, b) => a + b).Zip(synthesis.Library.Stars.LogAgeYr, (w, l) => w * l).Sum();
        var sum = 0.0;
        var norm = 0.0;
        for (var i = 0; i < 2_000_000; i++)
        {
            var t = age * (i + 0.5) / 2_000_000;
            var rate = (1 - (t / age)) * Math.Exp(x * ((t / age) - 1));
            sum += rate * Math.Max(Math.Log10(t) + 9, synthesis.Library.Stars.LogAgeYr[0]);
            norm += rate;
        }
        Assert.Equal(sum / norm, mean, 1e-5);
        Assert.True(nodes[^1] > age);
    }

    [Fact]
    public void A_triangle_has_its_mass_and_its_bins()
    {
        // 0 now, 4 Msun/yr 1 Gyr ago, 0 again 3 Gyr ago: mass 6e9.
        var history = ContinuousHistory.FromTable("triangle", [0, 1, 3], [0, 4, 0]);
        Assert.Equal(6e9, history.MassFormedMsun, 1e-2);
        Assert.Equal(0.2, history.Binned(13.8).Sfr100MsunPerYr, 1e-9); // mean of 4 t over 0.1 Gyr
        var galaxy = GalaxyDescription.WithHistory(
            GalaxyDescription.Parse(["z=0.1"], InitialMassFunction.Kroupa),
            history,
            InitialMassFunction.Kroupa
        );
        Assert.Equal(Math.Log10(0.2), galaxy.LogSfr, 1e-6);
        Assert.InRange(galaxy.LogMass, Math.Log10(0.5 * 6e9), Math.Log10(0.75 * 6e9));
        var parts = SpectrumParts.Of(synthesis.OnStudyGrid, SimulationOptions.Study(1), galaxy);
        Assert.All(parts.Total, f => Assert.True(f > 0 && double.IsFinite(f)));
    }

    [Fact]
    public void Histories_that_cannot_be_are_named()
    {
        void Fails(string word, Action make) =>
            Assert.Contains(word, Assert.Throws<InputException>(make).Message, StringComparison.Ordinal);
        Fails("ascend", () => ContinuousHistory.FromTable("t", [0, 2, 1], [1, 1, 1]));
        Fails("negative", () => ContinuousHistory.FromTable("t", [0, 1], [1, -1]));
        Fails("no history", () => ContinuousHistory.FromTable("t", [0, 1], [0, 0]));
        Fails("tau", () => DelayedHistory.Of(5, 0));
        Fails("Universe", () => DelayedHistory.Of(5, 1).Binned(3));
        var galaxy = GalaxyDescription.WithHistory(
            GalaxyDescription.Parse(["z=0.1"], InitialMassFunction.Kroupa),
            DelayedHistory.Of(5, 1),
            InitialMassFunction.Kroupa
        );
        Fails("seven bins", () => new SpectrumDerivatives(synthesis.OnStudyGrid, SimulationOptions.Study(1)).Of(galaxy));
    }

    private (double[] Young, double[] Old) Weights(ContinuousHistory history)
    {
        var young = new double[synthesis.Ages.NodeCount];
        var old = new double[synthesis.Ages.NodeCount];
        history.AddTo(synthesis.Ages, young, old);
        return (young, old);
    }
}
