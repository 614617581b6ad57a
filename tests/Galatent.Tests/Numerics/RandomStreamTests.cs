using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class RandomStreamTests
{
    // Known-answer vectors of Random123 1.14 (kat_vectors, philox4x32 10): Salmon et al. 2011.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu,
        0xffffffffu,
        0xffffffffu,
        0xffffffffu,
        0xffffffffu,
        0xffffffffu,
        0x408f276du,
        0x41c83b0eu,
        0xa20bc7c6u,
        0x6d5451fdu
    )]
    [InlineData(
        0x243f6a88u,
        0x85a308d3u,
        0x13198a2eu,
        0x03707344u,
        0xa4093822u,
        0x299f31d0u,
        0xd16cfe09u,
        0x94fdccebu,
        0x5001e420u,
        0x24126ea1u
    )]
    public void Block_is_Philox4x32_10(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3)
    {
        var block = RandomStream.Block(c0, c1, c2, c3, k0, k1);
        Assert.Equal([x0, x1, x2, x3], [(uint)block, (uint)(block >> 32), (uint)(block >> 64), (uint)(block >> 96)]);
    }

    [Fact]
    public void Streams_repeat_and_differ_by_seed_purpose_and_index()
    {
        ulong First(ulong seed, string purpose, ulong index) => new RandomStream(seed, purpose, index).NextUInt64();
        var reference = First(1, "population", 5);
        Assert.Equal(reference, First(1, "population", 5));
        Assert.Equal(4, new HashSet<ulong> { reference, First(2, "population", 5), First(1, "split", 5), First(1, "population", 6) }.Count);
    }

    [Fact]
    public void Moments_are_those_of_the_uniform_and_the_normal_distribution()
    {
        var stream = new RandomStream(7, "moments");
        const int n = 200_000;
        double u1 = 0;
        double u2 = 0;
        double z1 = 0;
        double z2 = 0;
        double z4 = 0;
        for (var i = 0; i < n; i++)
        {
            var u = stream.NextDouble();
            var z = stream.NextNormal();
            (u1, u2, z1, z2, z4) = (u1 + u, u2 + (u * u), z1 + z, z2 + (z * z), z4 + (z * z * z * z));
        }
        // Five standard errors each: sd/sqrt(n) = 0.00065, 0.00067, 0.0022, 0.0032, 0.022.
        Assert.Equal(0.5, u1 / n, 0.0033);
        Assert.Equal(1 / 3.0, u2 / n, 0.0034);
        Assert.Equal(0, z1 / n, 0.011);
        Assert.Equal(1, z2 / n, 0.016);
        Assert.Equal(3, z4 / n, 0.11);
    }

    [Fact]
    public void Shuffle_makes_every_order_equally_often()
    {
        var counts = new Dictionary<string, int>();
        for (ulong i = 0; i < 24_000; i++)
        {
            var items = "abcd".ToCharArray();
            new RandomStream(3, "shuffle", i).Shuffle(items.AsSpan());
            counts[new string(items)] = counts.GetValueOrDefault(new string(items)) + 1;
        }
        Assert.Equal(24, counts.Count);
        // Chi-squared with 23 degrees of freedom: 49.7 is exceeded with probability 0.001.
        Assert.True(counts.Values.Sum(c => Math.Pow(c - 1000, 2) / 1000) < 49.7);
    }

    [Fact]
    public void Filled_normal_deviates_are_the_quantiles_of_the_streams_words()
    {
        var words = new RandomStream(5, "test", 2);
        var stream = new RandomStream(5, "test", 2);
        // Not a multiple of a batch or a register.
        var deviates = new float[1001];
        stream.FillNormal(deviates);
        var expected = Enumerable
            .Range(0, deviates.Length)
            .Select(_ => (float)NormalDistribution.Quantile((words.NextUInt32() + 0.5) / 4294967296));
        Assert.Equal(expected, deviates);
        Assert.InRange(deviates.Select(d => (double)d).Average(), -0.12, 0.12);
        Assert.InRange(deviates.Average(d => d * d), 0.85, 1.15);
    }
}
