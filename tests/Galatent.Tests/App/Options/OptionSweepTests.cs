using System.CommandLine;
using Galatent.App;
using Galatent.Numerics;

namespace Galatent.Tests.App.Options;

/// <summary>Every option of every command with values that cannot be meant: refused in one sentence that names the option, before any
/// work.</summary>
public sealed class OptionSweepTests : IDisposable
{
    // A comma, a separator of thousands, a Unicode minus, no number, too large for a double, another base, letters, a blank.
    private static readonly string[] OddNumbers =
    [
        "0,5",
        "1,234",
        "\u22121",
        "NaN",
        "Infinity",
        "1e999",
        "0x10",
        "many",
        "1 000",
        "5GB",
        "٣",
    ];

    // Any option that is not a switch accepts one of these.
    private static readonly string[] Tries = ["0.5", "2", "200", "5000:5500", "1/2", "1GB", "delayed:5:1", "logM=10", "cpu"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Commands => [.. All().Select(c => c.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Numbers_are_plain_or_refused(string path)
    {
        foreach (var option in Find(path).Options.Where(IsNumber))
        {
            foreach (var odd in OddNumbers)
            {
                Refused(Line(path, option, $"{option.Name}={odd}"), option.Name, odd);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_option_given_twice_is_refused(string path)
    {
        foreach (var option in Own(path).Where(o => o.Arity.MaximumNumberOfValues <= 1))
        {
            string[] once = option.ValueType == typeof(bool) ? [option.Name] : [option.Name, Acceptable(path, option)];
            Refused(Line(path, option, [.. once, .. once]), option.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_empty_value_is_refused(string path)
    {
        foreach (var option in Own(path).Where(o => Nullable.GetUnderlyingType(o.ValueType) != typeof(bool) && o.ValueType != typeof(bool)))
        {
            Refused(Line(path, option, option.Name, ""), option.Name);
        }
        var arguments = Find(path).Arguments.Select(a => a.Name).ToArray();
        for (var i = 0; i < arguments.Length; i++)
        {
            Refused([.. path.Split(' '), .. Required(path, null), .. arguments[..i], ""], arguments[i]);
        }
    }

    [Theory]
    [InlineData("'5000:5600:0,5'", "--grid 5000:5600:0,5", "simulate")]
    [InlineData("'5000:5600'", "--grid 5000:5600", "simulate")]
    [InlineData("'nan:5600:1'", "--grid nan:5600:1", "simulate")]
    [InlineData("5000:5600:-1", "--grid 5000:5600:-1", "simulate")]
    [InlineData("'5000:5,500'", "--normalization 5000:5,500", "simulate")]
    [InlineData("5500:5000: low must be", "--normalization 5500:5000", "simulate")]
    [InlineData("'1,000'", "--resolution 1,000", "simulate")]
    [InlineData("'3,5A'", "--resolution 3,5A", "simulate")]
    [InlineData("--resolution is -2000", "--resolution -2000", "simulate")]
    [InlineData("'0,5'", "--noise 0,5", "simulate")]
    [InlineData("'NaN'", "--noise NaN", "simulate")]
    [InlineData("'1,50'", "--velocity-dispersion 1,50", "simulate")]
    [InlineData("'Infinity'", "--velocity-dispersion Infinity", "simulate")]
    [InlineData("'1,0/2'", "--shard 1,0/2", "simulate")]
    [InlineData("'0/2'", "--shard 0/2", "simulate")]
    [InlineData("'1/99999999999'", "--shard 1/99999999999", "simulate")]
    [InlineData("'logM=10,5'", "--one logM=10,5", "simulate")]
    [InlineData("'z=NaN'", "--one z=NaN", "simulate")]
    [InlineData("'logM'", "--one logM", "simulate")]
    [InlineData("--one", "--one", "simulate")]
    [InlineData("'delayed:5,0:1'", "--history delayed:5,0:1 --one z=0", "simulate")]
    [InlineData("'delayed:5:1e999'", "--history delayed:5:1e999 --one z=0", "simulate")]
    [InlineData("'1,5GB'", "--memory 1,5GB", "train")]
    [InlineData("'٣GB'", "--memory ٣GB", "train")]
    [InlineData("'12'", "--memory 12", "encode")]
    [InlineData("'NaNGB'", "--memory NaNGB", "traverse")]
    [InlineData("'lots'", "--memory lots", "analyze")]
    [InlineData("--beta", "--beta", "reproduce")]
    [InlineData("'0,3'", "--beta 0.1 0,3", "reproduce")]
    [InlineData("different", "--beta 0.1 0.1", "reproduce")]
    public void Texts_of_numbers_are_plain_or_refused(string named, string option, string path) =>
        Refused([.. path.Split(' '), .. Required(path, null), .. option.Split(' ')], named);

    [Fact]
    public void A_setting_of_a_file_is_read_like_an_option()
    {
        var config = _folder.File("c.json");
        foreach (
            var (json, named) in new[]
            {
                ("""{ "beta": "0,3" }""", "'0,3'"),
                ("""{ "epochs": 2.5 }""", "'2.5'"),
                ("""{ "epochs": [2, 3] }""", "'--epochs' expects a single argument"),
                ("""{ "epochs": 2, "epochs": 3 }""", "gives 'epochs' 2 times"),
                ("""{ "beta": 0.3, "sigma": 0.1 }""", "--sigma has no meaning with --beta"),
                ("""{ "memory": "" }""", "--memory"),
            }
        )
        {
            File.WriteAllText(config, json);
            Refused(["train", .. Required("train", null), "--config", config], config, named);
        }
    }

    private static bool IsNumber(Option option) =>
        (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) is var type
        && (type == typeof(double) || type == typeof(int) || type == typeof(long) || type == typeof(double[]));

    private static IEnumerable<Option> Own(string path) =>
        Find(path).Options.Where(o => o.Name.StartsWith("--", StringComparison.Ordinal) && o.Name is not ("--help" or "--version"));

    private static Command Find(string path) => All().Single(c => c.Path == path).Command;

    private static IEnumerable<(string Path, Command Command)> All() =>
        Cli.Root()
            .Subcommands.SelectMany(c =>
                c.Subcommands.Count == 0 ? [(c.Name, c)] : c.Subcommands.Select(inner => ($"{c.Name} {inner.Name}", inner))
            );

    private string[] Line(string path, Option option, params string[] more) =>
        [.. path.Split(' '), .. Required(path, option), .. Find(path).Arguments.Select(_ => _folder.File("none")), .. more];

    private string[] Required(string path, Option? without) =>
        [
            .. Find(path)
                .Options.Where(o => o.Required && o.Name != without?.Name)
                .SelectMany(o => new[] { o.Name, IsNumber(o) ? "1" : _folder.File(o.Name[2..]) }),
        ];

    private string Acceptable(string path, Option option) =>
        option
            .CompletionSources.SelectMany(s => s(System.CommandLine.Completions.CompletionContext.Empty))
            .Select(c => c.Label)
            .Concat(Tries)
            .First(value => Cli.Root().Parse(Line(path, option, option.Name, value)).Errors.Count == 0);

    private void Refused(string[] arguments, params string[] named)
    {
        var before = Entries();
        var refusal = Record.Exception(() => Cli.Execute(arguments));
        var message = Assert.IsType<InputException>(refusal).Message;
        Assert.All(named, n => Assert.Contains(n, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
        Assert.Equal(before, Entries());
    }

    private string[] Entries() => Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories);
}
