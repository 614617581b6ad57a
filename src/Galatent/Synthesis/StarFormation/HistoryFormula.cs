namespace Galatent.Synthesis.StarFormation;

/// <summary>A star-formation history given by a name and a few numbers, e.g. <c>delayed:5:1</c>.</summary>
/// <param name="Name">Its name, in lower case.</param>
/// <param name="Parameters">Names of its numbers, for the help, e.g. AGE.</param>
/// <param name="Example">Meaningful numbers, separated by colons.</param>
/// <param name="Description">Units and formula. The help prints it after <see cref="Pattern"/>.</param>
/// <param name="Make">Makes the history from the numbers. Throws an InputException when they are out of range.</param>
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
