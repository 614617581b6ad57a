namespace Galatent.Files;

/// <summary>One known quantity of every spectrum, e.g. the stellar mass that a synthetic galaxy was made with. Never seen in
/// training.</summary>
/// <param name="Name">Dataset name under <c>/parameters</c>, e.g. <c>log_mass</c>.</param>
/// <param name="Unit">Unit, e.g. <c>log10(Msun)</c>; empty when dimensionless.</param>
/// <param name="Description">One line for readers of the file and labels of figures.</param>
/// <param name="Values">One value per spectrum.</param>
/// <param name="Whole">The same values to the last digit where they are 64-bit whole numbers, e.g. identifiers; null where they are
/// not.</param>
public sealed record ParameterColumn(string Name, string Unit, string Description, double[] Values, WholeNumbers? Whole = null);
