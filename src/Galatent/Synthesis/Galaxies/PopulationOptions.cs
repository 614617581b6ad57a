using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>Which galaxies a survey would select.</summary>
public enum SelectionPreset
{
    /// <summary>"r25": brighter than 25 mag in r, as in Alsing et al. (2024, ApJS 274, 12), the model that existed when the study was
    /// written. About 26 % of the candidates pass.</summary>
    RBand25,

    /// <summary>"ch1_26": above the mass to which a survey to 26 mag in IRAC channel 1 is complete, as in Thorp et al. (2025,
    /// arXiv:2506.12122). Every candidate passes.</summary>
    IracChannel1Band26,

    /// <summary>"uniform": no survey. Every parameter is uniform and independent (<see cref="UniformPopulation"/>).</summary>
    Uniform,
}

/// <summary>The names of the presets in options, manifests and files.</summary>
public static class SelectionPresets
{
    private static readonly (SelectionPreset Preset, string Name)[] Names =
    [
        (SelectionPreset.RBand25, "r25"),
        (SelectionPreset.IracChannel1Band26, "ch1_26"),
        (SelectionPreset.Uniform, "uniform"),
    ];

    /// <summary>The name of a preset.</summary>
    public static string NameOf(SelectionPreset preset) => Names.Single(n => n.Preset == preset).Name;

    /// <summary>The preset with this name.</summary>
    /// <exception cref="InputException">There is no such preset.</exception>
    public static SelectionPreset Named(string name) =>
        Array.Exists(Names, n => n.Name == name)
            ? Names.Single(n => n.Name == name).Preset
            : throw new InputException($"There is no population '{name}'; choose {string.Join(", ", Names.Select(n => n.Name))}.");
}

/// <summary>Which magnitude decides whether a galaxy is bright enough.</summary>
public enum RMagnitudeSource
{
    /// <summary>The magnitude of the galaxy's own synthetic spectrum. It is exact, and prefers galaxies in a burst, as a survey
    /// does.</summary>
    Spectrum,

    /// <summary>
    /// The fit to the r band of FSPS (<see cref="GalaxyPopulation.ApproximateRMagnitude"/>), with MIST isochrones and a Chabrier IMF as in
    /// pop-cosmos. It does not see changes within the last 100 Myr. It is fifty times cheaper and does not depend on the stellar library.
    /// </summary>
    FspsFit,
}

/// <summary>The options of the population model. The defaults are those of the documented reference population.</summary>
public sealed record PopulationOptions
{
    /// <summary>Smallest redshift of any population.</summary>
    public const double MinRedshift = 0.02;

    /// <summary>Largest redshift for which the mass limits are known.</summary>
    public const double MaxKnownRedshift = 6;

    /// <summary>Selection of the sample. It sets the smallest mass at each redshift and the magnitude limit.</summary>
    public SelectionPreset Selection { get; init; } = SelectionPreset.RBand25;

    /// <summary>Largest redshift, above <see cref="MinRedshift"/> and at most <see cref="MaxKnownRedshift"/>; 4 as in Alsing et al.
    /// (2024).</summary>
    public double MaxRedshift { get; init; } = 4;

    /// <summary>Initial mass function, which sets the surviving mass. The embedded stellar populations have Kroupa's.</summary>
    public InitialMassFunction Imf { get; init; } = InitialMassFunction.Kroupa;

    /// <summary>Whether the parameters are shuffled among the galaxies: same distributions, no correlations
    /// (<see cref="DecorrelatedSample"/>).</summary>
    public bool Decorrelated { get; init; }

    /// <summary>How quiescent galaxies are defined.</summary>
    public QuiescentFractionVariant QuiescentFraction { get; init; } = QuiescentFractionVariant.BelowRidge;

    /// <summary>Scatter of stellar metallicities.</summary>
    public StellarMetallicityVariant StellarMetallicity { get; init; } = StellarMetallicityVariant.ObservedWidth;

    /// <summary>Relation for the optical depth.</summary>
    public DustDepthVariant DustDepth { get; init; } = DustDepthVariant.Combined;

    /// <summary>Relation for the slope of the attenuation curve.</summary>
    public DustSlopeVariant DustSlope { get; init; } = DustSlopeVariant.Weak;

    /// <summary>Gas metallicity beyond z = 3.</summary>
    public GasMetallicityVariant GasMetallicity { get; init; } = GasMetallicityVariant.Invariant;

    /// <summary>The magnitudes to which the preset's limit is applied.</summary>
    public RMagnitudeSource RMagnitudes { get; init; } = RMagnitudeSource.Spectrum;

    /// <summary>Faintest r-band AB magnitude that is kept; +inf when the preset has no limit.</summary>
    public double RMagnitudeLimit => Selection == SelectionPreset.RBand25 ? 25 : double.PositiveInfinity;

    /// <summary>Throws an <see cref="InputException"/> that names the first invalid value.</summary>
    public void Validate()
    {
        if (!(MaxRedshift > MinRedshift && MaxRedshift <= MaxKnownRedshift))
        {
            throw new InputException(
                $"The population's greatest redshift is {MaxRedshift}; choose a value above {MinRedshift} and at most "
                    + $"{MaxKnownRedshift}, e.g. {new PopulationOptions().MaxRedshift}."
            );
        }
        Require(Selection, "selection preset");
        Require(Imf, "initial mass function");
        Require(QuiescentFraction, "quiescent fraction");
        Require(StellarMetallicity, "stellar metallicity");
        Require(GasMetallicity, "gas metallicity");
        Require(RMagnitudes, "source of magnitudes");
        Require(DustDepth, "dust depth");
        Require(DustSlope, "dust slope");
    }

    private static void Require<T>(T value, string field)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new InputException($"The population's {field} is {value}; choose one of {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }
}
