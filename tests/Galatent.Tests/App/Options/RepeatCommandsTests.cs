using System.CommandLine;
using System.Net;
using System.Text.RegularExpressions;
using Galatent.App;
using Galatent.App.Options;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Study;
using Galatent.Tests.Report;

namespace Galatent.Tests.App.Options;

/// <summary>"How to repeat this": what a shell makes of the commands, and what the command line makes of that, is the run again.</summary>
public sealed partial class RepeatCommandsTests
{
    private static readonly RunManifest Plain = new StudyOptions().Manifest();

    /// <summary>Runs with ordinary and with awkward options.</summary>
    public static TheoryData<RunManifest> Runs =>
        [
            Plain,
            Plain with
            {
                Preset = "standard",
                Count = 100_000,
                Seed = 7,
            },
            Plain with
            {
                Count = 500,
                Betas = [0.05, 0.3],
                Population = "uniform",
                Device = "cuda",
            },
            Plain with
            {
                Seeds = 3,
                Seed = 5,
            },
            Plain with
            {
                Preset = "thesis",
                Count = 100_000,
                StellarPopulations = "my stars/it's $HOME \"b\" `c`;&|<>*?#~!\\.galssp",
            },
            Plain with
            {
                StellarPopulations = "a.spec,b c.spec",
                Seed = long.MaxValue,
                Betas = [1e-7, 0.1 + 0.2, 12345.678],
            },
            Plain with
            {
                StellarPopulations = "line\nbreak=Å.h5",
            },
            Plain with
            {
                StellarPopulations = "-x.h5",
            },
            Plain with
            {
                StellarPopulations = "@x.h5",
            },
        ];

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_command_asks_for_the_same_run(RunManifest manifest)
    {
        var commands = Words(RepeatCommands.Of(manifest, manifest.Betas[0])).ToArray();
        Assert.Equal(["reproduce", "simulate", "train", "analyze", "report"], commands.Select(c => c[0]));

        var all = Parse(commands[0]);
        var preset = all.GetRequiredValue<string>("--preset");
        var asked = new StudyOptions
        {
            Preset = preset,
            Count = all.GetValue<int?>("--count"),
            Betas = all.GetRequiredValue<double[]>("--beta"),
            Population = Word(all, "--population"),
            StellarPopulations = all.GetValue<string?>("--ssp"),
            Seed = all.GetValue<long>("--seed"),
            Seeds = all.GetValue<int>("--seeds"),
            Compute = new() { Device = all.GetRequiredValue<string>("--device") },
        };
        Assert.Null(manifest.DifferenceFrom(asked.Manifest() with { StellarPopulations = Path(asked.StellarPopulations) }));

        var simulate = Parse(commands[1]);
        Assert.Equal(manifest.Count, simulate.GetValue<int>("--count"));
        Assert.Equal(manifest.Seed, simulate.GetValue<long>("--seed"));
        Assert.Equal(manifest.Population, Word(simulate, "--population"));
        Assert.Equal(manifest.StellarPopulations, Path(simulate.GetValue<string?>("--ssp")));
        var train = Parse(commands[2]);
        Assert.Equal(manifest.Betas[0], train.GetValue<double?>("--beta"));
        Assert.Equal(manifest.Preset, train.GetValue<string>("--preset"));
        Assert.Equal(manifest.Device, train.GetValue<string>("--device"));
        Assert.Equal(simulate.GetValue<string>("--out"), train.GetValue<string>("--data"));
        Assert.Equal(new RunLayout("RUN").Model(manifest.Betas[0]).Model, train.GetValue<string>("--out"));
        var analyze = Parse(commands[3]);
        Assert.Equal(StudyPreset.ForName(manifest.Preset).InformationSpectra, analyze.GetValue<int>("--information-spectra"));
        Assert.Equal(manifest.Seed, analyze.GetValue<long>("--seed"));
    }

    [Fact]
    public void Defaults_are_not_repeated() =>
        Assert.Contains(
            "\ngalatent reproduce --preset quick --seed 1 --out RUN\n",
            RepeatCommands.Of(Plain, 0.3),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_page_keeps_the_commands_to_the_letter()
    {
        var manifest = Plain with { StellarPopulations = "it's <b> & \"c\".h5" };
        var commands = RepeatCommands.Of(manifest, 0.3);
        var run = InventedRun.Make(InventedRun.CoarseGrid, 60, 0.3) with { Manifest = manifest, RepeatCommands = commands };
        Assert.Equal(commands, WebUtility.HtmlDecode(Preformatted().Match(ReportPage.Compose(run, [], _ => [])).Groups[1].Value));
    }

    // A real shell splits and unquotes the lines; each word comes back with a 0 behind it, each command with a word of its own.
    private static IEnumerable<string[]> Words(string script)
    {
        var (code, output, error) = CommandLine.Run("sh", ["-c", "galatent() { printf '%s\\000' \"$@\" '<end>'; }\n" + script]);
        Assert.True(code == 0, error);
        var words = new List<string>();
        foreach (var word in output.Split('\0')[..^1])
        {
            if (word != "<end>")
            {
                words.Add(word);
                continue;
            }
            yield return [.. words];
            words.Clear();
        }
    }

    private static ParseResult Parse(string[] words)
    {
        var parsed = Cli.Root().Parse(words);
        Assert.Empty(parsed.Errors);
        return parsed;
    }

    private static string Word(ParseResult parsed, string option) =>
        parsed.GetResult(option) is { } result && result.Tokens.Count > 0 ? result.Tokens[0].Value : new StudyOptions().Population;

    private static string Path(string? given) =>
        given is null ? StudyOptions.BuiltIn
        : given.StartsWith("./", StringComparison.Ordinal) ? given[2..]
        : given;

    [GeneratedRegex("<pre>(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Preformatted();
}
