namespace Galatent.Tests.App.Commands;

/// <summary>Completion as a shell asks for it.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("tra", "train")]
    [InlineData("train --obj", "--objective")]
    [InlineData("train --objective ", "tc-vae")]
    [InlineData("reproduce --preset t", "thesis")]
    public void What_could_follow_is_told(string line, string expected)
    {
        var (exitCode, output, _) = CommandLine.Galatent($"[suggest:{line.Length}]", line);
        Assert.Equal(0, exitCode);
        Assert.Contains(expected, output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("galatent tr", "train traverse")]
    [InlineData("galatent train --preset st", "standard")]
    public void Bash_completes(string line, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        var script = _folder.File("script");
        File.WriteAllText(script, CommandLine.Galatent("completion", "bash").Output);
        var word = line[(line.LastIndexOf(' ') + 1)..];
        var (exitCode, output, error) = CommandLine.Run(
            "/bin/bash",
            [
                "-c",
                $"galatent() {{ dotnet '{CommandLine.App}' \"$@\"; }}; source '{script}'; "
                    + $"COMP_LINE='{line}'; COMP_POINT={line.Length}; _galatent galatent '{word}'; echo ${{COMPREPLY[*]}}",
            ]
        );
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(expected, output.Trim());
    }

    [Theory]
    [InlineData("zsh", "#compdef galatent")]
    [InlineData("fish", "complete -c galatent")]
    public void Other_shells_have_a_script(string shell, string expected)
    {
        var (exitCode, output, _) = CommandLine.Galatent("completion", shell);
        Assert.Equal(0, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_shell_is_refused_in_a_sentence()
    {
        var (exitCode, _, error) = CommandLine.Galatent("completion", "tcsh");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("'tcsh'", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
