using System.Text.RegularExpressions;
using Galatent.App;
using Galatent.App.Options;
using Galatent.Spectra;

namespace Galatent.Tests.App.Options;

/// <summary>The library names its settings and the app the options that set them.</summary>
public sealed partial class SettingNamesTests
{
    [Fact]
    public void Every_setting_exists_and_has_an_option_that_exists()
    {
        var options = OptionNames();
        var types = typeof(SpectrumSet).Assembly.GetTypes().Where(t => t.IsPublic).ToLookup(t => t.Name);
        Assert.All(SettingNames.Options, pair =>
        {
            Assert.Contains(pair.Value, options);
            var parts = pair.Key.Split('.');
            var type = Assert.Single(types[parts[0]]);
            Assert.True(parts.Length == 1 || type.GetMember(parts[1]).Length > 0, pair.Key);
        });
    }

    [Fact]
    public void Every_setting_that_a_message_names_has_an_option() =>
        Assert.Empty(
            Library()
                .SelectMany(file =>
                    Literal()
                        .Matches(Comment().Replace(file.Text, ""))
                        .SelectMany(literal => Setting().Matches(Hole().Replace(literal.Value, "")))
                        .Where(setting => !SettingNames.Options.ContainsKey(setting.Value))
                        .Select(setting => $"{file.Name} names {setting.Value}; add its option to SettingNames.")
                )
        );

    // The page of a report shows commands to be typed; everything else of the library is also for programs.
    [Fact]
    public void The_library_knows_no_option_of_the_command_line()
    {
        var flag = new Regex($@"(?<![\w-])({string.Join('|', OptionNames().Select(Regex.Escape))})(?![\w-])");
        Assert.Empty(
            Library()
                .Where(file => file.Name != "ReportText.cs")
                .SelectMany(file =>
                    flag.Matches(file.Text).Select(m => $"{file.Name} names {m.Value}; name the setting, and add it to SettingNames.")
                )
        );
    }

    [Theory]
    [InlineData(
        "choose another SimulationOptions.Grid, PopulationOptions.MaxRedshift or SspLibrary.",
        "choose another --grid, --zmax or --ssp."
    )]
    [InlineData("'/data/SimulationOptions.Grid/SspLibrary/x.h5' is missing", "'/data/SimulationOptions.Grid/SspLibrary/x.h5' is missing")]
    [InlineData("Cannot read it. Other.Thing stays", "Cannot read it. Other.Thing stays")]
    public void Messages_get_options_and_paths_stay(string message, string shown) => Assert.Equal(shown, SettingNames.InOptions(message));

    private static string[] OptionNames() =>
        [
            .. Cli.Root()
                .Subcommands.SelectMany(c => c.Subcommands.Prepend(c))
                .SelectMany(c => c.Options)
                .Select(o => o.Name)
                .Append("--config")
                .Distinct(),
        ];

    private static IEnumerable<(string Name, string Text)> Library() =>
        Directory
            .GetFiles(Path.Combine(SharedData.RepositoryRoot, "src", "Galatent"), "*.cs", SearchOption.AllDirectories)
            .Where(p => !p.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(p => (Path.GetFileName(p), File.ReadAllText(p)));

    [GeneratedRegex("\"([^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?<=[ (""])[A-Z]\w+Options\.[A-Z]\w+(?=[ ,;)""]|\.[ ""])")]
    private static partial Regex Setting();
}
