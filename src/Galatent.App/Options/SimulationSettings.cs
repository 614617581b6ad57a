using System.CommandLine;
using System.Globalization;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Observing;

namespace Galatent.App.Options;

/// <summary>The options of <c>galatent simulate</c> that change what the spectra contain; every default is the study's.</summary>
internal sealed class SimulationSettings
{
    private const string ByMass = "by-mass";

    private readonly Option<string?> _grid = new("--grid")
    {
        Description = "Other pixels: low:high:step in Å (vacuum), or a text file of wavelengths.",
        HelpName = "LOW:HIGH:STEP|FILE",
    };
    private readonly Option<bool> _observed = new("--observed")
    {
        Description =
            "Spectra as observed: redshifted and dimmed by the intergalactic medium; the grid and the normalisation window are then "
            + "observed wavelengths.",
    };
    private readonly Option<string> _flux = new Option<string>("--flux")
    {
        Description = "Flux per hertz (f_nu) or per ångström (f_lambda).",
        DefaultValueFactory = _ => "f_nu",
    }.OneOf("f_nu", "f_lambda");
    private readonly Option<string> _window = new("--normalization")
    {
        Description = "The window whose median becomes 1, low:high in Å.",
        DefaultValueFactory = _ => "5000:5500",
        HelpName = "LOW:HIGH",
    };
    private readonly Option<bool> _noLines = new("--no-lines") { Description = "Leave out emission lines." };
    private readonly Option<string> _lines = new Option<string>("--lines")
    {
        Description =
            "Luminosities of lines: models (by gas metallicity and log U), or those that the table of --ssp states itself (then neither "
            + "matters).",
        DefaultValueFactory = _ => "models",
    }.OneOf("models", "table");
    private readonly Option<bool> _noContinuum = new("--no-nebular-continuum") { Description = "Leave out the continuum of ionised gas." };
    private readonly Option<string> _continuum = new Option<string>("--nebular-continuum")
    {
        Description =
            "The continuum of ionised gas: table (Ferland 1980, as Starburst99) or formulas (free-free, free-bound and two-photon "
            + "emission, summed).",
        DefaultValueFactory = _ => "table",
    }.OneOf("table", "formulas");
    private readonly Option<double> _lyman = new("--lya-escape")
    {
        Description = "Share of Lyman alpha that escapes, before dust.",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<double> _continuumEscape = new("--lyc-escape")
    {
        Description = "Share of ionising photons that escape, so that gas sees the rest.",
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<string> _lineWidth = new Option<string>("--line-width")
    {
        Description =
            "What sets the width of lines: sigma of two pixels (FSPS 3.2), full width of two pixels and at least MILES' 2.5 Å (FSPS 4), "
            + "or the velocity alone.",
        DefaultValueFactory = _ => "two-pixels",
    }.OneOf("two-pixels", "two-pixels-fwhm", "velocity");

    private readonly Option<double> _lineVelocity = new("--line-velocity")
    {
        Description = "Standard deviation of the gas' velocities, km/s.",
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<string> _dispersion = new("--velocity-dispersion")
    {
        Description =
            "Standard deviation of the stars' velocities, km/s, or by-mass: log-normal about the relation of Zahid et al. (2016), 50 to "
            + "300 km/s, stored in /parameters/velocity_dispersion.",
        DefaultValueFactory = _ => "0",
        HelpName = "KM/S|by-mass",
    };

    private readonly Option<double> _scatter = new("--metallicity-scatter")
    {
        Description = "Scatter of metallicity among the stars of one galaxy, dex; 0 gives all of them the same.",
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<string> _dust = new Option<string>("--dust")
    {
        Description =
            "Attenuation by diffuse dust: kriek-conroy (the study's) or power-law (dust_index is then its exponent; only with "
            + "--catalogue or --one).",
        DefaultValueFactory = _ => "kriek-conroy",
    }.OneOf("kriek-conroy", "power-law");

    private readonly Option<double> _birthCloud = new("--birth-cloud-index")
    {
        Description = "Exponent of the birth clouds' attenuation.",
        DefaultValueFactory = _ => -1,
    };
    private readonly Option<bool> _splitAtNodes = new("--split-at-nodes")
    {
        Description = "Count whole age nodes as young, as FSPS does, instead of splitting at exactly 10 Myr.",
    };

    private readonly InstrumentSettings _instrument = new();

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[]
            {
                _grid,
                _observed,
                _flux,
                _window,
                _noLines,
                _lines,
                _noContinuum,
                _continuum,
                _lyman,
                _continuumEscape,
                _lineWidth,
                _lineVelocity,
                _dispersion,
                _scatter,
                _dust,
                _birthCloud,
                _splitAtNodes,
            }
        )
        {
            command.Options.Add(option);
        }
        _instrument.AddTo(command);
    }

    public SimulationOptions Read(ParseResult parsed, int threads, TableReader tables)
    {
        var dispersion = parsed.GetRequiredValue(_dispersion);
        var synthesis = new SynthesisOptions
        {
            EmissionLines = !parsed.GetValue(_noLines),
            Lines = parsed.GetValue(_lines) == "table" ? LineSource.Table : LineSource.Models,
            NebularContinuum = !parsed.GetValue(_noContinuum),
            ContinuumSource = parsed.GetValue(_continuum) == "formulas" ? NebularContinuumSource.Formulas : NebularContinuumSource.Table,
            LymanAlphaEscape = parsed.GetValue(_lyman),
            LymanContinuumEscape = parsed.GetValue(_continuumEscape),
            LineWidth = parsed.GetValue(_lineWidth) switch
            {
                "velocity" => LineWidthRule.Velocity,
                "two-pixels-fwhm" => LineWidthRule.TwoPixelsFullWidth,
                _ => LineWidthRule.TwoPixels,
            },
            LineVelocityKmPerS = parsed.GetValue(_lineVelocity),
            StellarVelocityKmPerS = dispersion == ByMass ? 0 : Number("--velocity-dispersion", dispersion),
            StellarVelocityByMass = dispersion == ByMass,
            MetallicityScatterDex = parsed.GetValue(_scatter),
            Dust = parsed.GetValue(_dust) == "power-law" ? DustLaw.PowerLaw : DustLaw.KriekConroy,
            BirthCloudIndex = parsed.GetValue(_birthCloud),
            SplitAtNodes = parsed.GetValue(_splitAtNodes),
        };
        synthesis.Validate();
        var window = Numbers("--normalization", parsed.GetRequiredValue(_window), 2);
        var grid = Grid(parsed.GetValue(_grid), tables);
        var normalization = new MedianNormalization(window[0], window[1]);
        if (grid.Range(window[0], window[1]) is var (first, end) && end <= first)
        {
            throw new InputException(
                $"The normalisation window {window[0]}-{window[1]} Å holds no pixel of the grid "
                    + $"({grid.WavelengthAngstrom[0]:F1}-{grid.WavelengthAngstrom[^1]:F1} Å); choose another with --normalization."
            );
        }
        return new SimulationOptions(
            grid,
            synthesis,
            normalization,
            threads,
            parsed.GetValue(_flux) == "f_lambda" ? FluxUnit.PerAngstrom : FluxUnit.PerHertz
        )
        {
            ObservedFrame = parsed.GetValue(_observed),
            Instrument = _instrument.Read(parsed, tables),
        };
    }

    /// <summary>Whether the dust law needs given galaxies: a population's dust index is an offset from Calzetti's slope, and power-law dust
    /// takes it as an exponent.</summary>
    public bool NeedsGivenDust(ParseResult parsed) => parsed.GetValue(_dust) == "power-law";

    private static WavelengthGrid Grid(string? text, TableReader tables)
    {
        if (text is null)
        {
            return WavelengthGrid.Study;
        }
        if (File.Exists(text))
        {
            var table = tables.Read(text);
            return table.Names.Count == 1
                ? new WavelengthGrid(table.Numbers(table.Names[0]))
                : throw new InputException(
                    $"'{text}' (--grid) has {table.Names.Count} columns ({string.Join(", ", table.Names.Take(6))}); give one wavelength "
                        + $"per line."
                );
        }
        var parts = Numbers("--grid", text, 3);
        var low = parts[0];
        var high = parts[1];
        var step = parts[2];
        if (!(low > 0 && high > low && step > 0 && (high - low) / step < 1e6))
        {
            throw new InputException(
                $"--grid {text}: low must be above 0, high above low, and the step leave fewer than a million pixels, e.g. 3600:9800:0.8."
            );
        }
        return new WavelengthGrid([
            .. Enumerable.Range(0, (int)Math.Floor(((high - low) / step) + 1e-9) + 1).Select(i => low + (i * step)),
        ]);
    }

    private static double Number(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException($"{option} '{text}' is neither a number of km/s nor {ByMass}; give e.g. 150.");

    private static double[] Numbers(string option, string text, int count)
    {
        var values = text.Split(':')
            .Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var value) ? value : double.NaN)
            .ToArray();
        return values.Length == count && values.All(double.IsFinite)
            ? values
            : throw new InputException(
                $"{option} '{text}' must be {count} numbers with colons between{(option == "--grid" ? ", or an existing file" : "")}, "
                    + $"e.g. {(count == 3 ? "3600:9800:0.8" : "5000:5500")}."
            );
    }
}
