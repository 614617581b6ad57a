using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>Which galaxies a survey would keep.</summary>
public enum SelectionPreset
{
    /// <summary>"r25": brighter than 25 mag in r, as Alsing et al. (2024, ApJS 274, 12), the model that existed when the study was written.
    /// About 26 % of the candidates pass.</summary>
    RBand25,

    /// <summary>"ch1_26": above the mass to which a survey to 26 mag in IRAC channel 1 is complete, as Thorp et al. (2025,
    /// arXiv:2506.12122); every candidate passes.</summary>
    IracChannel1Band26,

    /// <summary>"uniform": no survey at all; every parameter uniform and independent (<see cref="UniformPopulation"/>).</summary>
    Uniform,
}

/// <summary>The names of the presets, as options, manifests and files have them.</summary>
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

    /// <summary>The preset of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static SelectionPreset Named(string name) =>
        Array.Exists(Names, n => n.Name == name)
            ? Names.Single(n => n.Name == name).Preset
            : throw new InputException($"There is no population '{name}'; choose {string.Join(", ", Names.Select(n => n.Name))}.");
}

/// <summary>What decides whether a galaxy is bright enough.</summary>
public enum RMagnitudeSource
{
    /// <summary>The galaxy's own synthetic spectrum: exact, and so galaxies in a burst are preferred, as a survey prefers them.</summary>
    Spectrum,

    /// <summary>
    /// The fit to the r band of FSPS (<see cref="GalaxyPopulation.ApproximateRMagnitude"/>): MIST isochrones and a Chabrier IMF, as in
    /// pop-cosmos, but blind to the last 100 Myr.
    /// Fifty times cheaper, and independent of the stellar library.
    /// </summary>
    FspsFit,
}

/// <summary>The choices of the population model; the defaults are those of the documented reference population.</summary>
public sealed record PopulationOptions
{
    /// <summary>Least redshift of any population.</summary>
    public const double MinRedshift = 0.02;

    /// <summary>Greatest redshift to which the mass limits are known.</summary>
    public const double MaxKnownRedshift = 6;

    /// <summary>Selection of the sample; sets the least mass at each redshift and the magnitude limit.</summary>
    public SelectionPreset Selection { get; init; } = SelectionPreset.RBand25;

    /// <summary>Greatest redshift, above <see cref="MinRedshift"/> and at most <see cref="MaxKnownRedshift"/>; 4 as in Alsing et al.
    /// (2024).</summary>
    public double MaxRedshift { get; init; } = 4;

    /// <summary>Initial mass function, for the mass that survives; Kroupa is that of the embedded stellar populations.</summary>
    public InitialMassFunction Imf { get; init; } = InitialMassFunction.Kroupa;

    /// <summary>Whether the sample's parameters are shuffled against each other: same distributions, no correlations
    /// (<see cref="DecorrelatedSample"/>).</summary>
    public bool Decorrelated { get; init; }

    /// <summary>Definition of quiescence.</summary>
    public QuiescentFractionVariant QuiescentFraction { get; init; } = QuiescentFractionVariant.BelowRidge;

    /// <summary>Scatter of stellar metallicities.</summary>
    public StellarMetallicityVariant StellarMetallicity { get; init; } = StellarMetallicityVariant.ObservedWidth;

    /// <summary>Relation for the optical depth.</summary>
    public DustDepthVariant DustDepth { get; init; } = DustDepthVariant.Combined;

    /// <summary>Relation for the slope of the attenuation curve.</summary>
    public DustSlopeVariant DustSlope { get; init; } = DustSlopeVariant.Weak;

    /// <summary>Gas metallicity beyond z = 3.</summary>
    public GasMetallicityVariant GasMetallicity { get; init; } = GasMetallicityVariant.Invariant;

    /// <summary>Magnitudes that the preset's limit is applied to.</summary>
    public RMagnitudeSource RMagnitudes { get; init; } = RMagnitudeSource.Spectrum;

    /// <summary>Faintest r-band AB magnitude that is kept; +inf where the preset has no limit.</summary>
    public double RMagnitudeLimit => Selection == SelectionPreset.RBand25 ? 25 : double.PositiveInfinity;

    /// <summary>Throws an <see cref="InputException"/> that names the first unusable value.</summary>
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
