using System.CommandLine;

namespace Galatent.App.Options;

/// <summary>An option with a fixed set of values, one for each member of an enumeration. Names, help and parsing are defined
/// together.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class EnumOption<T> : Option<string>
    where T : struct, Enum
{
    private readonly (T Value, string Name)[] _choices;

    /// <summary>Makes the option.</summary>
    /// <param name="name">The option's name, with dashes.</param>
    /// <param name="description">Text of the help.</param>
    /// <param name="otherwise">The default; null when the default is decided elsewhere.</param>
    /// <param name="none">A name for "decided elsewhere", e.g. auto; null for no such name.</param>
    /// <param name="choices">Every member with its name, in the order of the help.</param>
    /// <exception cref="ArgumentException">A member has no name, or more than one.</exception>
    public EnumOption(string name, string description, T? otherwise, string? none, params (T Value, string Name)[] choices)
        : base(name)
    {
        if (!choices.Select(c => c.Value).Order().SequenceEqual(Enum.GetValues<T>().Order()))
        {
            throw new ArgumentException($"{name} must name every member of {typeof(T).Name} once.", nameof(choices));
        }
        _choices = choices;
        Description = description;
        var usual = otherwise is { } value ? NameOf(value) : none;
        if (usual is not null)
        {
            DefaultValueFactory = _ => usual;
        }
        this.OneOf([.. none is null ? Array.Empty<string>() : [none], .. choices.Select(c => c.Name)]);
    }

    /// <summary>Makes an option with a default.</summary>
    public EnumOption(string name, string description, T otherwise, params (T Value, string Name)[] choices)
        : this(name, description, otherwise, null, choices) { }

    /// <summary>The given value, or the default.</summary>
    public T Value(ParseResult parsed) =>
        Given(parsed) ?? throw new InvalidOperationException($"{Name} has no default; ask for what was given.");

    /// <summary>The given value, or the default; null when there is neither.</summary>
    public T? Given(ParseResult parsed) =>
        parsed.GetValue(this) is { } text && Array.Exists(_choices, c => c.Name == text)
            ? Array.Find(_choices, c => c.Name == text).Value
            : null;

    /// <summary>The name of a value.</summary>
    public string NameOf(T value) => Array.Find(_choices, c => EqualityComparer<T>.Default.Equals(c.Value, value)).Name;
}
