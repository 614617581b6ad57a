using System.Globalization;
using Galatent.Latents.Reconstructions;
using Galatent.Latents.Traversals;
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

    /// <summary>Informative dimensions by eq. 11, ascending, from 0.</summary>
    public int[] Informative => Informativeness.ByCovariance;

    /// <summary>Dimensions for traversals and small multiples: the informative ones, ascending. If there are more than 16 (the model is far
    /// from trained), the 16 with the largest KL.</summary>
    public int[] Shown => Show(Informativeness);

    /// <summary>Chooses the dimensions of <see cref="Shown"/>.</summary>
    public static int[] Show(Informativeness informativeness)
    {
        ArgumentNullException.ThrowIfNull(informativeness);
        return [.. informativeness.ByCovariance.OrderByDescending(d => informativeness.KlNat[d]).Take(MostShown).Order()];
    }

    /// <summary>Name of a dimension in tables and figures: its index, as in the study ("node 13").</summary>
    public static string DimensionName(int dimension) => string.Create(CultureInfo.InvariantCulture, $"z{dimension:00}");
}
