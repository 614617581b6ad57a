using Galatent.Latents.Traversals;

namespace Galatent.Tests.Latents.Traversals;

public class TraversalTests
{
    // Two pixels, 1 + z0 and 2 - z0/2: positive for z0 in (-1, 4).
    private static float[] Decode(float[] z, int count)
    {
        var flux = new float[2 * count];
        for (var i = 0; i < count; i++)
        {
            (flux[2 * i], flux[(2 * i) + 1]) = (1 + z[3 * i], 2 - (z[3 * i] / 2) + (0 * z[(3 * i) + 1]));
        }
        return flux;
    }

    [Fact]
    public void Stops_before_the_first_negative_flux_and_says_where()
    {
        var t = Traversal.Along([0, 7, 7], 0, -3, 6, Decode, new TraversalOptions(6));
        // Steps of 0.5 down: -0.5, -1 (flux 0, kept), then -1.5 is negative; steps of 1 up: 4 gives 0, then 5 is negative.
        Assert.Equal([-1, -0.5, 0, 1, 2, 3, 4], t.Values);
        Assert.Equal(2, t.Origin);
        Assert.Equal(-1.5, t.StoppedBelow);
        Assert.Equal(5, t.StoppedAbove);
        Assert.Equal([2f, 1.5f], t[3].ToArray());
        Assert.All(t.Flux, f => Assert.True(f >= 0));
    }

    [Fact]
    public void Goes_to_both_ends_when_allowed()
    {
        var t = Traversal.Along([0, 7, 7], 0, -3, 6, Decode, new TraversalOptions(6, StopAtNegativeFlux: false));
        Assert.Equal((13, -3.0, 6.0), (t.Values.Length, t.Values[0], t.Values[^1]));
        Assert.Null(t.StoppedBelow);
        Assert.Null(t.StoppedAbove);
    }

    [Fact]
    public void Only_the_chosen_dimension_moves()
    {
        float[]? seen = null;
        Traversal.Along(
            [0.5f, -1, 2],
            1,
            -2,
            3,
            (z, n) =>
            {
                seen = z;
                return new float[n];
            },
            new TraversalOptions(2)
        );
        Assert.Equal(5, seen!.Length / 3);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal((0.5f, 2f), (seen[3 * i], seen[(3 * i) + 2])));
    }

    [Fact]
    public void A_spectrum_at_the_end_has_one_side()
    {
        var t = Traversal.Along([-0.5f, 0, 0], 0, -0.5, 1.5, Decode, new TraversalOptions(4));
        Assert.Equal([-0.5, 0, 0.5, 1, 1.5], t.Values);
        Assert.Equal(0, t.Origin);
    }

    [Fact]
    public void A_spectrum_that_is_negative_itself_stays_alone()
    {
        var t = Traversal.Along([-2, 0, 0], 0, -3, 6, Decode, new TraversalOptions(3));
        Assert.Equal([-2], t.Values.AsSpan(t.Origin, 1).ToArray());
        Assert.Equal(-2 - (1.0 / 3), t.StoppedBelow!.Value, 1e-12);
    }

    [Fact]
    public void Flux_that_is_not_finite_is_an_error() =>
        Assert.Throws<ArithmeticException>(() =>
            Traversal.Along([0], 0, -1, 1, (_, n) => [.. Enumerable.Repeat(float.NaN, n)], new TraversalOptions(2))
        );
}
