using System.Text;

namespace Galatent.Numerics;

/// <summary>
/// A stream of random numbers named by (seed, purpose, index): Philox4x32-10, counter-based (Salmon et al. 2011, SC'11,
/// doi:10.1145/2063384.2063405).
/// Any stream can be opened at once without drawing the ones before it, so results depend neither on the number of threads nor on
/// what another stage draws: give every galaxy, bootstrap replica or epoch its own index.
/// </summary>
public struct RandomStream
{
    // Quantiles are computed for so many at once; a multiple of four, and of any register.
    private const int NormalBatch = 64;
    private const double Cell32 = 1.0 / (1UL << 32);

    private readonly uint _key0;
    private readonly uint _key1;
    private readonly ulong _index;
    private ulong _block;
    private UInt128 _buffer;
    private int _left;
    private double _spareNormal;

    /// <summary>Opens the stream <paramref name="index"/> of a purpose.</summary>
    /// <param name="seed">The user's root seed.</param>
    /// <param name="purpose">What the numbers are for, e.g. "population" or "split"; different names give independent streams.</param>
    /// <param name="index">Which of the purpose's streams, e.g. the galaxy's number.</param>
    public RandomStream(ulong seed, string purpose, ulong index = 0)
    {
        var key = Mix(seed ^ Mix(Fnv1a(purpose)));
        (_key0, _key1) = ((uint)key, (uint)(key >> 32));
        _index = index;
        _spareNormal = double.NaN;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_left == 0)
        {
            _buffer = Block((uint)_block, (uint)(_block >> 32), (uint)_index, (uint)(_index >> 32), _key0, _key1);
            _block++;
            _left = 4;
        }
        var value = (uint)_buffer;
        _buffer >>= 32;
        _left--;
        return value;
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64() => NextUInt32() | ((ulong)NextUInt32() << 32);

    /// <summary>Uniform in the open interval (0, 1): the midpoints of 2^53 equal cells, so that logarithms and inverse CDFs are
    /// finite.</summary>
    public double NextDouble() => ((NextUInt64() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>A uniform integer in [0, <paramref name="exclusiveMax"/>), without modulo bias (Lemire 2019).</summary>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        var bound = (uint)exclusiveMax;
        var product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            var threshold = (0u - bound) % bound;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * bound;
            }
        }
        return (int)(product >> 32);
    }

    /// <summary>A standard normal deviate (Box and Muller 1958; the second of each pair is kept for the next call).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            var spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }
        var radius = Math.Sqrt(-2 * Math.Log(NextDouble()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * NextDouble());
        _spareNormal = radius * sin;
        return radius * cos;
    }

    /// <summary>Fills a span with standard normal deviates: quantiles (<see cref="NormalDistribution.Quantile(double)"/>) of the midpoints
    /// of 2^32 cells, so none lies beyond 6.34. It begins with a new block of the stream.</summary>
    public void FillNormal(Span<float> deviates)
    {
        _left = 0;
        Span<double> probability = stackalloc double[NormalBatch];
        for (var start = 0; start < deviates.Length; start += NormalBatch)
        {
            for (var i = 0; i < NormalBatch; i += 4)
            {
                var block = Block((uint)_block, (uint)(_block >> 32), (uint)_index, (uint)(_index >> 32), _key0, _key1);
                _block++;
                var (low, high) = ((ulong)block, (ulong)(block >> 64));
                probability[i] = ((uint)low + 0.5) * Cell32;
                probability[i + 1] = ((low >> 32) + 0.5) * Cell32;
                probability[i + 2] = ((uint)high + 0.5) * Cell32;
                probability[i + 3] = ((high >> 32) + 0.5) * Cell32;
            }
            var part = deviates.Slice(start, Math.Min(NormalBatch, deviates.Length - start));
            NormalDistribution.Quantile(probability, part);
        }
    }

    /// <summary>Puts the items into a uniformly random order (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>One Philox4x32-10 block, lowest word first.</summary>
    internal static UInt128 Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < 10; round++)
        {
            var p0 = 0xD2511F53UL * c0;
            var p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return new UInt128(c2 | ((ulong)c3 << 32), c0 | ((ulong)c1 << 32));
    }

    private static ulong Fnv1a(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 0x100000001B3UL;
        }
        return hash;
    }

    // The finaliser of SplitMix64 (Steele et al. 2014): neighbouring seeds must not give neighbouring keys.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
