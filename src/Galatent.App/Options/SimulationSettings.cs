using System.CommandLine;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Mocks;
using Galatent.Synthesis.Observing;

namespace Galatent.App.Options;

/// <summary>The options of <c>galatent simulate</c> for the content of the spectra. All defaults are the study's.</summary>
internal sealed class SimulationSettings
{
    private const string ByMass = "by-mass";

    private static readonly SynthesisOptions Defaults = new();

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
    private readonly EnumOption<FluxUnit> _flux = new(
        "--flux",
        "Flux per hertz (f_nu) or per ångström (f_lambda).",
        FluxUnit.PerHertz,
        (FluxUnit.PerHertz, "f_nu"),
        (FluxUnit.PerAngstrom, "f_lambda")
    );
    private readonly Option<string> _window = new("--normalization")
    {
        Description = "The normalisation window, where the median becomes 1: low:high in Å.",
        DefaultValueFactory = _ =>
            FormattableString.Invariant($"{MedianNormalization.Study.LowAngstrom}:{MedianNormalization.Study.HighAngstrom}"),
        HelpName = "LOW:HIGH",
    };
    private readonly Option<bool> _noLines = new("--no-lines") { Description = "Leave out emission lines." };
    private readonly EnumOption<LineSource> _lines = new(
        "--lines",
        "Luminosities of lines: models (by gas metallicity and log U), or those in the table of --ssp (then neither " + "matters).",
        Defaults.Lines,
        (LineSource.Models, "models"),
        (LineSource.Table, "table")
    );
    private readonly Option<bool> _noContinuum = new("--no-nebular-continuum") { Description = "Leave out the continuum of ionised gas." };
    private readonly EnumOption<NebularContinuumSource> _continuum = new(
        "--nebular-continuum",
        "The continuum of ionised gas: table (Ferland 1980, as in Starburst99) or formulas (free-free, free-bound and two-photon "
            + "emission, summed).",
        Defaults.ContinuumSource,
        (NebularContinuumSource.Table, "table"),
        (NebularContinuumSource.Formulas, "formulas")
    );
    private readonly Option<double> _lyman = new("--lya-escape")
    {
        Description = "Share of Lyman alpha that escapes, before dust.",
        DefaultValueFactory = _ => Defaults.LymanAlphaEscape,
    };
    private readonly Option<double> _continuumEscape = new("--lyc-escape")
    {
        Description = "Share of ionising photons that escape; the gas gets the rest.",
        DefaultValueFactory = _ => Defaults.LymanContinuumEscape,
    };
    private readonly EnumOption<LineWidthRule> _lineWidth = new(
        "--line-width",
        "Width of lines: sigma of two pixels (FSPS 3.2), full width of two pixels and at least MILES' 2.5 Å (FSPS 4), "
            + "or the velocity alone.",
        Defaults.LineWidth,
        (LineWidthRule.TwoPixels, "two-pixels"),
        (LineWidthRule.TwoPixelsFullWidth, "two-pixels-fwhm"),
        (LineWidthRule.Velocity, "velocity")
    );

    private readonly Option<double> _lineVelocity = new("--line-velocity")
    {
        Description = "Standard deviation of the gas' velocities, km/s.",
        DefaultValueFactory = _ => Defaults.LineVelocityKmPerS,
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
        Description = "Scatter of metallicity among the stars of one galaxy, dex; 0 for equal metallicities.",
        DefaultValueFactory = _ => Defaults.MetallicityScatterDex,
    };
    private readonly EnumOption<DustLaw> _dust = new(
        "--dust",
        "Attenuation by diffuse dust: kriek-conroy (the study's) or power-law (dust_index is then its exponent; only with "
            + "--catalogue or --one).",
        Defaults.Dust,
        (DustLaw.KriekConroy, "kriek-conroy"),
        (DustLaw.PowerLaw, "power-law")
    );

