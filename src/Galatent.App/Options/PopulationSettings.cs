using System.CommandLine;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;

namespace Galatent.App.Options;

/// <summary>The options of <c>galatent simulate</c> that choose the galaxies' distribution.</summary>
internal sealed class PopulationSettings
{
    private readonly Option<string> _population = Commands.SimulateCommand.PopulationOption();
    private readonly Option<bool> _decorrelated = new("--decorrelated")
    {
        Description = "Shuffle the parameters against each other: the same distributions without correlations.",
    };
    private readonly Option<double> _maxRedshift = new Option<double>("--zmax")
    {
        Description = "Greatest redshift.",
        DefaultValueFactory = _ => 4,
    }.Checked(z => z is > PopulationOptions.MinRedshift and <= 6, "must lie between 0.02 and 6");
    private readonly Option<string> _quiescent = new Option<string>("--quiescent")
    {
        Description = "Share of quiescent galaxies: ridge (0.8 dex below the star-forming ridge) or uvj (by colours, more of them).",
        DefaultValueFactory = _ => "ridge",
    }.OneOf("ridge", "uvj");
    private readonly Option<string> _metallicity = new Option<string>("--stellar-metallicity")
    {
        Description = "Scatter of stellar metallicity: observed, or doubled (Prospector's prior, independent of the gas).",
        DefaultValueFactory = _ => "observed",
    }.OneOf("observed", "doubled");
    private readonly Option<string> _depth = new Option<string>("--dust-depth")
    {
        Description = "Mean dust by: combined, sfr (star-formation rate) or mass.",
        DefaultValueFactory = _ => "combined",
    }.OneOf("combined", "sfr", "mass");
    private readonly Option<string> _slope = new Option<string>("--dust-slope")
    {
        Description = "Slope of the attenuation with its depth: weak or steep.",
        DefaultValueFactory = _ => "weak",
    }.OneOf("weak", "steep");

    private readonly Option<string> _gas = new Option<string>("--gas-metallicity")
    {
        Description = "Gas metallicity beyond z = 3: invariant, or falling by 0.1 dex per unit redshift.",
        DefaultValueFactory = _ => "invariant",
    }.OneOf("invariant", "falling");
    private readonly Option<string> _magnitudes = new Option<string>("--r-magnitude")
    {
        Description =
            "What r25 is selected by: the galaxy's spectrum, or a fit to FSPS magnitudes (blind to bursts; as the published statistics).",
        DefaultValueFactory = _ => "spectrum",
    }.OneOf("spectrum", "fsps-fit");

    private readonly Option<string> _imf = new Option<string>("--imf")
    {
        Description = "Initial mass function, for the mass that survives: that which the stellar populations state (auto), or another.",
        DefaultValueFactory = _ => "auto",
    }.OneOf("auto", "chabrier", "kroupa", "salpeter");

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

    /// <summary>The initial mass function of the option, else the one that the table of stars states, else Kroupa.</summary>
    public InitialMassFunction Imf(ParseResult parsed, SspLibrary library) =>
        parsed.GetValue(_imf) switch
        {
            "chabrier" => InitialMassFunction.Chabrier,
            "kroupa" => InitialMassFunction.Kroupa,
            "salpeter" => InitialMassFunction.Salpeter,
            _ => InitialMassFunctions.Of(library.Stars.Provenance.InitialMassFunction) ?? InitialMassFunction.Kroupa,
        };

    /// <summary>The options, and the name that the file gets: the preset and every option that differs from it.</summary>
    public (PopulationOptions Options, string Name) Read(ParseResult parsed)
    {
        var preset = parsed.GetRequiredValue(_population);
        var options = PopulationOptions.ForName(preset) with
        {
            Decorrelated = parsed.GetValue(_decorrelated),
            MaxRedshift = parsed.GetValue(_maxRedshift),
            QuiescentFraction =
                parsed.GetValue(_quiescent) == "uvj" ? QuiescentFractionVariant.UvjColours : QuiescentFractionVariant.BelowRidge,
            StellarMetallicity =
                parsed.GetValue(_metallicity) == "doubled"
                    ? StellarMetallicityVariant.DoubledWidth
                    : StellarMetallicityVariant.ObservedWidth,
            GasMetallicity = parsed.GetValue(_gas) == "falling" ? GasMetallicityVariant.FallingBeyond3 : GasMetallicityVariant.Invariant,
            RMagnitudes = parsed.GetValue(_magnitudes) == "fsps-fit" ? RMagnitudeSource.FspsFit : RMagnitudeSource.Spectrum,
            DustDepth = parsed.GetValue(_depth) switch
            {
                "sfr" => DustDepthVariant.StarFormationRate,
                "mass" => DustDepthVariant.StellarMass,
                _ => DustDepthVariant.Combined,
            },
            DustSlope = parsed.GetValue(_slope) == "steep" ? DustSlopeVariant.Steep : DustSlopeVariant.Weak,
        };
        var plain = new PopulationOptions();
        string[] departures =
        [
            .. options.Decorrelated ? ["decorrelated"] : Array.Empty<string>(),
            .. options.MaxRedshift != plain.MaxRedshift
                ? [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"zmax {options.MaxRedshift}")]
                : Array.Empty<string>(),
            .. new[] { _quiescent, _metallicity, _gas, _depth, _slope, _magnitudes, _imf }
                .Where(o => parsed.GetResult(o) is { Implicit: false })
                .Select(o => $"{o.Name[2..]} {parsed.GetValue(o)}"),
        ];
        return (options, string.Join(", ", [preset, .. departures]));
    }
}
