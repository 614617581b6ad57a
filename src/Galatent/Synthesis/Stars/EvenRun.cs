using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// A run of pixels with even steps that resolve the table's lines and the smallest velocity dispersion. There a composed spectrum is
/// broadened on its pixels, to any dispersion, for a tenth of the price of a second composition. Beyond both ends the run goes on for as
/// far as the kernels reach.
/// </summary>
internal sealed class EvenRun
{
    // Pixels that share one kernel, as many as the widest register holds. On the study's pixels its width is right to 0.2 %.
    private const int BlockPixels = 16;

    // For fewer pixels it does not pay.
    private const int FewestPixels = 128;

    // Of wider kernels the ends would be longer than the run, or the kernels longer than they save.
    private const int LongestReach = 256;

    // Largest change of the step from one pixel to the next, and over half a block in units of a step; a rounded wavelength may make 1 %.
    private const double Unevenness = 0.02;

    // Pixels that are wider than the nodes of the table may not resolve its lines, and cannot be broadened after averaging.
    private const double WidestPixelNodes = 1.2;

    private readonly float[] _stepKmPerS;
    private readonly EvenKernels _kernels;

    private EvenRun(SspTable table, WavelengthGrid grid, (int First, int Count) pixels, EvenKernels kernels, double scatterDex)
    {
        (First, Count) = pixels;
        _kernels = kernels;
        var wavelength = grid.WavelengthAngstrom;
        _stepKmPerS =
        [
            .. Enumerable
                .Range(0, (Count + BlockPixels - 1) / BlockPixels)
                .Select(b => StepKmPerS(wavelength, First + Start(b) + (BlockPixels / 2))),
        ];
        Stars = new StellarComposite(table.OnGrid(new WavelengthGrid(Continued(wavelength, First, Count, kernels.Reach))), scatterDex);
    }

    /// <summary>The first pixel on the grid.</summary>
    public int First { get; }

    /// <summary>Number of pixels on the grid.</summary>
    public int Count { get; }

    /// <summary>Pixels of <see cref="Stars"/>.</summary>
    public int CountWithEnds => Count + (2 * _kernels.Reach);

    /// <summary>Unbroadened light on the pixels of the run and beyond its ends.</summary>
    public StellarComposite Stars { get; }

    /// <summary>All runs of a grid; none when the stars are already on its pixels, whose values are then not averages.</summary>
    public static IReadOnlyList<EvenRun> Find(SspTable table, WavelengthGrid grid, double scatterDex)
    {
        var runs = new List<EvenRun>();
        for (int first = 0, end; first < grid.Count && !table.IsOn(grid); first = end + 1)
        {
            end = first;
            while (end < grid.Count && IsEven(table, grid.WavelengthAngstrom, end))
            {
                end++;
            }
            if (end - first >= FewestPixels && Inside(table, grid, first, end - first, scatterDex) is { } run)
            {
                runs.Add(run);
            }
        }
        return runs;
    }

    /// <summary>Broadens the light of one galaxy's young and old stars.</summary>
    /// <param name="young">On the pixels of <see cref="Stars"/>.</param>
    /// <param name="old">On the same pixels.</param>
    /// <param name="kmPerS">Standard deviation of the velocities.</param>
    /// <param name="broadYoung">Receives the pixels of the run.</param>
    /// <param name="broadOld">Receives the pixels of the run.</param>
    public void Broaden(ReadOnlySpan<float> young, ReadOnlySpan<float> old, double kmPerS, Span<float> broadYoung, Span<float> broadOld)
    {
        Span<float> weights = stackalloc float[_kernels.Reach + 1];
        var entry = 0;
        for (var block = 0; block < _stepKmPerS.Length; block++)
        {
            var sigma = (float)kmPerS / _stepKmPerS[block];
            var half = _kernels.At(sigma * sigma, ref entry, weights);
            var start = Start(block);
            var around = (start + _kernels.Reach - half)..(start + _kernels.Reach + half + BlockPixels);
            Convolve(
                young[around],
                old[around],
                weights[..(half + 1)],
                broadYoung.Slice(start, BlockPixels),
                broadOld.Slice(start, BlockPixels)
            );
        }
    }

