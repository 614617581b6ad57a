using System.CommandLine;
using System.CommandLine.Parsing;

namespace Galatent.App.Options;

/// <summary>A rule for options that have no effect together with other settings.</summary>
/// <param name="Options">The options (or arguments, by their name without dashes) that have no effect.</param>
/// <param name="Where">The settings that must all be given for the rule to apply, as typed, e.g. <c>--no-lines --no-nebular-continuum</c>
/// or <c>--population uniform</c>. If empty, the rule always applies.</param>
/// <param name="Unless">The rule does not apply when one of these settings is given. They have the same form.</param>
/// <param name="Why">A clause with the reason, instead of the usual one.</param>
internal sealed record IdleRule(string[] Options, string Where, string[] Unless, string? Why = null)
{
    /// <summary>Options without effect together with other settings.</summary>
    public static IdleRule With(string where, params string[] options) => new(options, where, []);

    /// <summary>Options without effect when another is missing.</summary>
    public static IdleRule Without(string missing, params string[] options) => new(options, "", [missing]);

    /// <summary>An error message about the first such option that was given; null when there is none.</summary>
    public string? Fault(ParseResult parsed)
    {
        if (!Holds(parsed, Where) || Unless.Any(u => Holds(parsed, u)))
        {
            return null;
        }
        var missing = string.Join(" or ", Unless);
        return Options.FirstOrDefault(o => Holds(parsed, o)) is not { } idle ? null
            : Why is not null ? $"{Why}; leave out {idle}."
            : Where.Length == 0 ? $"{idle} has no meaning without {missing}; give both or neither."
            : Unless.Length == 0 ? $"{idle} has no meaning with {Where}; leave one of them out."
            : $"{idle} has no meaning with {Where} and without {missing}; leave it out.";
    }

    /// <summary>All options that the rule mentions, without their values.</summary>
    public IEnumerable<string> Names => Unless.Prepend(Where).Concat(Options).SelectMany(Settings).Select(s => s.Name);

    private static bool Holds(ParseResult parsed, string settings) =>
        Settings(settings).All(s => s.Value is null ? IsGiven(parsed, s.Name) : Value(parsed, s.Name) == s.Value);

    private static IEnumerable<(string Name, string? Value)> Settings(string typed)
    {
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith("--", StringComparison.Ordinal) || i == 0)
            {
                var hasValue = i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
                yield return (words[i], hasValue ? words[i + 1] : null);
            }
        }
    }

    // A switch given as false changes nothing.
    private static bool IsGiven(ParseResult parsed, string name) =>
        Symbol(parsed, name) switch
        {
            OptionResult { Implicit: false } option => option.Tokens is not [{ Value: "false" }],
            ArgumentResult { Implicit: false, Tokens.Count: > 0 } => true,
            _ => false,
        };

    private static string? Value(ParseResult parsed, string name) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(o => o.Name == name) is Option<string> option ? parsed.GetValue(option) : null;

    private static SymbolResult? Symbol(ParseResult parsed, string name) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(o => o.Name == name) is { } option ? parsed.GetResult(option)
        : parsed.CommandResult.Command.Arguments.FirstOrDefault(a => a.Name == name) is { } argument ? parsed.GetResult(argument)
        : null;
}
