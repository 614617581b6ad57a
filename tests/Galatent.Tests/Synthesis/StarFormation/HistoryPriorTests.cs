using CsCheck;
using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.StarFormation;

public class HistoryPriorTests
{
    private static readonly HistoryDeviates Smooth = new(false, 0.5, 0.5, 0, 0, 0, 0, 0);
    private static readonly HistoryPrior Prior = new(new SurvivingMass(InitialMassFunction.Chabrier));

    [Fact]
    public void Without_chance_the_old_bins_are_those_of_the_delayed_exponential() =>
        Gen.Double[-2, 20]
            .Sample(x =>
            {
                // The rate is chosen so that the delayed exponential with x has it, for a formed mass of 10^10/0.62 Msun.
                const double age = 10;
                const double start = 9.8;
                var logSfr = 10 + (DelayedTau.LogScaledSpecificSfr(x) / Math.Log(10)) - Math.Log10(0.62 * start * 1e9);
                var history = Prior.Make(Smooth, age, 10, logSfr, isQuiescent: false);
                Assert.Equal(0, history.LogSfrRatios()[0], 1e-12);
                var rule = new GaussLegendre(48);
                double Mean(int bin)
                {
                    var from = history.EdgeGyr[bin] / start;
                    var to = Math.Min(history.EdgeGyr[bin + 1] / start, 1);
                    return rule.Integrate(u => (1 - u) * Math.Exp(x * u), from, to)
                        / ((history.EdgeGyr[bin + 1] - history.EdgeGyr[bin]) / start);
                }
                for (var bin = 2; bin < 6; bin++)
                {
                    Assert.Equal(
                        Mean(bin) / Mean(bin + 1),
                        history.SfrMsunPerYr[bin] / history.SfrMsunPerYr[bin + 1],
                        1e-8 * Mean(bin) / Mean(bin + 1)
                    );
                }
            });

    [Fact]
    public void An_abrupt_stop_leaves_the_bins_before_it_alone()
    {
        // Stop at 10^8.75 yr = 0.56 Gyr: of the bins (edges 0.1, 0.304, 0.922, 2.8, 8.5, 10) only the one centred on 0.2 Gyr is younger.
        const double age = 10;
        var u = 0.75 / (Math.Log10(0.6 * 9.8) + 1);
        var history = Prior.Make(Smooth with { IsFastQuench = true, QuenchedShape = 0, QuenchTime = u }, age, 10.5, -2, isQuiescent: true);
        var sfr = history.SfrMsunPerYr;
        // x = 0: the rate falls linearly to the start, 9.8 Gyr ago; bin means are the values at the centres.
        double Centre(int bin) => 0.5 * (history.EdgeGyr[bin] + history.EdgeGyr[bin + 1]);
        Assert.Equal((9.8 - Centre(3)) / (9.8 - Centre(4)), sfr[3] / sfr[4], 1e-9);
        Assert.Equal((9.8 - Centre(4)) / (9.8 - Centre(5)), sfr[4] / sfr[5], 1e-9);
        // The young bin lies between, in log time: (log 0.202 Gyr - 8)/0.75 of the way up from 10^-2.
        Assert.InRange(sfr[2], 10 * sfr[1], sfr[3] / 10);
        Assert.Equal(-2, Math.Log10(history.Sfr100MsunPerYr), 1e-12);
        // A star-forming galaxy with the same numbers does not stop.
        Assert.True(Prior.Make(Smooth with { IsFastQuench = true }, age, 10.5, -2, isQuiescent: false).SfrMsunPerYr[2] < sfr[3] / 10);
    }

    [Fact]
    public void Chance_moves_the_ratios_by_its_steps()
    {
        var smooth = Prior.Make(Smooth, 10, 10, 0.3, isQuiescent: false).LogSfrRatios();
        var moved = Prior
            .Make(Smooth with { Burst = 1, Walk4 = 1, Walk5 = -2, Walk6 = 100, Walk7 = -100 }, 10, 10, 0.3, isQuiescent: false)
            .LogSfrRatios();
        Assert.Equal(0.2, moved[0], 1e-12);
        // Steps of 0.21 t into bins 4 to 7, t clipped to 5.
        double[] steps = [0.21, -0.42, 1.05, -1.05];
        for (var k = 0; k < 4; k++)
        {
            Assert.Equal(steps[k], moved[2 + k] - smooth[2 + k], 1e-12);
        }
        Assert.Equal(2, Prior.Make(Smooth with { Burst = 500 }, 10, 10, 0.3, isQuiescent: false).LogSfrRatios()[0], 1e-12);
    }

    [Fact]
    public void A_rate_that_makes_more_than_the_mass_is_refused() =>
        Assert.Throws<ArgumentException>(() => Prior.Make(Smooth, 10, 10, 2.2, isQuiescent: false));
}
