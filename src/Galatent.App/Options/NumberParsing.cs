using System.CommandLine;
using System.CommandLine.Parsing;
using Galatent.Numerics;

namespace Galatent.App.Options;

/// <summary>
/// Gives every numeric option the same strict parser (<see cref="TypedNumber"/>). The parser of the command-line package would read the
/// comma in 0,3 as a separator of thousands.
/// </summary>
internal static class NumberParsing
{
    /// <summary>Adds the parser to all options of a command and of its subcommands.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in command.Options)
        {
            Add(option);
        }
        foreach (var inner in command.Subcommands)
        {
            AddTo(inner);
        }
    }

    private static void Add(Option option)
    {
        switch (option)
        {
            case Option<double> number:
                number.CustomParser = result => Number(option, result, 0);
                break;
            case Option<double?> number:
                number.CustomParser = result => Number(option, result, 0);
                break;
            case Option<double[]> numbers:
                numbers.CustomParser = result => [.. Enumerable.Range(0, result.Tokens.Count).Select(i => Number(option, result, i))];
                break;
            case Option<int> number:
                number.CustomParser = result => (int)Whole(option, result, int.MinValue, int.MaxValue);
                break;
            case Option<int?> number:
                number.CustomParser = result => (int)Whole(option, result, int.MinValue, int.MaxValue);
                break;
            case Option<long> number:
                number.CustomParser = result => Whole(option, result, long.MinValue, long.MaxValue);
                break;
            default:
                RequireNoNumber(option);
                break;
        }
    }

    // A new number type must not be parsed by the command-line package.
    private static void RequireNoNumber(Option option)
    {
        var type = option.ValueType.IsArray ? option.ValueType.GetElementType()! : option.ValueType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(decimal) || (type.IsPrimitive && type != typeof(bool)))
        {
            throw new NotSupportedException($"{option.Name} holds {type}, which has no parser here; add a case.");
        }
    }

    private static double Number(Option option, ArgumentResult result, int token)
    {
        var text = result.Tokens[token].Value;
        if (!TypedNumber.TryParse(text, out var value))
        {
            result.AddError($"{option.Name} '{text}' is not a plain number; write it with a decimal point and nothing else, e.g. 0.3");
        }
        return value;
    }

    private static long Whole(Option option, ArgumentResult result, long least, long greatest)
    {
        var text = result.Tokens[0].Value;
        if (!TypedNumber.TryParseWhole(text, out var value))
        {
            result.AddError($"{option.Name} '{text}' is not a whole number; write digits and nothing else, e.g. 20000");
        }
        else if (value < least || value > greatest)
        {
            result.AddError($"{option.Name} {text} is beyond the numbers that can be used here, {least} to {greatest}");
            return 0;
        }
        return value;
    }
}
