using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Mocks;

/// <summary>A mock survey from a description: redshift, brightness and noise are drawn for each mock.</summary>
public sealed class DescribedSurvey : MockSurvey
{
    private const double SpeedOfLightAngstromPerSecond = 2.99792458e18;
    private const double ReferenceAngstrom = 5250;

    // Fluxes of a sample span about three magnitudes; brighter galaxies are below a percent.
    private const double MagnitudeRange = 3;
    private const double EuclideanSlope = 0.6;

    // Scatter of the light that fibres miss, mag: our choice.
    private const double FibreScatterMag = 0.3;

    // Bits of /mask, and the line of the night sky that import always masks.
    private const byte NoCoverage = 1;
    private const byte SkyLine = 4;
    private static readonly (double Low, double High) Sky = (5571, 5586);

    private readonly SurveyDescription _survey;
    private readonly double[] _cumulative;
    private readonly (double X, double Y)[] _sky;
    private readonly (double X, double Y)[] _source;
    private readonly double _cellAngstrom;

    /// <param name="survey">What the survey is like.</param>
    /// <param name="grid">The pixels of the mocks.</param>
    public DescribedSurvey(SurveyDescription survey, WavelengthGrid grid)
    {
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(grid);
        _survey = survey;
        _sky = Array.ConvertAll(survey.Noise, n => (n.Angstrom, n.Sky));
        _source = Array.ConvertAll(survey.Noise, n => (n.Angstrom, n.Source));
        _cellAngstrom = grid.CellWidthAngstrom(grid.Nearest(ReferenceAngstrom));
        _cumulative = new double[survey.Redshifts.Length];
        for (var i = 1; i < _cumulative.Length; i++)
        {
            var (low, high) = (survey.Redshifts[i - 1], survey.Redshifts[i]);
            _cumulative[i] = _cumulative[i - 1] + (0.5 * (low.Density + high.Density) * (high.Redshift - low.Redshift));
        }
    }

    /// <inheritdoc/>
    public override string Description => $"like {_survey.Words}";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterColumn> Columns { get; } =
    [
        new("sn_median", "", "signal-to-noise for each observed angstrom at rest 5250 angstrom", []),
        new("norm_kind", "", "normalised at 5000-5500 angstrom (0)", []),
        new("lsf_fwhm_rest", "angstrom", "full width of a line at rest 5250 angstrom", []),
        new("chi2_expected", "", "chi squared per pixel of a perfect model: pixels share data", []),
    ];

    /// <inheritdoc/>
    public override MockConditions Conditions(ulong seed, int mock)
    {
        var stream = new RandomStream(seed, "described survey", (ulong)mock);
        var redshift = Redshift(stream.NextDouble());
        // dN/dm ~ 10^(0.6 m) below the limit.
        var faintest = Math.Log10(1 - (stream.NextDouble() * (1 - Math.Pow(10, -EuclideanSlope * MagnitudeRange)))) / EuclideanSlope;
        var magnitude = _survey.MagnitudeLimit + faintest + _survey.FibreLossMag + (FibreScatterMag * stream.NextNormal());
        var observed = ReferenceAngstrom * (1 + redshift);
        var (resolution, noise) = (0, 0);
        var width = Linear(_survey.Resolution, observed, ref resolution) / (1 + redshift);
        var flux = FluxPerAngstrom(magnitude, observed);
        return new MockConditions(
            mock,
            redshift,
            magnitude,
            width,
            Expected(redshift),
            [flux / Math.Sqrt(Variance(observed, flux, ref noise)), 0, width, Expected(redshift)]
        );
    }

    /// <inheritdoc/>
    public override void Pixels(
        ulong seed,
        int mock,
        MockConditions conditions,
        WavelengthGrid grid,
        Span<float> inverseVariance,
        Span<byte> mask
    )
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(grid);
        var stretch = 1 + conditions.Redshift;
        var reference = ReferenceAngstrom * stretch;
        var flux = FluxPerAngstrom(conditions.RestMagnitude, reference);
        var node = 0;
        for (var j = 0; j < mask.Length; j++)
        {
            var (low, high) = (grid.CellEdgeAngstrom[j] * stretch, grid.CellEdgeAngstrom[j + 1] * stretch);
            var middle = 0.5 * (low + high);
            mask[j] =
                low < _survey.Coverage.LowAngstrom || high > _survey.Coverage.HighAngstrom ? NoCoverage
                : middle >= Sky.Low && middle <= Sky.High ? SkyLine
                : (byte)0;
            // Flux per hertz, in units of that at the reference.
            var perHertz = middle / reference * (middle / reference) / flux;
            inverseVariance[j] = mask[j] == 0 ? (float)((high - low) / (Variance(middle, flux, ref node) * perHertz * perHertz)) : 0;
        }
    }

    // A cell of width w and pixels of width D share data: w/D (1 - w/3D) is the mean of ivar V for cells narrower than pixels, 1 - D/3w
    // for wider ones, over all places of the edges.
    private double Expected(double redshift)
    {
        var observed = ReferenceAngstrom * (1 + redshift);
        var ratio = _cellAngstrom * (1 + redshift) / _survey.PixelAngstrom(observed);
        return ratio < 1 ? ratio * (1 - (ratio / 3)) : 1 - (1 / (3 * ratio));
    }

    private double Redshift(double uniform)
    {
        var target = uniform * _cumulative[^1];
        var i = Math.Clamp(Array.FindIndex(_cumulative, c => c >= target), 1, _cumulative.Length - 1);
        var share = (target - _cumulative[i - 1]) / (_cumulative[i] - _cumulative[i - 1]);
        return _survey.Redshifts[i - 1].Redshift + (share * (_survey.Redshifts[i].Redshift - _survey.Redshifts[i - 1].Redshift));
    }

    // Both curves have the same nodes.
    private double Variance(double angstrom, double flux, ref int node) =>
        Linear(_sky, angstrom, ref node) + (flux * Linear(_source, angstrom, ref node));

    // 10^-17 erg/s/cm²/Å.
    private static double FluxPerAngstrom(double magnitude, double angstrom) =>
        1e17 * Math.Pow(10, -0.4 * (magnitude + 48.60)) * SpeedOfLightAngstromPerSecond / (angstrom * angstrom);

    // Constant beyond both ends. The search begins at a node and leaves where it ended: for wavelengths that rise it takes no time.
    private static double Linear((double X, double Y)[] nodes, double x, ref int i)
    {
        while (i < nodes.Length && nodes[i].X < x)
        {
            i++;
        }
        return i == 0 ? nodes[0].Y
            : i == nodes.Length ? nodes[^1].Y
            : nodes[i - 1].Y + ((nodes[i].Y - nodes[i - 1].Y) * (x - nodes[i - 1].X) / (nodes[i].X - nodes[i - 1].X));
    }
}
