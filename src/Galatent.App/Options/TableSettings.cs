using System.CommandLine;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.App.Options;

/// <summary>The options of commands that read tables. They replace what the reader would detect by itself.</summary>
internal sealed class TableSettings
{
    private readonly Option<bool> _header = new("--header")
    {
        Description = "Text tables: the first row names the columns. By default detected from the rows.",
    };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "Text tables: the first row is data." };
    private readonly Option<string?> _separator = new("--separator")
    {
        Description =
            "Text tables: the separator of fields: one character, or comma, semicolon, tab, blank. By default detected from the rows.",
        HelpName = "CHAR|tab|blank",
    };
    private readonly Option<string?> _decimal = new("--decimal")
    {
        Description = "Text tables: the decimal sign, point or comma. By default detected from the rows.",
        HelpName = "point|comma",
    };
    private readonly Option<string[]> _missing = new("--missing")
    {
        Description = "Values that mean a missing value, in any table, besides empty, nan, NA, null and --; e.g. --missing -999,99.",
        HelpName = "VALUE,...",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_header);
        command.Options.Add(_noHeader);
        command.Options.Add(_separator);
        command.Options.Add(_decimal);
        command.Options.Add(_missing);
    }

    /// <summary>A reader of tables with the user's options.</summary>
    public TableReader Reader(ParseResult parsed)
    {
        var header = parsed.GetValue(_header);
        var noHeader = parsed.GetValue(_noHeader);
        if (header && noHeader)
        {
            throw new InputException("--header and --no-header contradict each other; leave one of them out.");
        }
        var separator = parsed.GetValue(_separator);
        var decimalSign = parsed.GetValue(_decimal);
        var missing = parsed.GetValue(_missing) ?? [];
        var options = new TableOptions
        {
            HasHeader =
                header ? true
                : noHeader ? false
                : null,
            Separator = separator is null ? null : Separator(separator),
            DecimalSign = decimalSign is null ? null : DecimalSign(decimalSign),
            Missing = [.. missing.SelectMany(m => m.Split(',', StringSplitOptions.TrimEntries)).Distinct()],
        };
        if (options.Missing.Contains(""))
        {
            throw new InputException(
                $"--missing '{string.Join(',', missing)}' holds an empty value, which is missing anyway; give e.g. -999,99."
            );
        }
        (string Name, bool IsGiven)[] all =
        [
            ("--header", header),
            ("--no-header", noHeader),
            ("--separator", separator is not null),
            ("--decimal", decimalSign is not null),
            ("--missing", missing.Length > 0),
        ];
        return new TableReader(options, [.. all.Where(o => o.IsGiven).Select(o => o.Name)]);
    }

    private static char Separator(string text) =>
        text switch
        {
            "tab" or "\\t" or "\t" => '\t',
            "blank" or "space" or " " => ' ',
            "comma" => ',',
            "semicolon" => ';',
            [var c] when !char.IsAsciiLetterOrDigit(c) && !char.IsControl(c) && c is not ('"' or '.' or '+' or '-' or '#') => c,
            _ => throw new InputException(
                $"--separator '{text}' cannot separate fields; give one character such as ';' or '|', or tab, or blank."
            ),
        };

    private static char DecimalSign(string text) =>
        text switch
        {
            "point" or "." => '.',
            "comma" or "," => ',',
            _ => throw new InputException($"--decimal '{text}' is not a decimal sign; give point or comma."),
        };
}
