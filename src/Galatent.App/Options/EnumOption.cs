using System.CommandLine;

namespace Galatent.App.Options;

/// <summary>An option with a fixed set of values, one for each member of an enumeration. Names, help and parsing are defined
/// together.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class EnumOption<T> : ChoiceOption
    where T : struct, Enum
{
    /// <summary>Makes the option.</summary>
    /// <param name="name">The option's name, with dashes.</param>
    /// <param name="description">Text of the help.</param>
    /// <param name="otherwise">The default; null when the default is decided elsewhere.</param>
    /// <param name="none">A name for "decided elsewhere", e.g. auto; null for no such name.</param>
    /// <param name="choices">Every member with its name, in the order of the help.</param>
    /// <exception cref="ArgumentException">A member has no name, or more than one.</exception>
    public EnumOption(string name, string description, T? otherwise, string? none, params (T Value, string Name)[] choices)
        : base(name, description, typeof(T), otherwise, none, Boxed(choices)) { }

    /// <summary>Makes an option with a default.</summary>
    public EnumOption(string name, string description, T otherwise, params (T Value, string Name)[] choices)
        : this(name, description, otherwise, null, choices) { }

    /// <summary>The given value, or the default.</summary>
    public T Value(ParseResult parsed) =>
        Given(parsed) ?? throw new InvalidOperationException($"{Name} has no default; ask for what was given.");

    /// <summary>The given value, or the default; null when there is neither.</summary>
    public T? Given(ParseResult parsed) => (T?)Choice(parsed);

    /// <summary>The name of a value.</summary>
    public string NameOf(T value) => NameOf((object)value);

    private static (object Value, string Name)[] Boxed((T Value, string Name)[] choices)
    {
        var boxed = new (object, string)[choices.Length];
        for (var i = 0; i < choices.Length; i++)
        {
            boxed[i] = (choices[i].Value, choices[i].Name);
        }
        return boxed;
    }
}
