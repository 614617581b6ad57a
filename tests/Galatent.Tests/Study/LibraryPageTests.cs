using System.Text.RegularExpressions;

namespace Galatent.Tests.Study;

/// <summary>docs/library.md shows what <see cref="LibraryExamples"/> runs.</summary>
public sealed partial class LibraryPageTests
{
    [Fact]
    public void The_page_shows_what_the_tests_run()
    {
        var page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "library.md"));
        var source = File.ReadAllText(
            Path.Combine(SharedData.RepositoryRoot, "tests", "Galatent.Tests", "Study", $"{nameof(LibraryExamples)}.cs")
        );
        var shown = Chapter().Matches(page).Select(m => (m.Groups["name"].Value, m.Groups["code"].Value.Trim())).ToArray();
        var run = Example().Matches(source).Select(m => (m.Groups["name"].Value, WithoutIndent(m.Groups["code"].Value))).ToArray();
        Assert.Equal(["Simulate", "Train", "Analyse", "Export", "The whole study"], run.Select(e => e.Item1));
        Assert.Equal(run, shown);
        Assert.Equal(run.Length, CodeBlock().Count(page));
    }

    private static string WithoutIndent(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Length > 8 ? line[8..] : line.Trim())).Trim();

    [GeneratedRegex(@"^## (?<name>[^\n]+)\n\n```csharp\n(?<code>.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Chapter();

    [GeneratedRegex(@"// example: (?<name>[^\n]+)\n(?<code>.*?)// end", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^```csharp", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
