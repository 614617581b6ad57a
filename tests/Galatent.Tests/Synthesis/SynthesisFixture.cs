using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;

namespace Galatent.Tests.Synthesis;

/// <summary>One library and one synthesizer of each kind for all tests of spectra.</summary>
public sealed class SynthesisFixture
{
    public const double SolarZ = 0.02;
    private const double SpeedOfLight = 2.99792458e18; // Å/s

    public SspLibrary Library { get; } = SspPack.Embedded();

    public WavelengthGrid Grid { get; } = WavelengthGrid.Study;

    /// <summary>The table averaged over the study's cells.</summary>
    public SspLibrary OnStudyGrid { get; }

    /// <summary>Stars, gas continuum and lines.</summary>
    public SpectrumSynthesizer Full { get; }

    /// <summary>Stars and lines.</summary>
    public SpectrumSynthesizer WithoutContinuum { get; }

    /// <summary>Stars alone.</summary>
    public SpectrumSynthesizer Stars { get; }

    public SynthesisFixture()
    {
        OnStudyGrid = Library with { Stars = Library.Stars.OnGrid(Grid) };
        // OnStudyGrid has the ionising rates of the whole table, so nothing is lost.
        Full = new SpectrumSynthesizer(OnStudyGrid, Grid, new SynthesisOptions());
        WithoutContinuum = new SpectrumSynthesizer(OnStudyGrid, Grid, new SynthesisOptions { NebularContinuum = false });
        Stars = new SpectrumSynthesizer(OnStudyGrid, Grid, new SynthesisOptions { NebularContinuum = false, EmissionLines = false });
    }

    public AgeWeights Ages => Full.Ages;

    /// <summary>1 Msun/yr over the last <paramref name="years"/>, so that luminosities are per Msun/yr.</summary>
    public CompositeStellarPopulation ConstantRate(double years, double z)
    {
        var young = new double[Ages.NodeCount];
        var old = new double[Ages.NodeCount];
        Ages.AddConstant([0, years], [1], young, old);
        return Population(young, old, z);
    }

    /// <summary>The simple population whose age is nearest in log.</summary>
    public CompositeStellarPopulation Simple(double years, double z)
    {
        var logAge = Library.Stars.LogAgeYr;
        var node = Enumerable.Range(0, logAge.Length).MinBy(i => Math.Abs(logAge[i] - Math.Log10(years)));
        var young = new double[logAge.Length];
        var old = new double[logAge.Length];
        (logAge[node] <= 7 ? young : old)[node] = 1;
        return Population(young, old, z);
    }

    /// <summary>A history of seven bins, per solar mass formed.</summary>
    public CompositeStellarPopulation Binned(double[] logSfrRatios, double redshift, double logZStar = 0)
    {
        var history = StarFormationHistory.FromLogSfrRatios(logSfrRatios, Cosmology.AgeGyr(redshift), 1);
        var young = new double[Ages.NodeCount];
        var old = new double[Ages.NodeCount];
        Ages.AddConstant(Array.ConvertAll(history.EdgeGyr, e => e * 1e9), history.SfrMsunPerYr, young, old);
        return new CompositeStellarPopulation(young, old, logZStar, 0, -3, 0, 0, 0);
    }

    public static CompositeStellarPopulation Population(double[] young, double[] old, double z)
    {
        var logZ = Math.Log10(z / SolarZ);
        return new CompositeStellarPopulation(young, old, logZ, logZ, -3, 0, 0, 0);
    }

    /// <summary>L_nu of one galaxy, Lsun/Hz.</summary>
    public static float[] Spectrum(SpectrumSynthesizer synthesizer, WavelengthGrid grid, CompositeStellarPopulation galaxy)
    {
        var lnu = new float[grid.Count];
        synthesizer.Synthesize([galaxy], lnu);
        return lnu;
    }

    public float[] Spectrum(SpectrumSynthesizer synthesizer, CompositeStellarPopulation galaxy) => Spectrum(synthesizer, Grid, galaxy);

    /// <summary>Line luminosities of one galaxy, Lsun.</summary>
    public double[] Lines(SpectrumSynthesizer synthesizer, CompositeStellarPopulation galaxy)
    {
        var lnu = new float[Grid.Count];
        var lines = new double[synthesizer.LineWavelengthAngstrom.Length];
        synthesizer.Synthesize([galaxy], lnu, lines);
        return lines;
    }

    /// <summary>Number of the line within 1 Å of a wavelength.</summary>
    public int Line(double angstrom) => Array.FindIndex(Full.LineWavelengthAngstrom, w => Math.Abs(w - angstrom) < 1);

    /// <summary>L_lambda, Lsun/Å, of the pixels.</summary>
    public double[] PerAngstrom(ReadOnlySpan<float> lnu)
    {
        var result = new double[lnu.Length];
        for (var i = 0; i < lnu.Length; i++)
        {
            result[i] = lnu[i] * SpeedOfLight / (Grid.WavelengthAngstrom[i] * Grid.WavelengthAngstrom[i]);
        }
        return result;
    }

    /// <summary>L_lambda at a wavelength, linear between pixels.</summary>
    public double PerAngstromAt(ReadOnlySpan<float> lnu, double angstrom)
    {
        var i = Grid.Range(0, angstrom).End - 1;
        var values = PerAngstrom(lnu);
        var share = (angstrom - Grid.WavelengthAngstrom[i]) / (Grid.WavelengthAngstrom[i + 1] - Grid.WavelengthAngstrom[i]);
        return values[i] + (share * (values[i + 1] - values[i]));
    }
}

/// <summary>Lets the classes that need spectra share one fixture.</summary>
[CollectionDefinition]
public class SynthesisCollection : ICollectionFixture<SynthesisFixture>;
