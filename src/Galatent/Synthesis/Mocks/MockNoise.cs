using System.Buffers;
using System.Numerics;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Mocks;

/// <summary>
/// Noise of a spectrum whose cells share pixels. 1/ivar counts what neighbours share once, so that sums over many cells are right, and the
/// variance of a single cell is only E/ivar, E the chi² per pixel of a perfect model. White noise smoothed by (a, 1 - 2a, a) has both:
/// its sum keeps the variance, and that of a cell falls by 6a² - 4a + 1 = E. It is white in cells that are wider than any pixel, which
/// share nothing.
/// </summary>
internal sealed class MockNoise
{
    // The widest pixels of SDSS are 2.1 Å. The study's cells are 0.9 Å, and 10 to 20 Å outside 3602-7402 Å.
    private const double SharingCellAngstrom = 5;

    // The largest smoothing by three weights: all equal.
    private const double LeastExpected = 1 / 3.0;

    // 1 where cells share data, 0 elsewhere.
    private readonly float[] _shared;

    public MockNoise(WavelengthGrid grid) =>
        _shared = [.. Enumerable.Range(0, grid.Count).Select(j => grid.CellWidthAngstrom(j) < SharingCellAngstrom ? 1f : 0)];

    /// <summary>The side weight a for a variance of E: the root of 6a² - 4a + 1 = E between 0 and 1/3.</summary>
    public static double SideWeight(double expected) => (2 - Math.Sqrt(4 - (6 * (1 - Math.Clamp(expected, LeastExpected, 1))))) / 6;

    /// <summary>Adds noise to the good pixels.</summary>
    /// <param name="flux">The spectrum, in place.</param>
    /// <param name="inverseVariance">1/sigma² of the pixels, 0 in bad ones.</param>
    /// <param name="expected">Mean of chi² per good pixel.</param>
    /// <param name="stream">Random numbers of this spectrum.</param>
    public void Add(Span<float> flux, ReadOnlySpan<float> inverseVariance, double expected, RandomStream stream)
    {
        var side = (float)SideWeight(ExpectedWhereShared(inverseVariance, expected));
        // The cells beyond both ends are drawn too, so that the first and the last have the same noise as others.
        var drawn = ArrayPool<float>.Shared.Rent(flux.Length + 2);
        var normal = drawn.AsSpan(0, flux.Length + 2);
        stream.FillNormal(normal);
        var j = 0;
        for (; j <= flux.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            var here = new Vector<float>(normal[(j + 1)..]);
            var around = new Vector<float>(normal[j..]) + new Vector<float>(normal[(j + 2)..]);
            var ivar = new Vector<float>(inverseVariance[j..]);
            var unit = here + (side * new Vector<float>(_shared.AsSpan(j)) * (around - (2 * here)));
            var noise = unit / Vector.SquareRoot(ivar);
            var isGood = Vector.GreaterThan(ivar, Vector<float>.Zero);
            (new Vector<float>(flux[j..]) + Vector.ConditionalSelect(isGood, noise, Vector<float>.Zero)).CopyTo(flux[j..]);
        }
        for (; j < flux.Length; j++)
        {
            var unit = normal[j + 1] + (side * _shared[j] * (normal[j] + normal[j + 2] - (2 * normal[j + 1])));
            flux[j] += inverseVariance[j] > 0 ? unit / MathF.Sqrt(inverseVariance[j]) : 0;
        }
        ArrayPool<float>.Shared.Return(drawn);
    }

    // The mean over all good pixels is E, and wide cells have 1.
    private double ExpectedWhereShared(ReadOnlySpan<float> inverseVariance, double expected)
    {
        var (sums, j) = ((Shared: Vector<float>.Zero, Good: Vector<float>.Zero), 0);
        for (; j <= inverseVariance.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            var isGood = Vector.GreaterThan(new Vector<float>(inverseVariance[j..]), Vector<float>.Zero);
            sums.Good += Vector.ConditionalSelect(isGood, Vector<float>.One, Vector<float>.Zero);
            sums.Shared += Vector.ConditionalSelect(isGood, new Vector<float>(_shared.AsSpan(j)), Vector<float>.Zero);
        }
        // Whole numbers below 2^24, so that single precision is exact.
        var (shared, good) = (Vector.Sum(sums.Shared), Vector.Sum(sums.Good));
        for (; j < inverseVariance.Length; j++)
        {
            shared += inverseVariance[j] > 0 ? _shared[j] : 0;
            good += inverseVariance[j] > 0 ? 1 : 0;
        }
        return shared == 0 ? 1 : ((expected * good) - (good - shared)) / shared;
    }
}
