using System.CommandLine;
using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys;

namespace Galatent.App.Options;

/// <summary>The options of <c>galatent import</c> for what is done to observed spectra. Those that say how a file is read belong to
/// <c>galatent inspect</c> as well.</summary>
internal sealed class SurveySettings
{
    private static readonly SurveyOptions Defaults = new();

    private readonly Option<string?> _kind = Kinds();
    private readonly Option<string?> _columns = new Option<string?>("--columns")
    {
        Description =
            "What the columns of a table are: wavelength=A,flux=B and ivar=C, error=C or variance=C; also mask, redshift, id. A unit may "
            + "follow: wavelength=A:nm.",
        HelpName = "ROLE=NAME,...",
    }.Readable(Pairs);
    private readonly Option<string?> _rows = new Option<string?>("--rows")
    {
        Description = "What the rows of an image are, from 0: flux=0,error=1.",
        HelpName = "ROLE=N,...",
    }.Readable(Numbers);
    private readonly Option<string?> _hdus = new Option<string?>("--hdus")
    {
        Description = "What the HDUs of a FITS file are, from 0: flux=0,wavelength=2.",
        HelpName = "ROLE=N,...",
    }.Readable(Numbers);
    private readonly EnumOption<SpectralMedium> _medium = new(
        "--medium",
        "Whether wavelengths count in air or vacuum; auto: as the file or its survey says, air where nobody says.",
        null,
        "auto",
        (SpectralMedium.Vacuum, "vacuum"),
        (SpectralMedium.Air, "air")
    );
    private readonly Option<string> _frame = new Option<string>("--frame")
    {
        Description = "auto: observed, unless the file says otherwise; rest: wavelengths are at rest already.",
        DefaultValueFactory = _ => "auto",
    }.OneOf("auto", "rest");
    private readonly Option<string?> _grid = new("--grid")
    {
        Description = "Other pixels than the study's: low:high:step in Å (vacuum, at rest), a file of wavelengths, or a model folder.",
        HelpName = "LOW:HIGH:STEP|FILE|DIR",
    };
    private readonly Option<string> _ebv = new Option<string>("--ebv")
    {
        Description =
            "E(B-V) of our galaxy's dust that is corrected for: that of the file, of the plate where a spectrum has none (SDSS), or none.",
        DefaultValueFactory = _ => "file",
    }.OneOf("file", "plate", "none");
    private readonly Option<string?> _resolution = new Option<string?>("--resolution")
    {
        Description =
            "Convolve spectra to this full width at half maximum of lines, Å at rest, e.g. 4; coarser spectra are left out. By "
            + "default each stays as it is.",
        HelpName = "ANGSTROM",
    }.Readable(Width);
    private readonly Option<long> _bits = new Option<long>("--mask-bits")
    {
        Description = "Bits of SDSS' and_mask that make a pixel bad; by default 2^23 (BRIGHTSKY).",
        DefaultValueFactory = _ => Defaults.MaskBits,
    }.Checked(b => b >= 0, "must not be negative");
    private readonly EnumOption<SkyMask> _sky = new(
        "--sky-mask",
        "Masked sky lines: none, line (5577 Å) or strong (also 6300, 6364 Å and OH).",
        Defaults.Sky,
        (SkyMask.None, "none"),
        (SkyMask.Line, "line"),
        (SkyMask.Strong, "strong")
    );
    private readonly Option<string> _telluric = new Option<string>("--telluric")
    {
        Description = "Mask the bands of oxygen and water; auto: for surveys that do not correct for them.",
        DefaultValueFactory = _ => "auto",
    }.OneOf("auto", "on", "off");
    private readonly Option<string[]> _ranges = new("--mask-range")
    {
        Description = "Observed wavelengths that are bad, Å, vacuum; may be given several times.",
        HelpName = "LOW:HIGH",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the options that say how a file is read.</summary>
    public void AddReading(Command command)
    {
        foreach (var option in new Option[] { _kind, _columns, _rows, _hdus, _medium, _frame })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Adds the options that say how a spectrum is prepared.</summary>
    public void AddPreparation(Command command)
    {
        _ranges.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => Range(t.Value) is null) is { } odd)
            {
                result.AddError($"--mask-range '{odd.Value}' must be two wavelengths in Å with a colon between, e.g. 7585:7715");
            }
        });
        foreach (var option in new Option[] { _grid, _resolution, _ebv, _bits, _sky, _telluric, _ranges })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>How files are read.</summary>
    public SurveyOptions Reading(ParseResult parsed) =>
        new()
        {
            Kind = parsed.GetValue(_kind),
            Columns = Pairs(parsed.GetValue(_columns) ?? ""),
            Rows = Numbers(parsed.GetValue(_rows) ?? ""),
            Hdus = Numbers(parsed.GetValue(_hdus) ?? ""),
            Medium = _medium.Given(parsed),
            IsRest = parsed.GetRequiredValue(_frame) == "rest",
            ScratchFolder = Path.TrimEndingDirectorySeparator(Path.GetTempPath()),
        };

    /// <summary>How files are read and spectra prepared.</summary>
    public SurveyOptions Whole(ParseResult parsed) =>
        Reading(parsed) with
        {
            // The folder of the result: the temporary one is often small, or memory.
            ScratchFolder = null,
            Grid = Grid(parsed.GetValue(_grid)),
            ResolutionFwhmAngstrom = parsed.GetValue(_resolution) is { } width ? Width(width) : null,
            Deredden = parsed.GetRequiredValue(_ebv) != "none",
            UsePlateEbv = parsed.GetRequiredValue(_ebv) == "plate",
            MaskBits = parsed.GetValue(_bits),
            Sky = _sky.Value(parsed),
            Telluric = parsed.GetRequiredValue(_telluric) switch
            {
                "on" => true,
                "off" => false,
                _ => null,
            },
            MaskRanges = [.. (parsed.GetValue(_ranges) ?? []).Select(r => Range(r)!.Value)],
        };

    private static WavelengthGrid Grid(string? text)
    {
        if (text is not null && Directory.Exists(text))
        {
            var model = ModelDescription.Read(Path.Combine(VaeModel.Home(text), VaeModel.DescriptionFile));
            ProgressDisplay.Say($"{text}: the {model.WavelengthAngstrom.Length} pixels of this model");
            return new WavelengthGrid(model.WavelengthAngstrom);
        }
        return text is "study" or null
            ? WavelengthGrid.Study
            : SimulationSettings.Grid(text, new TableReader(Galatent.Files.TableOptions.None, []));
    }

    private static Option<string?> Kinds()
    {
        var option = new Option<string?>("--kind")
        {
            Description = $"Kind of the files, where their content does not tell: {string.Join(", ", SurveyInspection.Kinds)}.",
            HelpName = "NAME",
        };
        option.CompletionSources.Add([.. SurveyInspection.Kinds]);
        return option.Checked(
            k => k is null || SurveyInspection.Kinds.Contains(k),
            $"is not known; choose {string.Join(", ", SurveyInspection.Kinds)}"
        );
    }

    private static Dictionary<string, string> Pairs(string text)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (
                equals < 1
                || equals == part.Length - 1
                || !pairs.TryAdd(part[..equals].Trim().ToLowerInvariant(), part[(equals + 1)..].Trim())
            )
            {
                throw new InputException($"'{text}' must be pairs with different roles, e.g. wavelength=WAVE,flux=FLUX,ivar=IVAR.");
            }
        }
        return pairs;
    }

    private static Dictionary<string, int> Numbers(string text) =>
        Pairs(text)
            .ToDictionary(
                p => p.Key,
                p =>
                    int.TryParse(p.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : throw new InputException($"'{text}' must give whole numbers from 0, e.g. flux=0,error=1.")
            );

    private static double Width(string text) =>
        TypedNumber.TryParse(text.TrimEnd('A', 'Å'), out var value) && value > 0
            ? value
            : throw new InputException($"'{text}' must be a width in Å above 0, e.g. 4.");

    private static (double, double)? Range(string text) =>
        text.Split(':') is [var first, var second]
        && TypedNumber.TryParse(first, out var low)
        && TypedNumber.TryParse(second, out var high)
        && low > 0
        && high > low
            ? (low, high)
            : null;
}
