namespace Galatent.Report;

/// <summary>A chapter of the report with figures.</summary>
/// <param name="Id">Its anchor in the page.</param>
/// <param name="Heading">Its heading.</param>
public sealed record Chapter(string Id, string Heading)
{
    /// <summary>The network, the recipe and the parameters of the galaxies.</summary>
    public static Chapter Methods { get; } = new("methods", "Methods");

    /// <summary>The spectra.</summary>
    public static Chapter Data { get; } = new("data", "The spectra");

    /// <summary>How the training went.</summary>
    public static Chapter Training { get; } = new("training", "Training");

    /// <summary>How well spectra are reconstructed.</summary>
    public static Chapter Reconstruction { get; } = new("reconstruction", "Reconstruction");

    /// <summary>Which dimensions carry information.</summary>
    public static Chapter Dimensions { get; } = new("dimensions", "What is kept: informative dimensions");

    /// <summary>How the dimensions are related to the parameters of the galaxies.</summary>
    public static Chapter Physics { get; } = new("physics", "What it means: physical parameters");

    /// <summary>How each dimension changes a spectrum.</summary>
    public static Chapter Traversal { get; } = new("traversal", "What each dimension does");

    /// <summary>How much the results differ between seeds.</summary>
    public static Chapter Seeds { get; } = new("seeds", "What another seed changes");

    /// <summary>All chapters, in the order of the report.</summary>
    public static IReadOnlyList<Chapter> All { get; } = [Methods, Data, Training, Reconstruction, Dimensions, Physics, Traversal, Seeds];
}
