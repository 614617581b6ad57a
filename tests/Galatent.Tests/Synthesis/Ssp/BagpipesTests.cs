using Galatent.Synthesis;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Stars;
using PureHDF;

namespace Galatent.Tests.Synthesis.Ssp;

/// <summary>
/// 60 spectra of another code, bagpipes 1.3.6 (Carnall et al. 2018), from the same stellar populations: three shapes of history, seven
/// metallicities, power-law dust with birth clouds. It rounds ages to bins of 0.1 dex, so exact integration must differ: by 0.2 % at the
/// median, 1.5 % at the 90th percentile.
/// </summary>
[Collection(typeof(SynthesisCollection))]
public class BagpipesTests(SynthesisFixture synthesis)
{
    private const double YearsPerGyr = 1e9;

    [Fact]
    public void Stars_and_dust_agree_with_bagpipes()
    {
        using var file = H5File.OpenRead(SharedData.Path("ssp", "reference", "bagpipes_binned.h5"));
        var edges = file.Dataset("bin_edges").Read<double[]>();
        var expected = file.Dataset("flux").Read<double[]>();
        double[] Column(string name) => Array.ConvertAll(file.Dataset("parameters/" + name).Read<double[]>(), x => x);
        var z = Column("z_over_solar");
        var av = Column("av");
        var eta = Column("eta");
        var index = Column("cf00_index");
        var kind = Array.ConvertAll(Column("kind"), k => (int)k);
        var p1 = Column("p1_gyr");
        var p2 = Column("p2_gyr");
        var synthesizer = new SpectrumSynthesizer(
            synthesis.OnStudyGrid,
            synthesis.Grid,
            new SynthesisOptions
            {
                EmissionLines = false,
                NebularContinuum = false,
                Dust = DustLaw.PowerLaw,
                BirthCloudIndex = null,
            }
        );
        var errors = new List<double>();
        for (var i = 0; i < z.Length; i++)
        {
            var (young, old) = History(kind[i], p1[i] * YearsPerGyr, p2[i] * YearsPerGyr);
            var tau = av[i] / 1.0857;
            // bagpipes' exponent is that of the wavelength's inverse.
            var galaxy = new CompositeStellarPopulation(young, old, Math.Log10(z[i]), 0, -3, (eta[i] - 1) * tau, tau, -index[i]);
            var lnu = SynthesisFixture.Spectrum(synthesizer, synthesis.Grid, galaxy);
            var binned = Enumerable
                .Range(0, edges.Length - 1)
                .Select(b => SpectrumMeasures.Mean(synthesis.Grid, lnu, edges[b], edges[b + 1]))
                .ToArray();
            var norm = Enumerable.Range(0, binned.Length).Where(b => edges[b] >= 5000 && edges[b + 1] <= 5500).Average(b => binned[b]);
            errors.AddRange(binned.Select((value, b) => Math.Abs((value / norm / expected[(i * binned.Length) + b]) - 1)));
        }
        errors.Sort();
        Assert.True(errors[errors.Count / 2] < 0.003, $"median {errors[errors.Count / 2]:P2}");
        Assert.True(errors[errors.Count * 9 / 10] < 0.02, $"90th percentile {errors[errors.Count * 9 / 10]:P2}");
    }

    // 0: constant between two lookback times; 1: exponential, 2: delayed exponential, of age p1 and time scale p2.
    private (double[] Young, double[] Old) History(int kind, double p1, double p2)
    {
        var young = new double[synthesis.Ages.NodeCount];
        var old = new double[synthesis.Ages.NodeCount];
        var (from, to) = kind == 0 ? (p1, p2) : (0, p1);
        double Rate(double lookback) =>
            kind switch
            {
                0 => 1,
                1 => Math.Exp((lookback - p1) / p2),
                _ => (p1 - lookback) * Math.Exp((lookback - p1) / p2),
            };
        synthesis.Ages.AddSmooth(from, Math.Min(to, 1e7), Rate, young);
        synthesis.Ages.AddSmooth(Math.Max(from, 1e7), to, Rate, old);
        var mass = young.Sum() + old.Sum();
        return ([.. young.Select(w => w / mass)], [.. old.Select(w => w / mass)]);
    }
}
