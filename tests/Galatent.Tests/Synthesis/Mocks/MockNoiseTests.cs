using Galatent.Numerics;
using Galatent.Synthesis.Mocks;

namespace Galatent.Tests.Synthesis.Mocks;

/// <summary>Noise whose neighbours share data: the closed forms of white noise smoothed by (a, 1 - 2a, a).</summary>
public class MockNoiseTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1 / 3.0, 1 / 3.0)]
    [InlineData(0.375, 0.25)]
    [InlineData(0.1, 1 / 3.0)]
    public void The_side_weight_solves_its_equation(double expected, double side) => Assert.Equal(side, MockNoise.SideWeight(expected), 12);

    [Fact]
    public void Variance_and_covariances_are_those_of_the_smoothing()
    {
        // E = .375 has a = 1/4: variance .375, neighbours 2 a (1 - 2a) = .25, next ones a² = .0625, none beyond.
        var grid = ObservedFiles.Grid;
        var ivar = Enumerable.Range(0, grid.Count).Select(j => 1f + (j % 7)).ToArray();
        var noise = new MockNoise(grid);
        const int draws = 500;
        var sums = new double[4];
        for (var k = 0; k < draws; k++)
        {
            var flux = new float[grid.Count];
            noise.Add(flux, ivar, 0.375, new RandomStream(3, "test", (ulong)k));
            double[] unit = [.. flux.Select((f, j) => f * Math.Sqrt(ivar[j]))];
            for (var lag = 0; lag < sums.Length; lag++)
            {
                sums[lag] += Enumerable.Range(0, grid.Count - 3).Average(j => unit[j] * unit[j + lag]) / draws;
            }
        }
        Assert.Equal([0.375, 0.25, 0.0625, 0], sums, new Near(0.004));
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < tolerance;

        public int GetHashCode(double obj) => 0;
    }
}
