using System.Globalization;
using Galatent.Latents.Reconstructions;
using Galatent.Latents.Traversals;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>All results about one model: the content of its <c>analysis</c> folder (<see cref="AnalysisFolder"/>).</summary>
/// <param name="Grid">The pixels.</param>
/// <param name="Loss">The loss and its parts.</param>
/// <param name="Error">Reconstruction error of the decoded posterior means, all spectra.</param>
/// <param name="Informativeness">Which dimensions carry information.</param>
/// <param name="Lines">R² at the judged lines.</param>
/// <param name="Eigenvalues">Principal components of the training spectra: eigenvalues, descending, normalised flux squared.</param>
/// <param name="Examples">Reconstructions of the example spectra.</param>
/// <param name="TraversedSpectrum">Row of the spectrum that the traversals start from.</param>
/// <param name="Traversals">One for each shown dimension.</param>
/// <param name="Latents">Mutual information between the informative dimensions (posterior means).</param>
/// <param name="LatentSamples">The same for a sample z.</param>
/// <param name="Parameters">Mutual information of every dimension (posterior means) with the known parameters.</param>
/// <param name="ParametersOfSamples">The same for a sample z.</param>
public sealed record AnalysisResults(
    WavelengthGrid Grid,
    LossSummary Loss,
    ReconstructionError Error,
    Informativeness Informativeness,
    LineR2[] Lines,
    double[] Eigenvalues,
    Reconstruction[] Examples,
    int TraversedSpectrum,
    Traversal[] Traversals,
    MutualInformationMatrix? Latents = null,
    MutualInformationMatrix? LatentSamples = null,
    MutualInformationMatrix? Parameters = null,
    MutualInformationMatrix? ParametersOfSamples = null
)
{
    private const int MostShown = 16;

    /// <summary>The principal components of the training spectra with their directions. They are not in the files: null for results that
    /// were read.</summary>
    public PrincipalComponents? Components { get; init; }

    /// <summary>Informative dimensions by eq. 11, ascending, from 0.</summary>
    public int[] Informative => Informativeness.ByCovariance;

    /// <summary>Dimensions in use, ascending, from 0: a mean KL above 0.1 nat. Conclusions are drawn from these. Eq. 11 can call a
    /// dimension informative that only follows another.</summary>
    public int[] InUse => Informativeness.ByKl;

    /// <summary>Mutual information between dimensions in use, of samples z, which are what is transmitted; of posterior means where samples
    /// were not measured. Only of those that eq. 11 calls informative, too: others are not in the tables. Null when it was not measured
    /// for at least two of them.</summary>
    public MutualInformationMatrix? BetweenInUse =>
        (LatentSamples ?? Latents) is { } matrix && Within(matrix) is { Length: > 1 } rows ? matrix.Select(rows, rows) : null;

    /// <summary>The same with the known parameters. Null when it was not measured, or no dimension is in use.</summary>
    public MutualInformationMatrix? ParametersInUse =>
        (ParametersOfSamples ?? Parameters) is { } matrix && Within(matrix) is { Length: > 0 } rows
            ? matrix.Select(rows, [.. Enumerable.Range(0, matrix.Columns.Length)])
            : null;

    /// <summary>Dimensions for traversals and small multiples: the informative ones, ascending. If there are more than 16 (the model is far
    /// from trained), the 16 with the largest KL.</summary>
    public int[] Shown => Show(Informativeness);

    /// <summary>Chooses the dimensions of <see cref="Shown"/>.</summary>
    public static int[] Show(Informativeness informativeness)
    {
        ArgumentNullException.ThrowIfNull(informativeness);
        return [.. informativeness.ByCovariance.OrderByDescending(d => informativeness.KlNat[d]).Take(MostShown).Order()];
    }

    private int[] Within(MutualInformationMatrix matrix) =>
        [.. InUse.Select(d => Array.IndexOf(matrix.Rows, DimensionName(d))).Where(row => row >= 0)];

    /// <summary>Name of a dimension in tables and figures: its index, as in the study ("node 13").</summary>
    public static string DimensionName(int dimension) => string.Create(CultureInfo.InvariantCulture, $"z{dimension:00}");
}
