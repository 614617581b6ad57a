using System.CommandLine;

namespace Galatent.App.Options;

/// <summary>An option with a fixed set of named values: the part of <see cref="EnumOption{T}"/> that does not depend on the enumeration.
/// A generic class is compiled for each enumeration at every start, which took 0.25 of the 0.42 s of the help.</summary>
internal abstract class ChoiceOption : Option<string>
{
    private readonly (object Value, string Name)[] _choices;

    /// <summary>Makes the option.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="description">Help.</param>
    /// <param name="members">The enumeration; every value needs a name.</param>
    /// <param name="otherwise">The default; null when the default is decided elsewhere.</param>
    /// <param name="none">A name for "decided elsewhere", e.g. auto; null when there is none.</param>
    /// <param name="choices">Every member with its name, in the order of the help.</param>
    /// <exception cref="ArgumentException">A member has no name, or more than one.</exception>
    protected ChoiceOption(
        string name,
        string description,
        Type members,
        object? otherwise,
        string? none,
        (object Value, string Name)[] choices
    )
        : base(name)
    {
        var named = choices.Select(c => c.Value).ToHashSet();
        if (choices.Length != named.Count || !Enum.GetValues(members).Cast<object>().All(named.Contains))
        {
            throw new ArgumentException($"{name} must name every member of {members.Name} once.", nameof(choices));
        }
        _choices = choices;
        Description = description;
        var usual = otherwise is null ? none : NameOf(otherwise);
        if (usual is not null)
        {
            DefaultValueFactory = _ => usual;
        }
        this.OneOf([.. none is null ? Array.Empty<string>() : [none], .. choices.Select(c => c.Name)]);
    }

    /// <summary>The given value, or the default; null when there is neither.</summary>
    protected object? Choice(ParseResult parsed) =>
        parsed.GetValue(this) is { } text ? Array.Find(_choices, c => c.Name == text).Value : null;

    /// <summary>The name of a value.</summary>
    protected string NameOf(object value) => Array.Find(_choices, c => c.Value.Equals(value)).Name;
}