    // Both at once, because a processor adds a number to a sum in four cycles and begins two such sums in each cycle. Without fused
    // operations, so that the bits do not depend on the width of the registers.
    private static void Convolve(
        ReadOnlySpan<float> young,
        ReadOnlySpan<float> old,
        ReadOnlySpan<float> weights,
        Span<float> broadYoung,
        Span<float> broadOld
    )
    {
        var half = weights.Length - 1;
        ref var y = ref MemoryMarshal.GetReference(young);
        ref var o = ref MemoryMarshal.GetReference(old);
        var sumYoung = weights[0] * Vector512.LoadUnsafe(ref y, (nuint)half);
        var sumOld = weights[0] * Vector512.LoadUnsafe(ref o, (nuint)half);
        for (var k = 1; k <= half; k++)
        {
            var (left, right) = ((nuint)(half - k), (nuint)(half + k));
            var weight = Vector512.Create(weights[k]);
            sumYoung += weight * (Vector512.LoadUnsafe(ref y, left) + Vector512.LoadUnsafe(ref y, right));
            sumOld += weight * (Vector512.LoadUnsafe(ref o, left) + Vector512.LoadUnsafe(ref o, right));
        }
        sumYoung.CopyTo(broadYoung);
        sumOld.CopyTo(broadOld);
    }

    // The last block ends with the run; it repeats pixels of the one before.
    private int Start(int block) => Math.Min(block * BlockPixels, Count - BlockPixels);

    private static bool IsEven(SspTable table, double[] wavelength, int pixel)
    {
        const int around = BlockPixels / 2;
        if (pixel < around || pixel >= wavelength.Length - around)
        {
            return false;
        }
        var (below, above) = (wavelength[pixel] - wavelength[pixel - 1], wavelength[pixel + 1] - wavelength[pixel]);
        var least = VelocityDispersionRelation.LeastKmPerS / PhysicalConstants.SpeedOfLightKmPerS * wavelength[pixel];
        var drift = wavelength[pixel + around] - (2 * wavelength[pixel]) + wavelength[pixel - around];
        return Math.Abs((above / below) - 1) <= Unevenness
            && Math.Abs(drift) <= Unevenness * around * above
            && least * least >= GaussianKernel.ThreeNodes * above * below
            && above <= WidestPixelNodes * NodeStep(table.WavelengthAngstrom, wavelength[pixel]);
    }

    // Mean step of the eight nodes around a wavelength.
    private static double NodeStep(double[] nodes, double angstrom)
    {
        var place = WavelengthGrid.LowerBound(nodes, angstrom);
        var (first, last) = (Math.Max(0, place - 4), Math.Min(nodes.Length - 1, place + 4));
        return (nodes[last] - nodes[first]) / (last - first);
    }

    // The run without the pixels whose kernels would reach beyond the table; null when few are left.
    private static EvenRun? Inside(SspTable table, WavelengthGrid grid, int first, int count, double scatterDex)
    {
        var wavelength = grid.WavelengthAngstrom;
        var steps = Enumerable.Range(first, count).Select(i => StepKmPerS(wavelength, i)).ToArray();
        var greatest = VelocityDispersionRelation.GreatestKmPerS / steps.Min();
        if (GaussianKernel.ReachSigma * greatest > LongestReach)
        {
            return null;
        }
        var kernels = new EvenKernels(Math.Pow(VelocityDispersionRelation.LeastKmPerS / steps.Max(), 2), greatest * greatest);
        var reach = kernels.Reach;
        var (nodes, end) = (table.WavelengthAngstrom, first + count);
        while (first + FewestPixels <= end && wavelength[first] - (reach * (wavelength[first + 1] - wavelength[first])) < nodes[0])
        {
            first++;
        }
        while (first + FewestPixels <= end && wavelength[end - 1] + (reach * (wavelength[end - 1] - wavelength[end - 2])) > nodes[^1])
        {
            end--;
        }
        var isLong = end - first >= FewestPixels && 2 * reach < end - first;
        return isLong ? new EvenRun(table, grid, (first, end - first), kernels, scatterDex) : null;
    }

    private static float StepKmPerS(double[] wavelength, int pixel) =>
        (float)(PhysicalConstants.SpeedOfLightKmPerS * 0.5 * (wavelength[pixel + 1] - wavelength[pixel - 1]) / wavelength[pixel]);

    private static double[] Continued(double[] wavelength, int first, int count, int reach)
    {
        var (below, above) = (wavelength[first + 1] - wavelength[first], wavelength[first + count - 1] - wavelength[first + count - 2]);
        return
        [
            .. Enumerable.Range(-reach, reach).Select(k => wavelength[first] + (k * below)),
            .. wavelength[first..(first + count)],
            .. Enumerable.Range(1, reach).Select(k => wavelength[first + count - 1] + (k * above)),
        ];
    }
}
