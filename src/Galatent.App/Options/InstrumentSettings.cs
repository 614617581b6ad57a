using System.CommandLine;
using Galatent.Numerics;
using Galatent.Synthesis.Observing;

namespace Galatent.App.Options;

/// <summary>The options of <c>galatent simulate</c> that describe a spectrograph. By default there is none.</summary>
internal sealed class InstrumentSettings
{
    private readonly Option<string?> _resolution = new("--resolution")
    {
        Description =
            "Resolution of an instrument, on top of the library's own 2.5 Å: R = wavelength/FWHM (2000), FWHM in Å (3.5A), or a CSV file "
            + "with the columns wavelength_angstrom and either resolving_power or fwhm_angstrom.",
        HelpName = "R|FWHM|FILE",
    };
    private readonly Option<string?> _noise = new("--noise")
    {
        Description =
            "Gaussian noise: S/N per pixel (20), or a CSV file with the columns wavelength_angstrom and either snr or sigma (in units of "
            + "the normalisation window's median). The file then holds /ivar too.",
        HelpName = "SNR|FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_resolution);
        command.Options.Add(_noise);
    }

    public InstrumentOptions Read(ParseResult parsed, TableReader tables)
    {
        var options = new InstrumentOptions();
        if (parsed.GetValue(_resolution) is { } resolution)
        {
            options =
                TypedNumber.TryParse(resolution, out var power)
                    ? options with
                    {
                        ResolvingPower = Constant("--resolution", $"R = {resolution}", power),
                    }
                : resolution.EndsWith('A') && TypedNumber.TryParse(resolution.AsSpan()[..^1], out var width)
                    ? options with
                    {
                        FullWidthAngstrom = Constant("--resolution", $"FWHM = {resolution[..^1]} angstrom", width),
                    }
                : FromFile(tables, "--resolution", resolution, "resolving_power", "fwhm_angstrom") is var (curve, isSecond) && isSecond
                    ? options with
                    {
                        FullWidthAngstrom = curve,
                    }
                : options with { ResolvingPower = curve };
        }
        if (parsed.GetValue(_noise) is { } noise)
        {
            options =
                TypedNumber.TryParse(noise, out var ratio)
                    ? options with
                    {
                        SignalToNoise = Constant("--noise", $"S/N = {noise} per pixel", ratio),
                    }
                : FromFile(tables, "--noise", noise, "snr", "sigma") is var (curve, isSecond) && isSecond
                    ? options with
                    {
                        NoiseSigma = curve,
                    }
                : options with { SignalToNoise = curve };
        }
        return options;
    }

    private static ResponseCurve Constant(string option, string name, double value) =>
        value > 0 && double.IsFinite(value)
            ? ResponseCurve.Constant(name, value)
            : throw new InputException($"{option} is {value}; it must be above 0.");

    private static (ResponseCurve Curve, bool IsSecond) FromFile(
        TableReader tables,
        string option,
        string path,
        string first,
        string second
    )
    {
        if (!File.Exists(path))
        {
            throw new InputException(
                $"{option} '{path}' is neither a number nor an existing file; give e.g. {(option == "--noise" ? "20" : "2000 or 3.5A")}."
            );
        }
        var table = tables.Read(path);
        double[]? Column(string name) => table.Names.Contains(name) ? table.Numbers(name) : null;
        var wavelength = Column("wavelength_angstrom");
        if (wavelength is null || wavelength.Length < 2 || (Column(first) is null) == (Column(second) is null))
        {
            throw new InputException(
                $"'{path}' ({option}) needs the columns wavelength_angstrom and either {first} or {second}, and at least 2 rows; it has "
                    + $"{string.Join(", ", table.Names)} and {table.Count} rows."
            );
        }
        var isSecond = Column(first) is null;
        return (
            new ResponseCurve($"{(isSecond ? second : first)} of {Path.GetFileName(path)}", wavelength, Column(isSecond ? second : first)!),
            isSecond
        );
    }
}
