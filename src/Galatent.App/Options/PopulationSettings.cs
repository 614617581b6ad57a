using System.CommandLine;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;

namespace Galatent.App.Options;

/// <summary>The options of <c>galatent simulate</c> for the distribution of the galaxies.</summary>
internal sealed class PopulationSettings
{
    private static readonly PopulationOptions Defaults = new();

    private readonly EnumOption<SelectionPreset> _population = PopulationOption();
    private readonly Option<bool> _decorrelated = new("--decorrelated")
    {
        Description = "Shuffle the parameters among the galaxies: the same distributions without correlations.",
    };
    private readonly Option<double> _maxRedshift = new Option<double>("--zmax")
    {
        Description = "Largest redshift.",
        DefaultValueFactory = _ => Defaults.MaxRedshift,
    }.Checked(
        z => z is > PopulationOptions.MinRedshift and <= PopulationOptions.MaxKnownRedshift,
        FormattableString.Invariant($"must lie between {PopulationOptions.MinRedshift} and {PopulationOptions.MaxKnownRedshift}")
    );
    private readonly EnumOption<QuiescentFractionVariant> _quiescent = new(
        "--quiescent",
        "Share of quiescent galaxies: ridge (0.8 dex below the star-forming ridge) or uvj (by colours, more of them).",
        Defaults.QuiescentFraction,
        (QuiescentFractionVariant.BelowRidge, "ridge"),
        (QuiescentFractionVariant.UvjColours, "uvj")
    );
    private readonly EnumOption<StellarMetallicityVariant> _metallicity = new(
        "--stellar-metallicity",
        "Scatter of stellar metallicity: observed, or doubled (Prospector's prior, independent of the gas).",
        Defaults.StellarMetallicity,
        (StellarMetallicityVariant.ObservedWidth, "observed"),
        (StellarMetallicityVariant.DoubledWidth, "doubled")
    );
    private readonly EnumOption<DustDepthVariant> _depth = new(
        "--dust-depth",
        "What the mean dust depends on: sfr (star-formation rate), mass, or both (combined).",
        Defaults.DustDepth,
        (DustDepthVariant.Combined, "combined"),
        (DustDepthVariant.StarFormationRate, "sfr"),
        (DustDepthVariant.StellarMass, "mass")
    );
    private readonly EnumOption<DustSlopeVariant> _slope = new(
        "--dust-slope",
        "Dependence of the attenuation's slope on its depth: weak or steep.",
        Defaults.DustSlope,
        (DustSlopeVariant.Weak, "weak"),
        (DustSlopeVariant.Steep, "steep")
    );

    private readonly EnumOption<GasMetallicityVariant> _gas = new(
        "--gas-metallicity",
        "Gas metallicity beyond z = 3: invariant, or falling by 0.1 dex per unit redshift.",
        Defaults.GasMetallicity,
        (GasMetallicityVariant.Invariant, "invariant"),
        (GasMetallicityVariant.FallingBeyond3, "falling")
    );
    private readonly EnumOption<RMagnitudeSource> _magnitudes = new(
        "--r-magnitude",
        "Magnitude for the selection r25: of the galaxy's spectrum, or a fit to FSPS (blind to bursts; used for the published statistics).",
        Defaults.RMagnitudes,
        (RMagnitudeSource.Spectrum, "spectrum"),
        (RMagnitudeSource.FspsFit, "fsps-fit")
    );

    private readonly EnumOption<InitialMassFunction> _imf = new(
        "--imf",
        "Initial mass function for the surviving mass: that of the stellar populations (auto), or another.",
        null,
        "auto",
        (InitialMassFunction.Chabrier, "chabrier"),
        (InitialMassFunction.Kroupa, "kroupa"),
        (InitialMassFunction.Salpeter, "salpeter")
    );

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[]
            {
                _population,
                _decorrelated,
                _maxRedshift,
                _quiescent,
                _metallicity,
                _gas,
                _depth,
                _slope,
                _magnitudes,
                _imf,
            }
        )
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The initial mass function: that of the option, otherwise that of the table of stars, otherwise Kroupa.</summary>
    public InitialMassFunction Imf(ParseResult parsed, SspLibrary library) =>
        _imf.Given(parsed) ?? InitialMassFunctions.Of(library.Stars.Provenance.InitialMassFunction) ?? Defaults.Imf;

    /// <summary>The option for the population model.</summary>
    public static EnumOption<SelectionPreset> PopulationOption() =>
        new(
            "--population",
            "Population model: r25 (brighter than 25 mag in r, the study's), ch1_26 (above a survey's mass limit) or uniform (every "
                + "parameter uniform and independent).",
            Defaults.Selection,
            [.. Enum.GetValues<SelectionPreset>().Select(preset => (preset, SelectionPresets.NameOf(preset)))]
        );

    /// <summary>The options, and the population's name for the file: the preset and every option that differs from it.</summary>
    public (PopulationOptions Options, string Name) Read(ParseResult parsed)
    {
        var options = new PopulationOptions
        {
            Selection = _population.Value(parsed),
            Decorrelated = parsed.GetValue(_decorrelated),
            MaxRedshift = parsed.GetValue(_maxRedshift),
            QuiescentFraction = _quiescent.Value(parsed),
            StellarMetallicity = _metallicity.Value(parsed),
            GasMetallicity = _gas.Value(parsed),
            RMagnitudes = _magnitudes.Value(parsed),
            DustDepth = _depth.Value(parsed),
            DustSlope = _slope.Value(parsed),
        };
        string[] departures =
        [
            .. options.Decorrelated ? ["decorrelated"] : Array.Empty<string>(),
            .. options.MaxRedshift != Defaults.MaxRedshift
                ? [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"zmax {options.MaxRedshift}")]
                : Array.Empty<string>(),
            .. new Option<string>[] { _quiescent, _metallicity, _gas, _depth, _slope, _magnitudes, _imf }
                .Where(o => parsed.GetResult(o) is { Implicit: false })
                .Select(o => $"{o.Name[2..]} {parsed.GetValue(o)}"),
        ];
        return (options, string.Join(", ", [SelectionPresets.NameOf(options.Selection), .. departures]));
    }
}
