using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class SampleMomentsTests
{
    [Fact]
    public void Moments_and_quantiles_by_hand()
    {
        double[] values = [4, 1, 3, 2];
        Assert.Equal(2.5, SampleMoments.Mean(values));
        Assert.Equal(Math.Sqrt(5.0 / 3), SampleMoments.Deviation(values), 1e-12);
        Assert.Equal(2.5, SampleMoments.Median(values));
        Assert.Equal(1.75, SampleMoments.Quantile(values, .25));
        Assert.Equal(4, SampleMoments.Quantile(values, 1));
        Assert.Equal(1.4826, SampleMoments.RobustDeviation(values), 1e-12);
        Assert.Equal(0, SampleMoments.Deviation([5]));
        Assert.True(double.IsNaN(SampleMoments.Median([])));
    }

    // Selection instead of sorting: the same number to the last bit.
    [Fact]
    public void The_median_is_the_quantile_at_one_half() =>
        Gen.Double[-9, 9]
            .Select(v => Math.Round(v, 1))
            .Array[0, 40]
            .Sample(values => Assert.Equal(SampleMoments.Quantile(values, 0.5), SampleMoments.Median(values)));
}
