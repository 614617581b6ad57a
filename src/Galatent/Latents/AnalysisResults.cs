using System.Globalization;
using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>Everything that is known about one model: the content of its <c>analysis</c> folder (<see cref="AnalysisFolder"/>).</summary>
/// <param name="Grid">The pixels.</param>
/// <param name="Loss">The loss and its parts.</param>
/// <param name="Error">Reconstruction error of the decoded posterior means, all spectra.</param>
/// <param name="Informativeness">Which dimensions carry information.</param>
/// <param name="Lines">R² at the judged lines.</param>
/// <param name="Eigenvalues">Principal components of the training spectra: eigenvalues, descending, normalised flux squared.</param>
/// <param name="Examples">Reconstructions of the example spectra.</param>
/// <param name="TraversedSpectrum">Row of the spectrum that the traversals start from.</param>
/// <param name="Traversals">One per informative dimension.</param>
/// <param name="Latents">Mutual information between the informative dimensions (posterior means).</param>
/// <param name="LatentSamples">The same for a sample z.</param>
/// <param name="Parameters">Mutual information of every dimension (posterior means) with the known parameters.</param>
/// <param name="ParametersOfSamples">The same for a sample z.</param>
public sealed record AnalysisResults(
    WavelengthGrid Grid, LossSummary Loss, ReconstructionError Error, Informativeness Informativeness, LineR2[] Lines, double[] Eigenvalues,
    Reconstruction[] Examples, int TraversedSpectrum, Traversal[] Traversals,
    MutualInformationMatrix? Latents = null, MutualInformationMatrix? LatentSamples = null,
    MutualInformationMatrix? Parameters = null, MutualInformationMatrix? ParametersOfSamples = null)
{
    /// <summary>The dimensions that figures and traversals concern: informative by eq. 11, ascending, counted from 0.</summary>
    public int[] Informative => Informativeness.ByCovariance;

    /// <summary>Name of a dimension in tables and figures: its index, as in the study ("node 13").</summary>
    public static string DimensionName(int dimension) => string.Create(CultureInfo.InvariantCulture, $"z{dimension:00}");
}
