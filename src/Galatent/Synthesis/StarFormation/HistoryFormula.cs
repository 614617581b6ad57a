namespace Galatent.Synthesis.StarFormation;

/// <summary>A star-formation history that is stated by a name and a few numbers, e.g. <c>delayed:5:1</c>.</summary>
/// <param name="Name">Its name, small letters.</param>
/// <param name="Parameters">Names of its numbers, for the help, e.g. AGE.</param>
/// <param name="Example">Numbers that make sense, separated by colons.</param>
/// <param name="Description">Units and formula, to be read after <see cref="Pattern"/>.</param>
/// <param name="Make">The history of given numbers; throws an InputException where they are out of range.</param>
public sealed record HistoryFormula(
    string Name,
    IReadOnlyList<string> Parameters,
    string Example,
    string Description,
    Func<double[], ContinuousHistory> Make
)
{
    /// <summary>How it is written, e.g. <c>delayed:AGE:TAU</c>.</summary>
    public string Pattern => string.Join(':', Parameters.Prepend(Name));
}
