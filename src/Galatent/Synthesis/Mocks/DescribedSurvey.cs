using System.Numerics.Tensors;
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
    private readonly double _cellAngstrom;
    private readonly WavelengthGrid _grid;
    private readonly float[] _middleAngstrom;
    private readonly float[] _weight;

    /// <param name="survey">What the survey is like.</param>
    /// <param name="grid">The pixels of the mocks.</param>
    public DescribedSurvey(SurveyDescription survey, WavelengthGrid grid)
    {
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(grid);
        _survey = survey;
        _cellAngstrom = grid.CellWidthAngstrom(grid.Nearest(ReferenceAngstrom));
        _grid = grid;
        double[] middles = [.. grid.CellEdgeAngstrom.Zip(grid.CellEdgeAngstrom.Skip(1), (low, high) => 0.5 * (low + high))];
        _middleAngstrom = Array.ConvertAll(middles, x => (float)x);
        // Flux per hertz, in units of that at the reference, goes with λ².
        _weight = [.. middles.Select((x, j) => (float)(grid.CellWidthAngstrom(j) * Math.Pow(ReferenceAngstrom / x, 4)))];
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
        var width = At(_survey.Resolution, observed) / (1 + redshift);
        var flux = FluxPerAngstrom(magnitude, observed);
        return new MockConditions(
            mock,
            redshift,
            magnitude,
            width,
            Expected(redshift),
            [flux / Math.Sqrt(At(Variance(flux), observed)), 0, width, Expected(redshift)]
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
        if (!ReferenceEquals(grid, _grid) && !grid.IsSameAs(_grid))
        {
            throw new ArgumentException("The pixels are not those that this survey was made for.", nameof(grid));
        }
        var stretch = 1 + conditions.Redshift;
        var flux = FluxPerAngstrom(conditions.RestMagnitude, ReferenceAngstrom * stretch);
        mask.Fill(NoCoverage);
        inverseVariance.Clear();
        var edges = grid.CellEdgeAngstrom;
        // Pixels wholly inside the coverage.
        var first = First(edges, _survey.Coverage.LowAngstrom / stretch, 0);
        var end = Math.Max(first, First(edges, Math.BitIncrement(_survey.Coverage.HighAngstrom / stretch), first) - 1);
        mask[first..end].Clear();
        var variance = Variance(flux);
        while (first < end)
        {
            // Between two nodes the variance is a + b λ, so that whole runs of pixels are computed at once.
            var node = After(variance, _middleAngstrom[first] * stretch);
            var run = node == variance.Length ? end : Math.Max(first + 1, Math.Min(end, FirstMiddle(variance[node].X / stretch)));
            var (constant, slope) = Line(variance, node);
            var part = inverseVariance[first..run];
            TensorPrimitives.Multiply(_middleAngstrom.AsSpan(first..run), (float)(slope * stretch), part);
            TensorPrimitives.Add(part, (float)constant, part);
            TensorPrimitives.Divide(_weight.AsSpan(first..run), part, part);
            TensorPrimitives.Multiply(part, (float)(stretch * flux * flux), part);
            first = run;
        }
        MaskSky(edges, stretch, inverseVariance, mask);
    }

    // The first pixel whose middle lies beyond a wavelength.
    private int FirstMiddle(double angstrom)
    {
        var place = Array.BinarySearch(_middleAngstrom, (float)angstrom);
        return place < 0 ? ~place : place + 1;
    }

    // The first edge that is not below a wavelength.
    private static int First(double[] edges, double angstrom, int from)
    {
        var place = Array.BinarySearch(edges, from, edges.Length - from, angstrom);
        return place < 0 ? ~place : place;
    }

    private void MaskSky(double[] edges, double stretch, Span<float> inverseVariance, Span<byte> mask)
    {
        for (var j = Math.Max(0, First(edges, Sky.Low / stretch, 0) - 1); j < mask.Length && edges[j] * stretch <= Sky.High; j++)
        {
            if (mask[j] == 0 && _middleAngstrom[j] * stretch is var middle && middle >= Sky.Low && middle <= Sky.High)
            {
                (mask[j], inverseVariance[j]) = (SkyLine, 0);
            }
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

    // Variance of an observed ångström at the nodes.
    private (double X, double Y)[] Variance(double flux) => Array.ConvertAll(_survey.Noise, n => (n.Angstrom, n.Sky + (flux * n.Source)));

    // 10^-17 erg/s/cm²/Å.
    private static double FluxPerAngstrom(double magnitude, double angstrom) =>
        1e17 * Math.Pow(10, -0.4 * (magnitude + 48.60)) * SpeedOfLightAngstromPerSecond / (angstrom * angstrom);

    // The first node at or beyond x.
    private static int After((double X, double Y)[] nodes, double x) =>
        Array.FindIndex(nodes, n => n.X >= x) is var i and >= 0 ? i : nodes.Length;

    // The line a + b x before node i; constant beyond both ends.
    private static (double Constant, double Slope) Line((double X, double Y)[] nodes, int i)
    {
        if (i == 0 || i == nodes.Length)
        {
            return (nodes[Math.Max(0, i - 1)].Y, 0);
        }
        var slope = (nodes[i].Y - nodes[i - 1].Y) / (nodes[i].X - nodes[i - 1].X);
        return (nodes[i - 1].Y - (slope * nodes[i - 1].X), slope);
    }

    private static double At((double X, double Y)[] nodes, double x) =>
        Line(nodes, After(nodes, x)) is var (constant, slope) ? constant + (slope * x) : double.NaN;
}
