using System.CommandLine;
using System.Text.RegularExpressions;
using Galatent.App;

namespace Galatent.Tests.Architecture;

/// <summary>README.md and the pages of docs: what they point to exists, and they can be read.</summary>
public partial class DocumentTests
{
    private const int MostLines = 150;
    private const int MostCharacters = 140;

    public static TheoryData<string> Pages =>
        ["README.md", .. Directory.GetFiles(InRepository("docs"), "*.md", SearchOption.AllDirectories).Select(Name).Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_points_to_a_file_and_a_heading(string page)
    {
        foreach (var link in Link().Matches(Read(page)).Select(m => m.Groups[1].Value))
        {
            if (link.Contains("://", StringComparison.Ordinal))
            {
                continue;
            }
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? page : Name(Path.Combine(Path.GetDirectoryName(InRepository(page))!, parts[0]));
            Assert.True(Path.Exists(InRepository(target)), $"{page} points to '{link}', which does not exist.");
            Assert.True(
                parts.Length == 1 || Headings(target).Contains(parts[1]),
                $"{page} points to '{link}', but {target} has no such heading."
            );
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_option_named_exists(string page)
    {
        var root = Cli.Root();
        foreach (var code in Code(page))
        {
            var call = Call().Match(code);
            if (!call.Success && ForeignProgram().IsMatch(code))
            {
                continue;
            }
            var named = call.Success ? code[call.Index..] : code;
            var command = call.Success ? Find(root, call.Groups[1].Value.Split(' ')) : null;
            Assert.False(call.Success && command is null, $"{page}: there is no command for '{code}'.");
            var known = (command is null ? All(root) : [root, command]).SelectMany(c => c.Options).Select(o => o.Name).ToHashSet();
            Assert.All(Option().Matches(named).Select(m => m.Value), option =>
                Assert.True(known.Contains(option), $"{page}: '{option}' of '{code}' does not exist.")
            );
        }
    }

    // A page that says what it is for, in pieces that a reader takes in at once.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Pages_are_short_and_begin_with_a_paragraph(string page)
    {
        var lines = Read(page).Split('\n');
        Assert.True(lines.Length <= MostLines, $"{page} has {lines.Length} lines; move trials and tables to docs/notes.");
        Assert.StartsWith("# ", lines[0], StringComparison.Ordinal);
        Assert.Matches("^[A-Z]", lines[2]);
        Assert.All(Prose(lines).Where(l => l.Length > MostCharacters), l =>
            Assert.Fail($"{page} has a line of {l.Length} characters; break it: {l[..60]}...")
        );
    }

    [Fact]
    public void Every_room_of_the_library_has_its_sentence()
    {
        var library = InRepository(Path.Combine("src", "Galatent"));
        var page = Read(Path.Combine("docs", "architecture.md"));
        var rooms = Directory
            .GetDirectories(library)
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .SelectMany(folder => Directory.GetDirectories(folder))
            .Select(room => Path.GetRelativePath(library, room).Replace('\\', '/'));
        Assert.All(rooms, room =>
            Assert.True(page.Contains($"\n| {room} | ", StringComparison.Ordinal), $"docs/architecture.md: add a row '{room}' to Rooms.")
        );
    }

    [Fact]
    public void The_check_of_options_sees_them()
    {
        Assert.Contains(Code(Path.Combine("docs", "simulate.md")), c => Option().IsMatch(c));
        Assert.Contains(Code("README.md"), c => Call().Match(c).Groups[1].Value.StartsWith("simulate", StringComparison.Ordinal));
    }

    private static string InRepository(string name) => Path.Combine(SharedData.RepositoryRoot, name);

    private static string Name(string path) => Path.GetRelativePath(SharedData.RepositoryRoot, path);

    private static string Read(string page) => File.ReadAllText(InRepository(page)).ReplaceLineEndings("\n");

    /// <summary>Spans between back quotes, and lines of blocks without their remarks.</summary>
    private static IEnumerable<string> Code(string page)
    {
        var inBlock = false;
        foreach (var line in Read(page).Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inBlock = !inBlock;
            }
            else if (inBlock || line.StartsWith("    ", StringComparison.Ordinal))
            {
                yield return line.Split(" #")[0].Trim();
            }
            else
            {
                foreach (Match span in Span().Matches(line))
                {
                    yield return span.Groups[1].Value;
                }
            }
        }
    }

    private static IEnumerable<string> Prose(IEnumerable<string> lines)
    {
        var inBlock = false;
        foreach (var line in lines)
        {
            inBlock ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!inBlock && !line.StartsWith('|'))
            {
                yield return line;
            }
        }
    }

    // Anchors as GitHub makes them: lower case, punctuation gone, hyphens for blanks.
    private static IEnumerable<string> Headings(string page) =>
        Read(page)
            .Split('\n')
            .Where(l => l.StartsWith('#'))
            .Select(l => NoLetter().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static Command? Find(Command root, string[] words)
    {
        var command = root.Subcommands.FirstOrDefault(c => c.Name == words[0]);
        return words.Length > 1 && command?.Subcommands.FirstOrDefault(c => c.Name == words[1]) is { } inner ? inner : command;
    }

    private static IEnumerable<Command> All(Command command) => [command, .. command.Subcommands.SelectMany(All)];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<![\w./-])galatent ([a-z]+(?: [a-z]+)?)")]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"^(mpirun|mpiexec|srun|dotnet|tensorboard|h5repack|pip|OMPI_\w+=|Galatent\.Benchmarks|\.\.\.)")]
    private static partial Regex ForeignProgram();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoLetter();
}
