using System.CommandLine;
using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.App.Commands;

/// <summary>A constant of one or more objectives, as a command-line option.</summary>
internal sealed class ObjectiveConstantOption
{
    private readonly string _name;
    private readonly string[] _owners;

    /// <summary>Makes the option.</summary>
    /// <param name="constant">The constant; other objectives may have it too.</param>
    public ObjectiveConstantOption(ObjectiveConstant constant)
    {
        _name = constant.Name;
        _owners = [.. ObjectiveList.All.Where(o => o.Constants().Any(c => c.Name == _name)).Select(o => o.Name)];
        var flag = $"--{_name}";
        Option = constant switch
        {
            RealConstant => new Option<double?>(flag),
            CountConstant => new Option<int?>(flag),
            ModelFolderConstant => new Option<string?>(flag) { HelpName = "DIR" },
            _ => throw new ArgumentOutOfRangeException(nameof(constant), constant, "no such type of constant"),
        };
        Option.Description = $"{string.Join(", ", _owners)}: {constant.Description}";
    }

    /// <summary>The option.</summary>
    public Option Option { get; }

    /// <summary>The objective with the given value, or unchanged when the option was not given.</summary>
    /// <exception cref="InputException">A value was given, but the objective has no such constant.</exception>
    public Objective Apply(ParseResult parsed, Objective objective)
    {
        if (parsed.GetResult(Option) is not { Implicit: false })
        {
            return objective;
        }
        return objective.Constants().FirstOrDefault(c => c.Name == _name) switch
        {
            RealConstant real => real.With(parsed.GetRequiredValue((Option<double?>)Option)!.Value),
            CountConstant count => count.With(parsed.GetRequiredValue((Option<int?>)Option)!.Value),
            ModelFolderConstant folder => folder.With(parsed.GetRequiredValue((Option<string?>)Option)!),
            _ => throw new InputException(
                $"{Option.Name} has no meaning for --objective {objective.Name}; it belongs to {string.Join(" and ", _owners)}."
            ),
        };
    }
}
