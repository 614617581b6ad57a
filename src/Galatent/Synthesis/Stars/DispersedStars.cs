using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Stars of galaxies that each have a velocity dispersion of their own, between 50 and 300 km/s. Where pixels are even and resolve the
/// dispersions, the light of a galaxy is composed once and broadened there (<see cref="EvenRun"/>). At the other pixels, 360 of the study's
/// 4582, the table is broadened to eleven dispersions, and a galaxy's light is interpolated between two of them, linearly in sigma^2.
/// A spectrum with its own resolution s0, broadened by sigma, obeys the heat equation in sigma^2. So the error is below 0.07 (step/(s0^2 +
/// sigma^2))^2 of a feature: 1 % of its depth.
/// </summary>
internal sealed class DispersedStars
{
    private const int NodeCount = 11;

    private readonly IReadOnlyList<EvenRun> _runs;
    private readonly int[] _pixels;
    private readonly double[] _variance;
    private readonly StellarComposite[] _nodes;

    public DispersedStars(SspTable table, WavelengthGrid grid, double scatterDex)
    {
        _runs = EvenRun.Find(table, grid, scatterDex);
        _pixels = [.. Enumerable.Range(0, grid.Count).Where(i => !_runs.Any(r => i >= r.First && i < r.First + r.Count))];
        var ratio = VelocityDispersionRelation.GreatestKmPerS / VelocityDispersionRelation.LeastKmPerS;
        double[] nodes =
        [
            .. Enumerable.Range(0, NodeCount).Select(k => VelocityDispersionRelation.LeastKmPerS * Math.Pow(ratio, k / (NodeCount - 1.0))),
        ];
        _variance = Array.ConvertAll(nodes, v => v * v);
        _nodes =
        [
            .. VelocityDispersion.BroadenOnGrid(table, nodes, grid, _pixels).Select(broad => new StellarComposite(broad, scatterDex)),
        ];
        Width = _pixels.Length + _runs.Sum(r => r.CountWithEnds);
    }

    /// <summary>Numbers per galaxy of light that is composed but not yet on the pixels.</summary>
    public int Width { get; }

    /// <summary>The order in which galaxies are composed fastest: by the pair of metallicities, then by the pair of dispersions.</summary>
    public int Order(CompositeStellarPopulation galaxy) => (_nodes[0].Interval(galaxy.LogZStar) * NodeCount) + Interval(galaxy).Lower;

    /// <summary>The pair of metallicities of an <see cref="Order"/>. Galaxies that have the same can be composed together.</summary>
    public static int Metallicity(int order) => order / NodeCount;

    /// <summary>Composes the light of galaxies of the same metallicities.</summary>
    /// <param name="galaxies">All galaxies.</param>
    /// <param name="rows">Those to compose, in their <see cref="Order"/>.</param>
    /// <param name="young">Receives light of young stars, shape (rows, <see cref="Width"/>).</param>
    /// <param name="old">Receives light of old stars.</param>
    public void Compose(ReadOnlySpan<CompositeStellarPopulation> galaxies, ReadOnlySpan<int> rows, Span<float> young, Span<float> old)
    {
        var metallicity = _nodes[0].Interval(galaxies[rows[0]].LogZStar);
        for (int start = 0, end; start < rows.Length; start = end)
        {
            var lower = Interval(galaxies[rows[start]]).Lower;
            end = start + 1;
            while (end < rows.Length && Interval(galaxies[rows[end]]).Lower == lower)
            {
                end++;
            }
            ComposeNodes(galaxies, rows[start..end], (metallicity, lower), young[(start * Width)..], old[(start * Width)..]);
        }
        if (_runs.Count > 0)
        {
            using var whole = _nodes[0].Group(galaxies, rows, metallicity);
            var start = _pixels.Length;
            foreach (var run in _runs)
            {
                run.Stars.ComposeRows(whole, young[start..], old[start..], Width);
                start += run.CountWithEnds;
            }
        }
    }

    private void ComposeNodes(
        ReadOnlySpan<CompositeStellarPopulation> galaxies,
        ReadOnlySpan<int> rows,
        (int Metallicity, int Dispersion) lower,
        Span<float> young,
        Span<float> old
    )
    {
        var share = new double[rows.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            share[r] = Interval(galaxies[rows[r]]).Share;
        }
        using var below = _nodes[0].Group(galaxies, rows, lower.Metallicity, Array.ConvertAll(share, s => 1 - s));
        using var above = _nodes[0].Group(galaxies, rows, lower.Metallicity, share);
        _nodes[lower.Dispersion].ComposeRows(below, young, old, Width);
        _nodes[lower.Dispersion + 1].ComposeRows(above, young, old, Width, accumulate: true);
    }

    /// <summary>Broadens the light of one galaxy and puts it on the pixels.</summary>
    /// <param name="young">One row of <see cref="Compose"/>.</param>
    /// <param name="old">The same row.</param>
    /// <param name="kmPerS">The galaxy's dispersion.</param>
    /// <param name="youngPixels">Receives light of young stars.</param>
    /// <param name="oldPixels">Receives light of old stars.</param>
    public void Broaden(ReadOnlySpan<float> young, ReadOnlySpan<float> old, double kmPerS, Span<float> youngPixels, Span<float> oldPixels)
    {
        for (var i = 0; i < _pixels.Length; i++)
        {
            (youngPixels[_pixels[i]], oldPixels[_pixels[i]]) = (young[i], old[i]);
        }
        // As at the other pixels, whose interval ends there.
        kmPerS = Math.Clamp(kmPerS, VelocityDispersionRelation.LeastKmPerS, VelocityDispersionRelation.GreatestKmPerS);
        var start = _pixels.Length;
        foreach (var run in _runs)
        {
            var end = start + run.CountWithEnds;
            run.Broaden(
                young[start..end],
                old[start..end],
                kmPerS,
                youngPixels.Slice(run.First, run.Count),
                oldPixels.Slice(run.First, run.Count)
            );
            start = end;
        }
    }

    private (int Lower, double Share) Interval(CompositeStellarPopulation galaxy) =>
        SortedAxis.Bracket(_variance, galaxy.VelocityDispersionKmPerS * galaxy.VelocityDispersionKmPerS);
}
