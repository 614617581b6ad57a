using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>
/// The light of one galaxy in double precision. It is split so that each part is linear in one ingredient; then derivatives have closed
/// forms. The physics is that of <see cref="SpectrumSynthesizer"/>, a thousand times slower.
/// </summary>
internal sealed class DetailedSpectrum
{
    private const double LymanAlphaAngstrom = 1215.67;

    private readonly SspTable _stars;
    private readonly double _lsun;
    private readonly SynthesisOptions _options;
    private readonly NebularLines _lines;
    private readonly StatedLines? _stated;
    private readonly LineProfiles _profiles;
    private readonly double[] _lineAngstrom;
    private readonly double[] _gasPerPhoton;

    public DetailedSpectrum(SspLibrary library, WavelengthGrid grid, SynthesisOptions options)
    {
        (Grid, _options, _lsun) = (grid, options, library.Stars.Provenance.SolarLuminosityErgPerSecond);
        _stars = VelocityDispersion.BroadenOnGrid(library.Stars, options.StellarVelocityKmPerS, grid);
        var low = Math.Max(options.LineRange.LowAngstrom, grid.CellEdgeAngstrom[0]);
        var high = Math.Min(options.LineRange.HighAngstrom, grid.CellEdgeAngstrom[^1]);
        var lines = library.Lines.Within(low, high);
        _stated = StatedLines.Of(library.Stars, low, high, options);
        _lines = new NebularLines(lines, _stars.LogAgeYr);
        _lineAngstrom = _stated?.WavelengthAngstrom ?? lines.WavelengthAngstrom;
        _profiles = new LineProfiles(grid, _lineAngstrom, options);
        _gasPerPhoton = Array.ConvertAll(grid.WavelengthAngstrom, w =>
            NebularContinuum.PerPhoton(w, options) * options.IonizingShare / _lsun
        );
        Ages = new AgeWeights(_stars.LogAgeYr, options.SplitAtNodes);
    }

    public WavelengthGrid Grid { get; }

    public AgeWeights Ages { get; }

    /// <summary>Emitted light for given masses on the age nodes; linear in the masses.</summary>
    public Light Emitted(CompositeStellarPopulation galaxy)
    {
        return Emitted(galaxy, Shares(galaxy), line => line.Value);
    }

    /// <summary>Derivative of the emitted light with respect to the stars' log Z. It is zero beyond the table, where the end of the table
    /// is used.</summary>
    public Light SlopeInStellarMetallicity(CompositeStellarPopulation galaxy)
    {
        var slopes = new double[_stars.MetallicityCount];
        MetallicityDistribution.Slopes(_stars.LogZ, galaxy.LogZStar, _options.MetallicityScatterDex, slopes);
        return Emitted(galaxy, slopes, line => line.Value);
    }

    /// <summary>Derivative of the emitted light with respect to log Zgas or log U. Only the lines change.</summary>
    public Light SlopeInGas(CompositeStellarPopulation galaxy, bool ofIonisation)
    {
        var light = Emitted(galaxy, Shares(galaxy), line => ofIonisation ? line.SlopeU : line.SlopeZ);
        Array.Clear(light.Young);
        Array.Clear(light.Old);
        return light;
    }

    /// <summary>The dust of a galaxy at the pixels and lines.</summary>
    public Attenuation Dust(CompositeStellarPopulation galaxy)
    {
        var w = Grid.WavelengthAngstrom;
        var pixels = AttenuationAt(galaxy, Array.ConvertAll(w, x => (x, x, 0.0)), w);
        var between = Array.ConvertAll(_lineAngstrom, line =>
            SortedAxis.Bracket(w, line) is var (lower, share) ? (w[lower], w[lower + 1], share) : default
        );
        return new Attenuation(pixels, AttenuationAt(galaxy, between, _lineAngstrom));
    }

    /// <summary>Light behind dust: L = [young x T1 + old] x T2 on the pixels. The lines are treated in the same way and drawn on the
    /// pixels. L_nu in Lsun/Hz.</summary>
    public double[] Attenuated(Light light, Attenuation dust)
    {
        var lnu = new double[Grid.Count];
        for (var i = 0; i < lnu.Length; i++)
        {
            lnu[i] = ((light.Young[i] * dust.Pixels.BirthCloud[i]) + light.Old[i]) * dust.Pixels.Diffuse[i];
        }
        for (var l = 0; l < _lineAngstrom.Length; l++)
        {
            _profiles.Add(l, ((light.LineYoung[l] * dust.Lines.BirthCloud[l]) + light.LineOld[l]) * dust.Lines.Diffuse[l], lnu);
        }
        return lnu;
    }

    private double[] Shares(CompositeStellarPopulation galaxy)
    {
        var shares = new double[_stars.MetallicityCount];
        MetallicityDistribution.Shares(_stars.LogZ, galaxy.LogZStar, _options.MetallicityScatterDex, shares);
        return shares;
    }

