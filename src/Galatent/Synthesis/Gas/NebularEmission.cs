using System.Buffers;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis.Gas;

/// <summary>The light of ionised gas: continuum and lines, powered by the stars' photons below 912 Å. By default none of these photons
/// escape.</summary>
internal sealed class NebularEmission
{
    private const double LymanAlphaAngstrom = 1215.67;

    // Photon rates reach 1e46 and would overflow float32.
    private const double PhotonScale = 1e46;

    private readonly double[] _logZ;
    private readonly double[][] _photonRate;
    private readonly int _youngEnd;
    private readonly int _oldStart;
    private readonly NebularLines _lines;
    private readonly StatedLines? _stated;
    private readonly LineProfiles _profiles;
    private readonly SynthesisOptions _options;
    private readonly double _lsunPerErg;
    private readonly LineDust _dust;
    private readonly double[] _lineEscape;

    public NebularEmission(SspTable stars, NebularLineTable lines, StatedLines? stated, WavelengthGrid grid, SynthesisOptions options)
    {
        (_logZ, _options, _stated) = (stars.LogZ, options, stated);
        _lines = new NebularLines(lines, stars.LogAgeYr);
        LineWavelengthAngstrom = stated?.WavelengthAngstrom ?? lines.WavelengthAngstrom;
        _profiles = new LineProfiles(grid, LineWavelengthAngstrom, options);
        _lsunPerErg = PhotonScale / stars.Provenance.SolarLuminosityErgPerSecond;
        _photonRate =
        [
            .. Enumerable
                .Range(0, _logZ.Length)
                .Select(z =>
                    Enumerable
                        .Range(0, _lines.NodeCount)
                        .Select(a =>
                            options.IonizingShare * Math.Pow(10, stars.LogIonizingRate[(z * stars.AgeCount) + a] - Math.Log10(PhotonScale))
                        )
                        .ToArray()
                ),
        ];
        var split = Array.FindLastIndex(stars.LogAgeYr, x => x <= Math.Log10(PhysicalConstants.BirthCloudAgeYr));
        (_youngEnd, _oldStart) = (Math.Min(_lines.NodeCount, split + 2), Math.Clamp(split, 0, _lines.NodeCount));
        ContinuumPerPhoton = Array.ConvertAll(grid.WavelengthAngstrom, w => (float)(NebularContinuum.PerPhoton(w, options) * _lsunPerErg));
        _dust = new LineDust(LineWavelengthAngstrom, grid, options);
        _lineEscape = Array.ConvertAll(LineWavelengthAngstrom, w => Math.Abs(w - LymanAlphaAngstrom) < 1 ? options.LymanAlphaEscape : 1);
    }

    public double[] LineWavelengthAngstrom { get; }

    public int LineCount => LineWavelengthAngstrom.Length;

    /// <summary>L_nu per unit of scaled photon rate, Lsun/Hz, shape (n_wave).</summary>
    public float[] ContinuumPerPhoton { get; }

    /// <summary>Scaled rates of a galaxy's ionising photons per solar mass formed: from stars of age up to 1e7 yr, and from older
    /// stars.</summary>
    public (float Young, float Old) Photons(CompositeStellarPopulation galaxy)
    {
        Span<float> young = stackalloc float[_lines.NodeCount];
        Span<float> old = stackalloc float[_lines.NodeCount];
        return Photons(galaxy, young, old);
    }

    /// <summary>Luminosities of a run of lines after dust, Lsun per solar mass formed.</summary>
    /// <param name="galaxy">Stars, gas and dust of the galaxy.</param>
    /// <param name="firstLine">First line of the run. Its length is the length of <paramref name="luminosity"/>.</param>
    /// <param name="luminosity">Receives the luminosities.</param>
    public void LineLuminosities(CompositeStellarPopulation galaxy, int firstLine, Span<double> luminosity)
    {
        luminosity.Clear();
        if (!_options.EmissionLines || luminosity.IsEmpty)
        {
            return;
        }
        Span<double> birthCloud = stackalloc double[luminosity.Length];
        Span<double> diffuse = stackalloc double[luminosity.Length];
        _dust.Transmissions(galaxy, firstLine, birthCloud, diffuse);
        if (_stated is not null)
        {
            AddStated(galaxy, firstLine, birthCloud, diffuse, luminosity);
            return;
        }
        var nodes = _lines.NodeCount;
        Span<float> young = stackalloc float[nodes];
        Span<float> old = stackalloc float[nodes];
        Photons(galaxy, young, old);
        var rented = ArrayPool<float>.Shared.Rent(luminosity.Length * nodes);
        var perPhoton = rented.AsSpan(0, luminosity.Length * nodes);
        _lines.PerPhoton(galaxy.LogZGas, galaxy.LogU, firstLine, perPhoton);
        for (var l = 0; l < luminosity.Length; l++)
        {
            var row = perPhoton.Slice(l * nodes, nodes);
            var fromYoung = NebularLines.Sum(young[.._youngEnd], row[.._youngEnd]);
            var fromOld = NebularLines.Sum(old[_oldStart..], row[_oldStart..]);
            luminosity[l] = ((fromYoung * birthCloud[l]) + fromOld) * diffuse[l] * _lsunPerErg * _lineEscape[firstLine + l];
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Adds lines of given luminosities, Lsun per solar mass formed, to a spectrum.</summary>
    public void DrawLines(ReadOnlySpan<double> luminosity, Span<float> lnu)
    {
        for (var l = 0; l < LineCount && _options.EmissionLines; l++)
        {
            _profiles.Add(l, luminosity[l], lnu);
        }
    }

    private void AddStated(
        CompositeStellarPopulation galaxy,
        int firstLine,
        ReadOnlySpan<double> birthCloud,
        ReadOnlySpan<double> diffuse,
        Span<double> luminosity
    )
    {
        Span<double> young = stackalloc double[luminosity.Length];
        Span<double> old = stackalloc double[luminosity.Length];
        _stated!.Luminosities(galaxy, firstLine, young, old);
        for (var l = 0; l < luminosity.Length; l++)
        {
            luminosity[l] = ((young[l] * birthCloud[l]) + old[l]) * diffuse[l] * _lineEscape[firstLine + l];
        }
    }

    private (float Young, float Old) Photons(CompositeStellarPopulation galaxy, Span<float> young, Span<float> old)
    {
        Span<double> shares = stackalloc double[_logZ.Length];
        MetallicityDistribution.Shares(_logZ, galaxy.LogZStar, _options.MetallicityScatterDex, shares);
        var (first, end) =
            _options.MetallicityScatterDex > 0 ? (0, _logZ.Length)
            : SortedAxis.Bracket(_logZ, galaxy.LogZStar) is var (lower, _) ? (lower, lower + 2)
            : default;
        var youngTotal = 0.0;
        var oldTotal = 0.0;
        for (var a = 0; a < young.Length; a++)
        {
            var rate = shares[first] * _photonRate[first][a];
            for (var z = first + 1; z < end; z++)
            {
                rate += shares[z] * _photonRate[z][a];
            }
            var fromYoung = rate * galaxy.YoungMass[a];
            var fromOld = rate * galaxy.OldMass[a];
            (young[a], old[a]) = ((float)fromYoung, (float)fromOld);
            youngTotal += fromYoung;
            oldTotal += fromOld;
        }
        return ((float)youngTotal, (float)oldTotal);
    }
}