    private readonly Option<double> _birthCloud = new("--birth-cloud-index")
    {
        Description = "Exponent of the birth clouds' attenuation.",
        DefaultValueFactory = _ => Defaults.BirthCloudIndex!.Value,
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

    /// <summary>The pixels that were asked for; null when none were.</summary>
    public WavelengthGrid? GivenGrid(ParseResult parsed, TableReader tables) =>
        parsed.GetValue(_grid) is { } text ? Grid(text, tables) : null;

    /// <summary>The options as typed.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="threads">Largest number of threads.</param>
    /// <param name="tables">Reads tables.</param>
    /// <param name="like">The survey that is copied; null for none. Then the stars of each galaxy have their own velocities, unless the
    /// user says otherwise, and the pixels are those of the survey.</param>
    public SimulationOptions Read(ParseResult parsed, int threads, TableReader tables, MockSurvey? like = null)
    {
        var isGiven = parsed.GetResult(_dispersion) is { Implicit: false };
        var dispersion = like is not null && !isGiven ? ByMass : parsed.GetRequiredValue(_dispersion);
        var synthesis = new SynthesisOptions
        {
            EmissionLines = !parsed.GetValue(_noLines),
            Lines = _lines.Value(parsed),
            NebularContinuum = !parsed.GetValue(_noContinuum),
            ContinuumSource = _continuum.Value(parsed),
            LymanAlphaEscape = parsed.GetValue(_lyman),
            LymanContinuumEscape = parsed.GetValue(_continuumEscape),
            LineWidth = _lineWidth.Value(parsed),
            LineVelocityKmPerS = parsed.GetValue(_lineVelocity),
            StellarVelocityKmPerS = dispersion == ByMass ? 0 : Number("--velocity-dispersion", dispersion),
            StellarVelocityByMass = dispersion == ByMass,
            MetallicityScatterDex = parsed.GetValue(_scatter),
            Dust = _dust.Value(parsed),
            BirthCloudIndex = parsed.GetValue(_birthCloud),
            SplitAtNodes = parsed.GetValue(_splitAtNodes),
        };
        synthesis.Validate();
        var window = Numbers("--normalization", parsed.GetRequiredValue(_window), 2);
        if (!(window[0] > 0 && window[1] > window[0]))
        {
            throw new InputException(
                $"--normalization {parsed.GetRequiredValue(_window)}: low must be above 0 and high above low, e.g. 5000:5500."
            );
        }
        var grid = like?.Grid ?? Grid(parsed.GetValue(_grid), tables);
        var normalization = new MedianNormalization(window[0], window[1]);
        if (grid.Range(window[0], window[1]) is var (first, end) && end <= first)
        {
            throw new InputException(
                $"The normalisation window {window[0]}-{window[1]} Å holds no pixel of the grid "
                    + $"({grid.WavelengthAngstrom[0]:F1}-{grid.WavelengthAngstrom[^1]:F1} Å); choose another with --normalization."
            );
        }
        return new SimulationOptions(grid, synthesis, normalization, threads, _flux.Value(parsed))
        {
            ObservedFrame = parsed.GetValue(_observed),
            Instrument = _instrument.Read(parsed, tables),
            Like = like,
        };
    }

    /// <summary>The pixels that a user means: the study's, low:high:step, or those of a file.</summary>
    internal static WavelengthGrid Grid(string? text, TableReader tables)
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
        TypedNumber.TryParse(text, out var value)
            ? value
            : throw new InputException($"{option} '{text}' is neither a number of km/s nor {ByMass}; give e.g. 150.");

    private static double[] Numbers(string option, string text, int count)
    {
        var values = text.Split(':').Select(part => TypedNumber.TryParse(part, out var value) ? value : double.NaN).ToArray();
        return values.Length == count && values.All(double.IsFinite)
            ? values
            : throw new InputException(
                $"{option} '{text}' must be {count} numbers with colons between{(option == "--grid" ? ", or an existing file" : "")}, "
                    + $"e.g. {(count == 3 ? "3600:9800:0.8" : "5000:5500")}."
            );
    }
}