    private Light Emitted(
        CompositeStellarPopulation galaxy,
        double[] metallicities,
        Func<(double Value, double SlopeZ, double SlopeU), double> ofLine
    )
    {
        var n = Grid.Count;
        var nodes = _stars.AgeCount;
        var light = new Light(new double[n], new double[n], new double[_lineAngstrom.Length], new double[_lineAngstrom.Length]);
        for (var a = 0; a < nodes; a++)
        {
            var young = galaxy.YoungMass[a];
            var old = galaxy.OldMass[a];
            if (young == 0 && old == 0)
            {
                continue;
            }
            var photons = 0.0;
            for (var z = 0; z < metallicities.Length; z++)
            {
                if (metallicities[z] != 0)
                {
                    photons += a < _lines.NodeCount ? metallicities[z] * Photons(z, a) : 0;
                    Add(_stars[z, a], young * metallicities[z], light.Young);
                    Add(_stars[z, a], old * metallicities[z], light.Old);
                }
            }
            for (var i = 0; i < n && photons != 0; i++)
            {
                light.Young[i] += young * photons * _gasPerPhoton[i];
                light.Old[i] += old * photons * _gasPerPhoton[i];
            }
            if (_stated is not null)
            {
                AddStatedLines(light, galaxy, a, metallicities, ofLine((1, 0, 0)));
                continue;
            }
            AddLines(light, galaxy, a, photons * _options.IonizingShare / _lsun, ofLine);
        }
        return light;
    }

    private void AddLines(
        Light light,
        CompositeStellarPopulation galaxy,
        int node,
        double photons,
        Func<(double Value, double SlopeZ, double SlopeU), double> ofLine
    )
    {
        for (var l = 0; photons != 0 && l < _lineAngstrom.Length && _options.EmissionLines; l++)
        {
            var luminosity = photons * Escape(l) * ofLine(_lines.PerPhoton(galaxy.LogZGas, galaxy.LogU, l, node));
            light.LineYoung[l] += galaxy.YoungMass[node] * luminosity;
            light.LineOld[l] += galaxy.OldMass[node] * luminosity;
        }
    }

    // Stated lines do not depend on the gas metallicity and log U. So the factor is 0 for derivatives with respect to these, and 1
    // otherwise.
    private void AddStatedLines(Light light, CompositeStellarPopulation galaxy, int node, double[] metallicities, double factor)
    {
        for (var z = 0; z < metallicities.Length && factor != 0; z++)
        {
            var stated = _stated!.At(z, node);
            for (var l = 0; l < stated.Length; l++)
            {
                var luminosity = factor * metallicities[z] * _options.IonizingShare * Escape(l) * stated[l];
                light.LineYoung[l] += galaxy.YoungMass[node] * luminosity;
                light.LineOld[l] += galaxy.OldMass[node] * luminosity;
            }
        }
    }

    private double Escape(int line) => Math.Abs(_lineAngstrom[line] - LymanAlphaAngstrom) < 1 ? _options.LymanAlphaEscape : 1;

    private static void Add(ReadOnlySpan<float> template, double factor, double[] light)
    {
        for (var i = 0; i < light.Length && factor != 0; i++)
        {
            light[i] += factor * template[i];
        }
    }

    private double Photons(int z, int age) => Math.Pow(10, _stars.LogIonizingRate[(z * _stars.AgeCount) + age]);

    // The diffuse curve is interpolated between the two pixels around a line, as in FSPS. The curve of the birth clouds has its own
    // formula.
    private Transmissions AttenuationAt(CompositeStellarPopulation galaxy, (double Low, double High, double Share)[] between, double[] at)
    {
        double Between(Func<double, double, double> curve, (double Low, double High, double Share) p) =>
            p.Share == 0
                ? curve(p.Low, galaxy.DustIndex)
                : ((1 - p.Share) * curve(p.Low, galaxy.DustIndex)) + (p.Share * curve(p.High, galaxy.DustIndex));
        var isPower = _options.Dust == DustLaw.PowerLaw;
        var k = Array.ConvertAll(between, p => Between(isPower ? PowerLawDust.Curve : KriekConroyDust.Curve, p));
        var slope = Array.ConvertAll(between, p => Between(isPower ? PowerLawDust.CurveSlope : KriekConroyDust.CurveSlope, p));
        var birth = _options.BirthCloudIndex is { } index ? Array.ConvertAll(at, w => PowerLawDust.Curve(w, index)) : k;
        return new Transmissions(
            k,
            slope,
            birth,
            Array.ConvertAll(birth, b => Math.Exp(-galaxy.Dust1 * b)),
            Array.ConvertAll(k, x => Math.Exp(-galaxy.Dust2 * x))
        );
    }
}
