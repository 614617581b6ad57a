using System.CommandLine;
using Galatent.App.Terminal;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Training;

namespace Galatent.App.Options;

/// <summary>Options with the same meaning in every command. A command uses those that apply to it.</summary>
internal static class CommonOptions
{
    public static Option<long> Seed() =>
        new Option<long>("--seed")
        {
            Description = "Root of all random numbers; the same seed gives the same bytes.",
            DefaultValueFactory = _ => 1,
        }.Checked(s => s >= 0, "must not be negative");

    public static Option<string> Out(string description) =>
        new("--out")
        {
            Description = description,
            Required = true,
            HelpName = "PATH",
        };

    public static Option<string> Out(string description, string defaultPath) =>
        new("--out")
        {
            Description = description,
            DefaultValueFactory = _ => defaultPath,
            HelpName = "PATH",
        };

    /// <summary>How many spectra to use. It has no default, so that the help shows none.</summary>
    public static Option<int?> First(string description, int least) =>
        new Option<int?>("--count") { Description = description, HelpName = "N" }.Checked(n => n >= least, $"must be at least {least}");

    /// <summary>Adds a check that the value is between 0 and 1.</summary>
    public static Option<T> Share<T>(this Option<T> option) =>
        option.Checked(v => v is double share && share > 0 && share < 1, "must lie between 0 and 1");

    public static Option<int> Threads() =>
        new Option<int>("--threads")
        {
            Description = "Processor cores to use; results do not depend on it.",
            DefaultValueFactory = _ => Job.Threads,
        }.Checked(t => t is >= 1 and <= 1024, "must lie between 1 and 1024");

    public static Option<string> Memory() =>
        new Option<string>("--memory")
        {
            Description =
                "Memory for the spectra, e.g. 2GB; a larger file stays on disk and is streamed. auto: half of this machine's memory.",
            DefaultValueFactory = _ => "auto",
            HelpName = "SIZE",
        }.Readable(text => text == "auto" ? MemoryLimit.Automatic() : MemoryLimit.Parse(text));

    /// <summary>Opens spectra within the given memory limit.</summary>
    /// <param name="text">The value of <see cref="Memory"/>.</param>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="scratchFolder">Folder for a flat copy, if the file needs one.</param>
    /// <param name="count">At most this many spectra.</param>
    public static ISpectrumSource OpenSpectra(string text, string path, string scratchFolder, int count = int.MaxValue)
    {
        var limit = text == "auto" ? MemoryLimit.Automatic(Job.Processes.SharingMachine) : MemoryLimit.Parse(text);
        var spectra = limit.Open(path, scratchFolder, count);
        ProgressDisplay.Say(SpectrumLayout.Inspect(path, spectra));
        return spectra;
    }

    public static Option<string> Device()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where the network runs: cpu, cuda or cuda:N. GPUs need the libtorch backend (docs/install.md).",
            DefaultValueFactory = _ => "cpu",
            HelpName = "DEVICE",
        }.Readable(text => new ComputeOptions { Device = text }.WhyBackend(ObjectiveList.Default));
        option.CompletionSources.Add("cpu", "cuda");
        return option;
    }

    /// <summary>Which program does the arithmetic.</summary>
    public static Option<string> Engine() =>
        new Option<string>("--engine")
        {
            Description =
                "auto, or torch: libtorch's own operations also on the CPU (slower; sums depend on --threads; needs the backend, "
                + "docs/install.md).",
            DefaultValueFactory = _ => "auto",
        }.OneOf("auto", "torch");

    /// <summary>Where a command computes.</summary>
    /// <param name="device">The value of <see cref="Device"/>.</param>
    /// <param name="threads">The value of <see cref="Threads"/>.</param>
    /// <param name="engine">The value of <see cref="Engine"/>.</param>
    /// <param name="objective">What is minimised; the study's when null.</param>
    /// <exception cref="InputException">The backend is needed and not there.</exception>
    public static ComputeOptions Compute(string device, int threads, string engine = "auto", Objective? objective = null)
    {
        var compute = new ComputeOptions
        {
            Device = device,
            Threads = threads,
            Engine = engine,
            Backend = Backend.Load,
        };
        // Whether it is there is told before the work begins, not after half of it.
        if (compute.WhyBackend(objective ?? ObjectiveList.Default) is { } why)
        {
            _ = Backend.Load(why);
        }
        return compute;
    }

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output." };

    public static Option<string> Preset() =>
        new Option<string>("--preset")
        {
            Description = $"Recipe: {string.Join(", ", TrainingOptions.Presets)}.",
            DefaultValueFactory = _ => TrainingOptions.DefaultPreset,
        }.OneOf([.. TrainingOptions.Presets]);

    /// <summary>Adds a check. The error message names the option, the value and what is wrong.</summary>
    public static Option<T> Checked<T>(this Option<T> option, Predicate<T> isGood, string complaint)
    {
        option.Validators.Add(result =>
        {
            try
            {
                if (result.Tokens.Count > 0 && result.GetValueOrDefault<T>() is { } value && !isGood(value))
                {
                    result.AddError($"{option.Name} {string.Join(' ', result.Tokens.Select(t => t.Value))} {complaint}");
                }
            }
            catch (InvalidOperationException)
            {
                // The value could not be parsed at all. The parser reports that.
            }
        });
        return option;
    }

    /// <summary>Adds a check that the text can be read. The error message names the option and what is wrong.</summary>
    public static Option<TText> Readable<TText, T>(this Option<TText> option, Func<string, T> read)
    {
        option.Validators.Add(result =>
        {
            try
            {
                if (result.Tokens is [var token, ..])
                {
                    _ = read(token.Value);
                }
            }
            catch (InputException e)
            {
                result.AddError($"{option.Name}: {e.Message}");
            }
        });
        return option;
    }

    /// <summary>Restricts a text option to a list of values.</summary>
    public static Option<string> OneOf(this Option<string> option, params string[] values)
    {
        option.CompletionSources.Add(values);
        return option.Checked(v => values.Contains(v), $"is not known; choose {string.Join(", ", values)}");
    }
}
