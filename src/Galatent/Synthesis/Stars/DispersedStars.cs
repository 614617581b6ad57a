using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Stars of one velocity dispersion, or of any between 50 and 300 km/s. For the latter the table is broadened to eleven dispersions, and a
/// galaxy's spectrum is interpolated between two of them, linearly in sigma^2. A spectrum of own resolution s0 seen through sigma obeys the
/// heat equation in sigma^2, so the error is below 0.07 (step/(s0^2 + sigma^2))^2 of a feature: 1 % of its depth.
/// </summary>
internal sealed class DispersedStars
{
    private const int NodeCount = 11;

    private readonly double[] _variance;
    private readonly StellarComposite[] _composites;

    public DispersedStars(SspTable table, WavelengthGrid grid, SynthesisOptions options)
    {
        var ratio = VelocityDispersionRelation.GreatestKmPerS / VelocityDispersionRelation.LeastKmPerS;
        double[] nodes = options.StellarVelocityByMass
            ?
            [
                .. Enumerable
                    .Range(0, NodeCount)
                    .Select(k => VelocityDispersionRelation.LeastKmPerS * Math.Pow(ratio, k / (NodeCount - 1.0))),
            ]
            : [options.StellarVelocityKmPerS];
        _variance = Array.ConvertAll(nodes, v => v * v);
        _composites = Array.ConvertAll(nodes, v => new StellarComposite(
            VelocityDispersion.Broaden(table, v).OnGrid(grid),
            options.MetallicityScatterDex
        ));
    }

    /// <summary>What does not depend on the dispersion: metallicities and tiles.</summary>
    public StellarComposite Any => _composites[0];

    /// <summary>Galaxies of the same number can be composed in one batch.</summary>
    public int Batch(CompositeStellarPopulation galaxy) => (Interval(galaxy).Lower * 1000) + Any.Interval(galaxy.LogZStar);

    /// <summary>The groups whose light sums to that of a batch (<see cref="Batch"/>): one, or one for each of the two dispersions. Dispose
    /// them.</summary>
    public (StellarComposite Stars, MetallicityGroup Group)[] Groups(
        ReadOnlySpan<CompositeStellarPopulation> galaxies,
        ReadOnlySpan<int> rows
    )
    {
        var first = galaxies[rows[0]];
        var metallicity = Any.Interval(first.LogZStar);
        var lower = Interval(first).Lower;
        if (_variance.Length == 1)
        {
            return [(Any, Any.Group(galaxies, rows, metallicity, null))];
        }
        var upperShare = new double[rows.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            upperShare[r] = Interval(galaxies[rows[r]]).Share;
        }
        return
        [
            (_composites[lower], _composites[lower].Group(galaxies, rows, metallicity, Array.ConvertAll(upperShare, s => 1 - s))),
            (_composites[lower + 1], _composites[lower + 1].Group(galaxies, rows, metallicity, upperShare)),
        ];
    }

    private (int Lower, double Share) Interval(CompositeStellarPopulation galaxy) =>
        _variance.Length == 1 ? (0, 0) : SortedAxis.Bracket(_variance, galaxy.VelocityDispersionKmPerS * galaxy.VelocityDispersionKmPerS);
}
