namespace Galatent.Files;

/// <summary>What the user knows about a table; whatever is not stated is seen from the file.</summary>
public sealed record TableOptions
{
    /// <summary>Nothing is stated.</summary>
    public static TableOptions None { get; } = new();

    /// <summary>Text tables: whether the first row names the columns.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Text tables: what stands between fields, a blank for any run of blanks and tabs.</summary>
    public char? Separator { get; init; }

    /// <summary>Text tables: the decimal sign, a point or a comma.</summary>
    public char? DecimalSign { get; init; }

    /// <summary>Values that stand for no value, such as -999, in tables of every kind. A number stands for all that equal it, also in
    /// single precision.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whether something is stated that only a text table can have.</summary>
    public bool AreOfText => HasHeader is not null || Separator is not null || DecimalSign is not null;
}
