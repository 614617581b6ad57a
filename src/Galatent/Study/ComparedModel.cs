using Galatent.Latents;
using Galatent.Latents.Reconstructions;

namespace Galatent.Study;

/// <summary>One of the models that are compared.</summary>
/// <param name="Name">Folder of the model's results.</param>
/// <param name="Recipe">Name of the run's recipe; empty for a model that was trained by itself.</param>
/// <param name="Population">Population of the run's galaxies; empty for a model that was trained by itself.</param>
/// <param name="Seed">Seed of the training.</param>
/// <param name="Loss">Its losses.</param>
/// <param name="Informativeness">Which dimensions carry information.</param>
/// <param name="LowestLineR2">The lowest R² of the judged lines; null when not defined.</param>
/// <param name="Mu">Posterior means of the compared spectra, a column for each dimension in use, those with the largest KL.</param>
/// <param name="InUse">The dimensions of these columns, from 0.</param>
public sealed record ComparedModel(
    string Name,
    string Recipe,
    string Population,
    ulong Seed,
    LossSummary Loss,
    Informativeness Informativeness,
    double? LowestLineR2,
    double[][] Mu,
    int[] InUse
)
{
    /// <summary>The most dependent pair of dimensions in use; null when it was not measured.</summary>
    public LatentPair? StrongestPair { get; init; }

    /// <summary>KL of the dimensions in use, nat.</summary>
    public double[] KlInUse => Array.ConvertAll(InUse, d => Informativeness.KlNat[d]);
}
