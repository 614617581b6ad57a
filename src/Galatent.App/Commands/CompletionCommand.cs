using System.CommandLine;

namespace Galatent.App.Commands;

/// <summary><c>galatent completion</c>: a script that lets a shell complete commands, options and values. The script asks the program
/// itself (the directive <c>[suggest:POSITION]</c> of System.CommandLine), so it does not grow old.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _galatent() {
            local line=${COMP_LINE#* }
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(galatent "[suggest:$((COMP_POINT - ${#COMP_LINE} + ${#line}))]" "$line" 2>/dev/null)" -- "$2"))
        }
        complete -o default -F _galatent galatent
        """;

    private const string Zsh = """
        #compdef galatent
        _galatent() {
            local line=${BUFFER#* }
            local -a found
            found=("${(@f)$(galatent "[suggest:$((CURSOR - ${#BUFFER} + ${#line}))]" "$line" 2>/dev/null)}")
            compadd -a found
            _files
        }
        compdef _galatent galatent
        """;

    private const string Fish = """
        function __galatent_complete
            set -l line (commandline -cp | string replace -r '^\S+\s' '')
            galatent "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c galatent -a '(__galatent_complete)'
        """;

    private static readonly (string Shell, string Script)[] Scripts = [("bash", Bash), ("zsh", Zsh), ("fish", Fish)];

    public static Command Create()
    {
        string[] shells = [.. Scripts.Select(s => s.Shell)];
        var names = string.Join(", ", shells);
        var shell = new Argument<string>("SHELL") { Description = $"One of {names}." };
        shell.CompletionSources.Add(shells);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !shells.Contains(token.Value))
            {
                result.AddError($"SHELL must be one of {names}, not '{token.Value}'.");
            }
        });
        var command = new Command(
            "completion",
            "Prints a script with which a shell completes commands, options and values: eval \"$(galatent completion bash)\"."
        )
        {
            shell,
        };
        command.SetAction(parsed => Console.Out.Write(Array.Find(Scripts, s => s.Shell == parsed.GetRequiredValue(shell)).Script + "\n"));
        return command;
    }
}
