using CsCheck;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.StarFormation;

[Collection(typeof(SynthesisCollection))]
public class AgeWeightsTests(SynthesisFixture synthesis)
{
    [Fact]
    public void Weights_sum_to_the_mass_formed() =>
        Gen.Select(Gen.Double[-5, 5].Array[6], Gen.Double[0.5, 13.8], Gen.Double[6, 13])
            .Sample(
                (ratios, age, logMass) =>
                {
                    var history = StarFormationHistory.FromLogSfrRatios(ratios, age, Math.Pow(10, logMass));
                    var (young, old) = Weights(history);
                    Assert.Equal(1, (young.Sum() + old.Sum()) / history.TotalMassFormedMsun, 1e-12);
                }
            );

    [Fact]
    public void Light_split_at_10_Myr_adds_up_to_the_unsplit_light() =>
        Gen.Select(Gen.Double[0, 9.9], Gen.Double[0.01, 4])
            .Sample(
                (logFrom, width) =>
                {
                    var from = Math.Pow(10, logFrom);
                    var to = Math.Pow(10, logFrom + width);
                    var young = new double[synthesis.Ages.NodeCount];
                    var old = new double[synthesis.Ages.NodeCount];
                    var whole = new double[synthesis.Ages.NodeCount];
                    synthesis.Ages.AddConstant([from, to], [1], young, old);
                    synthesis.Ages.AddConstant(from, to, 1, whole);
                    for (var i = 0; i < whole.Length; i++)
                    {
                        Assert.Equal(whole[i], young[i] + old[i], 1e-12 * (to - from));
                    }
                    var youngYears = Math.Max(0, Math.Min(to, 1e7) - from);
                    Assert.Equal(youngYears, young.Sum(), 1e-12 * (to - from));
                }
            );

    // The table is linear in log age, so nodes between, filled in by that line, must change nothing.
    [Theory]
    [InlineData(1e6)]
    [InlineData(1e8)]
    [InlineData(1.3e10)]
    public void More_nodes_on_the_same_line_change_nothing(double years)
    {
        var logAge = synthesis.Library.Stars.LogAgeYr;
        var fine = new AgeWeights([
            .. Enumerable.Range(0, (2 * logAge.Length) - 1).Select(i => 0.5 * (logAge[i / 2] + logAge[(i + 1) / 2])),
        ]);
        var coarseWeights = new double[logAge.Length];
        var fineWeights = new double[fine.NodeCount];
        synthesis.Ages.AddConstant(0, years, 1, coarseWeights);
        fine.AddConstant(0, years, 1, fineWeights);
        for (var i = 0; i < logAge.Length; i++)
        {
            var gathered =
                fineWeights[2 * i]
                + (i > 0 ? 0.5 * fineWeights[(2 * i) - 1] : 0)
                + (i < logAge.Length - 1 ? 0.5 * fineWeights[(2 * i) + 1] : 0);
            Assert.Equal(coarseWeights[i], gathered, 1e-10 * years);
        }
    }

    [Theory]
    [InlineData(1e8)]
    [InlineData(1e9)]
    public void Half_of_the_nodes_give_the_same_light_within_half_a_percent(double years)
    {
        var stars = synthesis.OnStudyGrid.Stars;
        var kept = Enumerable.Range(0, stars.AgeCount).Where(i => i % 2 == 0 || i == stars.AgeCount - 1).ToArray();
        var sparse = new AgeWeights([.. kept.Select(i => stars.LogAgeYr[i])]);
        var all = new double[stars.AgeCount];
        var some = new double[kept.Length];
        synthesis.Ages.AddConstant(0, years, 1, all);
        sparse.AddConstant(0, years, 1, some);
        for (var pixel = 0; pixel < stars.WavelengthCount; pixel += 7)
        {
            var whole = Enumerable.Range(0, stars.AgeCount).Sum(i => all[i] * stars[4, i][pixel]);
            var half = Enumerable.Range(0, kept.Length).Sum(i => some[i] * stars[4, kept[i]][pixel]);
            Assert.True(Math.Abs((half / whole) - 1) < 0.005, $"{stars.WavelengthAngstrom[pixel]} Å: {(half / whole) - 1:P3}");
        }
    }

    [Fact]
    public void Quadrature_agrees_with_the_closed_form() =>
        Gen.Select(Gen.Double[4, 9.9], Gen.Double[0.01, 3])
            .Sample(
                (logFrom, width) =>
                {
                    var from = Math.Pow(10, logFrom);
                    var to = Math.Pow(10, logFrom + width);
                    var closed = new double[synthesis.Ages.NodeCount];
                    var quadrature = new double[synthesis.Ages.NodeCount];
                    synthesis.Ages.AddConstant(from, to, 2, closed);
                    synthesis.Ages.AddSmooth(from, to, _ => 2, quadrature);
                    for (var i = 0; i < closed.Length; i++)
                    {
                        Assert.Equal(closed[i], quadrature[i], 1e-9 * 2 * (to - from));
                    }
                }
            );

    [Fact]
    public void Quadrature_conserves_the_mass_of_an_exponential()
    {
        const double tau = 3e8;
        const double age = 1e10;
        var weights = new double[synthesis.Ages.NodeCount];
        synthesis.Ages.AddSmooth(0, age, lookback => Math.Exp(lookback / tau), weights);
        Assert.Equal(1, weights.Sum() / (tau * (Math.Exp(age / tau) - 1)), 1e-9);
    }

    [Fact]
    public void Beyond_the_nodes_the_nearest_one_holds()
    {
        var ages = new AgeWeights([6, 7]);
        var weights = new double[2];
        ages.AddConstant(0, 1e6, 1, weights);
        Assert.Equal([1e6, 0], weights);
        Array.Clear(weights);
        ages.AddConstant(2e7, 5e7, 1, weights);
        Assert.Equal([0, 3e7], weights);
    }

    // FSPS counts whole nodes: the light of the interval across 1e7 yr then changes sides, 0.3 Myr of it here.
    [Fact]
    public void Split_at_nodes_moves_whole_nodes_only()
    {
        var logAge = synthesis.Library.Stars.LogAgeYr;
        var byNode = new AgeWeights(logAge, splitAtNodes: true);
        var young = new double[logAge.Length];
        var old = new double[logAge.Length];
        var exactYoung = new double[logAge.Length];
        var exactOld = new double[logAge.Length];
        byNode.AddConstant([0, 1e8], [1], young, old);
        synthesis.Ages.AddConstant([0, 1e8], [1], exactYoung, exactOld);
        for (var i = 0; i < logAge.Length; i++)
        {
            Assert.Equal(exactYoung[i] + exactOld[i], young[i] + old[i], 1e-4);
            Assert.Equal(0, logAge[i] <= 7 ? old[i] : young[i]);
        }
        Assert.Equal(1e7, young.Sum(), 5e5);
    }

    private (double[] Young, double[] Old) Weights(StarFormationHistory history)
    {
        var young = new double[synthesis.Ages.NodeCount];
        var old = new double[synthesis.Ages.NodeCount];
        synthesis.Ages.AddConstant(Array.ConvertAll(history.EdgeGyr, e => e * 1e9), history.SfrMsunPerYr, young, old);
        return (young, old);
    }
}
