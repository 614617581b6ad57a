using System.CommandLine;
using System.CommandLine.Parsing;

namespace Galatent.App.Options;

/// <summary>Finds options that a command would ignore, before its work starts: empty, given twice, or without effect together with others
/// (<see cref="IdleRules"/>). If they were accepted, the user would believe that they had an effect.</summary>
internal static class OptionUse
{
    /// <summary>An error message of one sentence; null when every given option has an effect.</summary>
    public static string? Fault(ParseResult parsed)
    {
        var given = parsed.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit).ToArray();
        return given.FirstOrDefault(o => o.IdentifierTokenCount > 1 && o.Option.Arity.MaximumNumberOfValues <= 1) is { } twice
                ? $"{twice.Option.Name} is given {twice.IdentifierTokenCount} times; give it once."
            : given.FirstOrDefault(o => o.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value))) is { } empty
                ? $"{empty.Option.Name} is empty; give a value or leave it out."
            : parsed
                .CommandResult.Children.OfType<ArgumentResult>()
                .FirstOrDefault(a => a.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)))
                is { } nothing
                ? $"The {nothing.Argument.Name} is empty; give a path."
            : IdleRules.Of(Cli.CommandPath(parsed).Trim()).Select(rule => rule.Fault(parsed)).FirstOrDefault(f => f is not null);
    }
}
