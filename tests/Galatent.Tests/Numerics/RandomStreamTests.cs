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
        var block = Philox.Block(c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32), k0 | ((ulong)k1 << 32));
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
        foreach (var deviate in deviates)
        {
            Assert.Equal(1, deviate / NormalDistribution.Quantile((words.NextUInt32() + 0.5) / 4294967296), 1e-6);
        }
        Assert.InRange(deviates.Select(d => (double)d).Average(), -0.12, 0.12);
        Assert.InRange(deviates.Average(d => d * d), 0.85, 1.15);
    }

    // Both ends, the middle, where one polynomial follows the other, and a million cells in between.
    [Fact]
    public void Single_precision_quantiles_are_right_to_a_millionth_in_every_cell()
    {
        uint[] special = [0, 1, 2, 3, int.MaxValue - 1, int.MaxValue, 0x80000000, 0x80000001, uint.MaxValue - 1, uint.MaxValue];
        var seam = Enumerable.Range(0, 1000).Select(i => 14_490_000u + (100u * (uint)i));
        var spread = Enumerable.Range(0, 1 << 20).Select(i => ((uint)i * 4096u) + 77);
        uint[] cells = [.. special, .. seam, .. spread];
        Array.Resize(ref cells, (cells.Length + 15) / 16 * 16);
        var quantiles = new float[cells.Length];
        NormalNoise.Quantiles(cells, quantiles);
        var worst = cells.Zip(quantiles).Max(p => Math.Abs((p.Second / NormalDistribution.Quantile((p.First + 0.5) / 4294967296)) - 1));
        Assert.InRange(worst, 1e-9, 1e-6);
    }

    [Fact]
    public void Numbers_that_are_left_out_do_not_change_the_next_ones()
    {
        for (var before = 0; before < 5; before++)
        {
            for (var count = 0; count < 20; count++)
            {
                var (drawn, skipped) = (new RandomStream(5, "test", 3), new RandomStream(5, "test", 3));
                for (var i = 0; i < before; i++)
                {
                    drawn.NextUInt32();
                    skipped.NextUInt32();
                }
                for (var i = 0; i < count; i++)
                {
                    drawn.NextDouble();
                }
                skipped.SkipDoubles(count);
                Assert.Equal(drawn.NextUInt64(), skipped.NextUInt64());
            }
        }
    }

    // The lower half of the counter carries into its upper half on the way.
    [Fact]
    public void Many_blocks_are_the_blocks_one_by_one()
    {
        var words = new uint[64];
        Philox.Fill(0xFFFFFFFA, 0x123456789ABCDEF0, 0x0FEDCBA987654321, words);
        for (var b = 0; b < 16; b++)
        {
            var block = Philox.Block(0xFFFFFFFA + (ulong)b, 0x123456789ABCDEF0, 0x0FEDCBA987654321);
            Assert.Equal([(uint)block, (uint)(block >> 32), (uint)(block >> 64), (uint)(block >> 96)], words[(4 * b)..((4 * b) + 4)]);
        }
    }
}
