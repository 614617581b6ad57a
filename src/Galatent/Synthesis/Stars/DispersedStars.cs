using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Stars with one velocity dispersion, or with any between 50 and 300 km/s. In the second case the table is broadened to eleven
/// dispersions, and a galaxy's spectrum is interpolated between two of them, linearly in sigma^2.
/// A spectrum with its own resolution s0, broadened by sigma, obeys the heat equation in sigma^2. So the error is below 0.07 (step/(s0^2 +
/// sigma^2))^2 of a feature: 1 % of its depth.
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
            VelocityDispersion.BroadenOnGrid(table, v, grid),
            options.MetallicityScatterDex
        ));
    }

    /// <summary>A composite for everything that does not depend on the dispersion: metallicities and tiles.</summary>
    public StellarComposite Any => _composites[0];

    /// <summary>Whether galaxies differ in dispersion.</summary>
    public bool HasSeveralDispersions => _variance.Length > 1;

    /// <summary>Galaxies with the same number here can be computed in one batch.</summary>
    public int Batch(CompositeStellarPopulation galaxy) => (Interval(galaxy).Lower * 1000) + Any.Interval(galaxy.LogZStar);

    /// <summary>The groups whose light adds up to that of a batch (<see cref="Batch"/>): one, or one for each of two dispersions. The
    /// caller must dispose them.</summary>
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
