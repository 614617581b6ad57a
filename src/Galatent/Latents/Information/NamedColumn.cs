namespace Galatent.Latents.Information;

/// <summary>A column of a table with the name that results are labelled with.</summary>
/// <param name="Name">E.g. <c>z13</c> or <c>log_mass</c>.</param>
/// <param name="Values">One value per row; values that are not finite are left out pair by pair.</param>
public sealed record NamedColumn(string Name, double[] Values);
