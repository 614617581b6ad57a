using System.CommandLine;
using System.CommandLine.Parsing;

namespace Galatent.App.Options;

/// <summary>Options that have no effect where others hold.</summary>
/// <param name="Options">The options (or arguments, by their name without dashes) that then change nothing.</param>
/// <param name="Where">The settings that must all hold, as they are typed, e.g. <c>--no-lines --no-nebular-continuum</c> or
/// <c>--population uniform</c>; empty holds always.</param>
/// <param name="Unless">Settings of which none may hold, in the same form.</param>
/// <param name="Why">A clause that tells why, in place of the usual one.</param>
internal sealed record IdleRule(string[] Options, string Where, string[] Unless, string? Why = null)
{
    /// <summary>Options without effect beside others.</summary>
    public static IdleRule With(string where, params string[] options) => new(options, where, []);

    /// <summary>Options without effect when another is missing.</summary>
    public static IdleRule Without(string missing, params string[] options) => new(options, "", [missing]);

    /// <summary>The sentence about the first such option that was given; null when none was.</summary>
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

    /// <summary>The options that the rule names, without their values.</summary>
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

    // A switch that is given as false leaves things as they are.
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
