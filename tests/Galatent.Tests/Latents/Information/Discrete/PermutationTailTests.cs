using Galatent.Latents.Information;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information.Discrete;

public class PermutationTailTests
{
    // Chi-square tables (Abramowitz and Stegun 26.8): P(chi-square > 3.84146, 1) = 0.05, (18.307, 10) = 0.05, (149.449, 100) = 0.001.
    [Theory]
    [InlineData(1, 3.84146, 0.05)]
    [InlineData(10, 18.307, 0.05)]
    [InlineData(100, 149.449, 0.001)]
    [InlineData(2, 20, 4.5399929762484854e-5)]
    public void The_gamma_tail_is_that_of_chi_square(int degrees, double value, double probability) =>
        Assert.Equal(probability, SpecialFunctions.GammaUpper(0.5 * degrees, 0.5 * value), 1e-5 * probability / 0.05 * 10);

    [Theory]
    [InlineData(0.5, 0.57236494292470008)]
    [InlineData(1, 0)]
    [InlineData(10, 12.801827480081469)]
    [InlineData(100.5, 361.43554047)]
    public void Log_gamma_has_its_known_values(double x, double value) => Assert.Equal(value, SpecialFunctions.LogGamma(x), 1e-7);

    [Fact]
    public void Rare_p_values_come_from_the_tail_and_others_are_counted()
    {
        // Draws of chi-square with 6 degrees of freedom: beyond 22.458 with a probability of 0.001.
        var random = new RandomStream(1, "chi-square");
        double[] draws =
        [
            .. Enumerable
                .Range(0, PermutationTail.Draws)
                .Select(_ => -2 * Math.Log(random.NextDouble() * random.NextDouble() * random.NextDouble())),
        ];
        Assert.InRange(PermutationTail.PValue(22.458, draws, PermutationTail.Skewness([1], 6), 9999), 0.0003, 0.003);
        Assert.Equal(1e-4, PermutationTail.PValue(100, draws, PermutationTail.Skewness([1], 6), 9999), 1e-9);
        Assert.Equal(
            (1 + draws.Count(d => d >= 5)) / 200.0,
            PermutationTail.PValue(5, draws, PermutationTail.Skewness(draws), 9999),
            1e-12
        );
        Assert.Equal(1, PermutationTail.PValue(0, new double[199], 1, 9999));
    }
}
