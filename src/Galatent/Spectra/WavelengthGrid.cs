using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>Wavelengths of the pixels and the edges of their cells, vacuum, ångström, ascending.</summary>
public sealed class WavelengthGrid
{
    private static readonly Lazy<double[]> FspsMilesWavelengths = new(() => EmbeddedNumbers.Read("fsps_miles_wavelength.txt"));
    private static readonly Lazy<WavelengthGrid> StudyGrid = new(() => FspsMiles(1000, 10000));

    /// <summary>Makes a grid from pixel centres. Cells end midway between neighbours; the first and last cells are symmetric about their
    /// centres.</summary>
    /// <param name="wavelengthAngstrom">Vacuum wavelengths in Å, positive, strictly ascending, at least two.</param>
    public WavelengthGrid(double[] wavelengthAngstrom)
        : this(wavelengthAngstrom, Midpoints(wavelengthAngstrom)) { }

    private WavelengthGrid(double[] wavelength, double[] edges) => (WavelengthAngstrom, CellEdgeAngstrom) = (wavelength, edges);

    /// <summary>The study's grid: the FSPS MILES grid from 1000 to 10000 Å, 4582 pixels from 1005 to 9990 Å. 4222 of them are 0.9 Å
    /// apart, from 3602 to 7402 Å; the others 4 to 20 Å.</summary>
    public static WavelengthGrid Study => StudyGrid.Value;

    /// <summary>Pixel centres, Å, vacuum; shape (count).</summary>
    public double[] WavelengthAngstrom { get; }

    /// <summary>Cell edges, Å; shape (count + 1). Cell i is [edge i, edge i+1].</summary>
    public double[] CellEdgeAngstrom { get; }

    /// <summary>Number of pixels.</summary>
    public int Count => WavelengthAngstrom.Length;

    /// <summary>Width of cell <paramref name="i"/>, Å.</summary>
    public double CellWidthAngstrom(int i) => CellEdgeAngstrom[i + 1] - CellEdgeAngstrom[i];

    /// <summary>The part of the 5994-point FSPS MILES grid (91 Å to 1e8 Å) inside [low, high] Å. Cells end midway between neighbours of
    /// the whole grid.</summary>
    public static WavelengthGrid FspsMiles(double lowAngstrom, double highAngstrom)
    {
        var whole = FspsMilesWavelengths.Value;
        var edges = Midpoints(whole);
        var first = LowerBound(whole, lowAngstrom);
        var end = LowerBound(whole, Math.BitIncrement(highAngstrom));
        return new WavelengthGrid(whole[first..end], edges[first..(end + 1)]);
    }

    /// <summary>Indices [first, end) of the pixels whose centres lie in [low, high] Å.</summary>
    public (int First, int End) Range(double lowAngstrom, double highAngstrom) =>
        (LowerBound(WavelengthAngstrom, lowAngstrom), LowerBound(WavelengthAngstrom, Math.BitIncrement(highAngstrom)));

    /// <summary>The pixel whose centre is nearest to a wavelength in Å.</summary>
    public int Nearest(double angstrom)
    {
        var above = Math.Clamp(LowerBound(WavelengthAngstrom, angstrom), 1, Count - 1);
        return angstrom - WavelengthAngstrom[above - 1] <= WavelengthAngstrom[above] - angstrom ? above - 1 : above;
    }

    /// <summary>Whether both grids have the same pixels to 1e-6 relative. Files may hold wavelengths as float32.</summary>
    public bool IsSameAs(WavelengthGrid other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Count == other.Count
            && WavelengthAngstrom.Zip(other.WavelengthAngstrom).All(p => Math.Abs(p.First - p.Second) <= 1e-6 * p.First);
    }

    /// <summary>First index whose value is at least <paramref name="x"/>; the length when there is none.</summary>
    internal static int LowerBound(ReadOnlySpan<double> ascending, double x)
    {
        var index = ascending.BinarySearch(x);
        return index >= 0 ? index : ~index;
    }

    private static double[] Midpoints(double[] wavelength)
    {
        ArgumentNullException.ThrowIfNull(wavelength);
        var n = wavelength.Length;
        if (n < 2)
        {
            throw new InputException($"A wavelength grid needs at least 2 pixels, not {n}.");
        }
        for (var i = 0; i < n; i++)
        {
            if (!(wavelength[i] > (i == 0 ? 0 : wavelength[i - 1])) || !double.IsFinite(wavelength[i]))
            {
                throw new InputException($"Wavelengths must be positive, finite and ascending: pixel {i} has {wavelength[i]} Å.");
            }
        }
        var edges = new double[n + 1];
        for (var i = 1; i < n; i++)
        {
            edges[i] = 0.5 * (wavelength[i - 1] + wavelength[i]);
        }
        edges[0] = wavelength[0] - (edges[1] - wavelength[0]);
        edges[n] = wavelength[n - 1] + (wavelength[n - 1] - edges[n - 1]);
        return edges;
    }
}
