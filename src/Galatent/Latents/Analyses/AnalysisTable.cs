using Galatent.Files;

namespace Galatent.Latents.Analyses;

/// <summary>A table of an analysis.</summary>
/// <param name="Name">Its file's name without <c>.csv</c>: the analysis' name, or that name, a dash and more.</param>
/// <param name="Table">The table.</param>
public sealed record AnalysisTable(string Name, ResultTable Table);
