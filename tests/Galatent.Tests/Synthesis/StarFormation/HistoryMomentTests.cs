using CsCheck;
using Galatent.Numerics;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.StarFormation;

/// <summary>Mass and mean age of continuous histories against closed forms.</summary>
public class HistoryMomentTests
{
    private const InitialMassFunction Imf = InitialMassFunction.Kroupa;

    [Fact]
    public void A_constant_rate_has_half_its_duration_as_mean_age()
    {
        var history = ContinuousHistory.FromTable("t", [0, 2], [1.5, 1.5]);
        Assert.Equal(1, history.MassWeightedAgeGyr, 1e-12);
        Assert.Equal(3e9, history.MassFormedMsun, 1e-3);
    }

    [Fact]
    public void A_table_that_ends_before_today_forms_no_stars_after_its_end()
    {
        var history = ContinuousHistory.FromTable("t", [5, 10], [2, 2]);
        Assert.Equal(1e10, history.MassFormedMsun, 1e-2);
        Assert.Equal(7.5, history.MassWeightedAgeGyr, 1e-12);
        Assert.Equal(5, history.EndGyr);
        var galaxy = With(history);
        Assert.Equal(10, galaxy.LogMassFormed, 1e-12);
        Assert.Equal(double.NegativeInfinity, galaxy.LogSfr);
        Assert.Equal(7.5, galaxy.MassWeightedAgeGyr, 1e-12);
    }

    [Fact]
    public void Rows_without_stars_at_the_ends_are_not_part_of_the_history()
    {
        var history = ContinuousHistory.FromTable("t", [0, 1, 4, 6, 13, 19], [0, 0, 3, 0, 0, 0]);
        Assert.Equal(1, history.EndGyr);
        Assert.Equal(6, history.StartGyr);
        // A triangle from 1 to 6 with its top at 4: mean (1 + 4 + 6) / 3.
        Assert.Equal(11 / 3.0, history.MassWeightedAgeGyr, 1e-12);
        Assert.Equal(7.5e9, history.MassFormedMsun, 1e-2);
    }

    // SFR ~ T e^(-T/tau), T from 0 to A. With x = A/tau: mean T = tau [2 - (x^2 + 2x + 2) e^-x] / [1 - (1 + x) e^-x].
    [Theory]
    [InlineData(5, 1)]
    [InlineData(10, 3)]
    [InlineData(13, 0.03)]
    [InlineData(2, -0.5)]
    [InlineData(1, -0.004)]
    [InlineData(12, 50)]
    public void A_delayed_exponential_has_its_closed_mean_age(double age, double tau)
    {
        var x = age / tau;
        var e = Math.Exp(-x);
        // Scaled by e^x for a rising one, where e^-x is large; small x loses digits in these differences, hence 1e-8.
        var (top, bottom) =
            x > 0 ? (2 - (((x * x) + (2 * x) + 2) * e), 1 - ((1 + x) * e)) : ((2 / e) - ((x * x) + (2 * x) + 2), (1 / e) - (1 + x));
        var history = DelayedHistory.Of(age, tau);
        Assert.Equal(age - (tau * top / bottom), history.MassWeightedAgeGyr, 1e-8 * age);
        Assert.Equal(1, history.MassFormedMsun, 1e-9);
        Assert.Equal(0, With(history).LogMassFormed, 1e-9);
    }

    [Fact]
    public void The_study_of_the_report_has_3_176_Gyr() => Assert.Equal(3.176, DelayedHistory.Of(5, 1).MassWeightedAgeGyr, 5e-4);

    [Fact]
    public void A_burst_has_its_own_mass_and_rate()
    {
        // 100 Msun/yr for 10 Myr until today, over 1 Msun/yr since 4 Gyr.
        var history = ContinuousHistory.FromTable("t", [0, 0.01, 0.010000001, 4], [101, 101, 1, 1]);
        Assert.Equal(1, history.MassFormedMsun / 5e9, 1e-7);
        Assert.Equal(((1e9 * 0.005) + (4e9 * 2)) / 5e9, history.MassWeightedAgeGyr, 1e-6);
        Assert.Equal(Math.Log10(((100 * 0.01) + (1 * 0.1)) / 0.1), With(history).LogSfr, 1e-6);
    }

    // Sums of trapezia, from the rows alone.
    [Fact]
    public void Any_table_has_the_moments_of_its_trapezia() =>
        Gen.Select(Gen.Double[0.001, 1.5], Gen.OneOf(Gen.Const(0.0), Gen.Double[0.1, 50]))
            .Array[2, 9]
            .Where(rows => rows.Any(r => r.Item2 > 0))
            .Sample(rows =>
            {
                double[] time = [.. rows.Select((_, i) => rows.Take(i + 1).Sum(r => r.Item1))];
                double[] rate = [.. rows.Select(r => r.Item2)];
                var mass = 0.0;
                var first = 0.0;
                for (var i = 0; i + 1 < time.Length; i++)
                {
                    var (a, b, f, g) = (time[i], time[i + 1], rate[i], rate[i + 1]);
                    mass += 0.5 * (b - a) * (f + g);
                    first += (b - a) / 6 * ((((2 * a) + b) * f) + ((a + (2 * b)) * g));
                }
                var history = ContinuousHistory.FromTable("t", time, rate);
                return Math.Abs((history.MassFormedMsun / 1e9 / mass) - 1) < 1e-10
                    && Math.Abs((history.MassWeightedAgeGyr * mass / first) - 1) < 1e-10;
            });

    [Fact]
    public void A_rate_that_no_galaxy_has_is_refused() =>
        Assert.Contains(
            "unit",
            Assert.Throws<InputException>(() => ContinuousHistory.FromTable("t", [0, 5], [1e307, 1e307])).Message,
            StringComparison.Ordinal
        );

    private static Galaxy With(ContinuousHistory history) =>
        GalaxyDescription.WithHistory(GalaxyDescription.Parse(["z=0"], Imf), history, Imf);
}
