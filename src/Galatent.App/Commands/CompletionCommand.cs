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

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.CompletionSources.Add("bash", "zsh", "fish");
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not ("bash" or "zsh" or "fish"))
            {
                result.AddError($"SHELL must be bash, zsh or fish, not '{token.Value}'.");
            }
        });
        var command = new Command(
            "completion",
            "Prints a script with which a shell completes commands, options and values: eval \"$(galatent completion bash)\"."
        )
        {
            shell,
        };
        command.SetAction(parsed =>
            Console.Out.Write(
                parsed.GetRequiredValue(shell) switch
                {
                    "bash" => Bash,
                    "zsh" => Zsh,
                    _ => Fish,
                } + "\n"
            )
        );
        return command;
    }
}
