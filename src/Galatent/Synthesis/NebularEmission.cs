using Galatent.Spectra;

namespace Galatent.Synthesis;

/// <summary>Ionising photons per second of a galaxy's age nodes per solar mass formed, in units of the scale chosen by <see cref="NebularEmission"/>.</summary>
/// <param name="Young">From stars of age up to 1e7 yr, shape (n_node).</param>
/// <param name="Old">From older stars, shape (n_node).</param>
internal readonly record struct IonizingPhotons(double[] Young, double[] Old)
{
    public double YoungTotal { get; } = Young.Sum();

    public double OldTotal { get; } = Old.Sum();
}

/// <summary>What ionised gas adds to a spectrum: continuum and lines, from the photons that the stars emit below 912 Å (no escape).</summary>
internal sealed class NebularEmission
{
    private const double LymanAlphaAngstrom = 1215.67;

    private readonly double[] _logZ;
    private readonly double[][] _photonRate;
    private readonly NebularLines _lines;
    private readonly LineProfiles _profiles;
    private readonly SynthesisOptions _options;
    private readonly TwoComponentDust _dust;
    private readonly double _lsunPerErg;
    private readonly (int Pixel, double Share)[] _linePixel;
    private readonly double[] _lineEscape;

    public NebularEmission(SspTable stars, NebularLineTable lines, WavelengthGrid grid, SynthesisOptions options, TwoComponentDust dust, double photonScale)
    {
        (_logZ, _options, _dust) = (stars.LogZ, options, dust);
        _lines = new NebularLines(lines, stars.LogAgeYr);
        _profiles = new LineProfiles(grid, lines.WavelengthAngstrom);
        LineWavelengthAngstrom = lines.WavelengthAngstrom;
        _lsunPerErg = photonScale / stars.Provenance.SolarLuminosityErgPerSecond;
        _photonRate = [.. Enumerable.Range(0, _logZ.Length).Select(z => Enumerable.Range(0, _lines.NodeCount)
            .Select(a => Math.Pow(10, stars.LogIonizingRate[(z * stars.AgeCount) + a] - Math.Log10(photonScale))).ToArray())];
        ContinuumPerPhoton = Array.ConvertAll(grid.WavelengthAngstrom, w => options.NebularContinuum ? (float)(NebularContinuum.PerPhoton(w) * _lsunPerErg) : 0);
        _linePixel = Array.ConvertAll(lines.WavelengthAngstrom, w => NebularLines.Bracket(grid.WavelengthAngstrom, w));
        _lineEscape = Array.ConvertAll(lines.WavelengthAngstrom, w => Math.Abs(w - LymanAlphaAngstrom) < 1 ? options.LymanAlphaEscape : 1);
    }

    public double[] LineWavelengthAngstrom { get; }

    public int LineCount => LineWavelengthAngstrom.Length;

    public int ScratchLength => _lines.ScratchLength;

    /// <summary>L_nu per unit of scaled photon rate, Lsun/Hz, shape (n_wave).</summary>
    public float[] ContinuumPerPhoton { get; }

    public IonizingPhotons Photons(CompositePopulation galaxy)
    {
        var (z, share) = NebularLines.Bracket(_logZ, galaxy.LogZStar);
        var young = new double[_lines.NodeCount];
        var old = new double[_lines.NodeCount];
        for (var a = 0; a < young.Length; a++)
        {
            var rate = ((1 - share) * _photonRate[z][a]) + (share * _photonRate[z + 1][a]);
            (young[a], old[a]) = (rate * galaxy.YoungMass[a], rate * galaxy.OldMass[a]);
        }
        return new IonizingPhotons(young, old);
    }

    /// <summary>Luminosities of the lines after dust, Lsun per solar mass formed.</summary>
    /// <param name="galaxy">Gas and dust of the galaxy.</param>
    /// <param name="photons">Its ionising photons.</param>
    /// <param name="dustCurve">k on the pixels; interpolated linearly to the line's centre, as FSPS does.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/>.</param>
    /// <param name="luminosity">Receives the luminosities, shape (n_line).</param>
    public void LineLuminosities(CompositePopulation galaxy, IonizingPhotons photons, ReadOnlySpan<float> dustCurve, Span<float> scratch, Span<double> luminosity)
    {
        luminosity.Clear();
        if (!_options.EmissionLines)
        {
            return;
        }
        Span<double> old = stackalloc double[LineCount];
        _lines.Luminosities(galaxy.LogZGas, galaxy.LogU, photons.Young, scratch, reuse: false, luminosity);
        _lines.Luminosities(galaxy.LogZGas, galaxy.LogU, photons.Old, scratch, reuse: true, old);
        for (var l = 0; l < LineCount; l++)
        {
            var (pixel, share) = _linePixel[l];
            var k = dustCurve[pixel] + (share * (dustCurve[pixel + 1] - dustCurve[pixel]));
            var birthCloud = Math.Exp(-galaxy.Dust1 * _dust.BirthCloud(LineWavelengthAngstrom[l], k));
            luminosity[l] = ((luminosity[l] * birthCloud) + old[l]) * Math.Exp(-galaxy.Dust2 * k) * _lsunPerErg * _lineEscape[l];
        }
    }

    /// <summary>Adds lines of given luminosities to a spectrum.</summary>
    public void DrawLines(ReadOnlySpan<double> luminosity, Span<float> lnu)
    {
        for (var l = 0; l < LineCount && _options.EmissionLines; l++)
        {
            _profiles.Add(l, luminosity[l], lnu);
        }
    }
}
