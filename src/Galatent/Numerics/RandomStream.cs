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
    // Deviates are computed for so many at once; a multiple of sixteen, and of any register.
    private const int NormalBatch = 64;

    private readonly ulong _key;
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
        _key = Mix(seed ^ Mix(Fnv1a(purpose)));
        _index = index;
        _spareNormal = double.NaN;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_left == 0)
        {
            _buffer = Philox.Block(_block, _index, _key);
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

    /// <summary>Leaves out numbers, as if <see cref="NextDouble"/> had been called so many times.</summary>
    /// <param name="count">How many, at least 0.</param>
    internal void SkipDoubles(int count)
    {
        var words = 2 * count;
        for (; words > 0 && _left > 0; words--)
        {
            NextUInt32();
        }
        _block += (ulong)(words / 4);
        for (words %= 4; words > 0; words--)
        {
            NextUInt32();
        }
    }

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

    /// <summary>Fills a span with standard normal deviates of single precision: quantiles of the midpoints of 2^32 cells, so none lies
    /// beyond 6.34; their relative error is below 1e-6. It begins with a new block of the stream.</summary>
    public void FillNormal(Span<float> deviates)
    {
        _left = 0;
        Span<uint> words = stackalloc uint[NormalBatch];
        Span<float> batch = stackalloc float[NormalBatch];
        for (var start = 0; start < deviates.Length; start += NormalBatch)
        {
            Philox.Fill(_block, _index, _key, words);
            _block += NormalBatch / 4;
            NormalNoise.Quantiles(words, batch);
            batch[..Math.Min(NormalBatch, deviates.Length - start)].CopyTo(deviates[start..]);
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
