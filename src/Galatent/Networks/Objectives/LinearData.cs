using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Networks.Objectives;

/// <summary>What the closed forms of the linear VAE need to know: of the training spectra, to which it is fitted, and of those that
/// judge.</summary>
/// <param name="Components">Eigenvalues of the training spectra's covariance, normalised flux squared, and the spread of those that judge
/// along the same directions.</param>
/// <param name="LatentDimensions">Dimensions that the model has.</param>
/// <param name="TotalWeight">Σ w per spectrum; the number of pixels where they have no weights.</param>
internal readonly record struct LinearData(PrincipalComponents Components, int LatentDimensions, double TotalWeight)
{
    // Four passes over 80,000 spectra take some seconds on two cores; more spectra would change the eigenvalues by less than a third of a
    // per cent.
    private const int MostSpectra = 100_000;

    /// <summary>Eigenvalues of the training spectra.</summary>
    public double[] Eigenvalues => Components.Eigenvalues;

    /// <summary>Their sum, with those that were not measured.</summary>
    public double TotalVariance => Components.TotalVariance;

    /// <summary>The linear VAE that is best for the training spectra at some β, as it does on those that judge.</summary>
    public LinearVae Best(double beta) =>
        LinearVae.Judged(beta, Eigenvalues, LatentDimensions, Components.JudgedSquares, Components.JudgedTotal);

    /// <summary>The loss of that model on each spectrum that judges. Their mean is the loss of <see cref="Best"/>.</summary>
    public double[] LossesOfJudged(double beta)
    {
        var width = Eigenvalues.Length + 1;
        var losses = new double[Components.JudgedRows.Length / width];
        for (var row = 0; row < losses.Length; row++)
        {
            var squares = Components.JudgedRows.AsSpan(row * width, width);
            losses[row] = LinearVae.Judged(beta, Eigenvalues, LatentDimensions, squares[..^1], squares[^1]).Loss;
        }
        return losses;
    }

    /// <summary>Measures the components of training spectra, and the spread of those that judge.</summary>
    /// <param name="read">Reads rows of flux.</param>
    /// <param name="pixels">Pixels of a spectrum.</param>
    /// <param name="split">Rows that train, in random order, and rows that judge.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="latentDimensions">Dimensions of the model.</param>
    /// <param name="scale">Each pixel is multiplied by this first; nothing when empty.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    public static PrincipalComponents Measure(
        RowReader read,
        int pixels,
        DataSplit split,
        ulong seed,
        int latentDimensions,
        float[] scale,
        int threads
    ) =>
        PrincipalComponents.Measure(
            read,
            pixels,
            split.Training.AsSpan(0, Math.Min(MostSpectra, split.Training.Length)),
            seed,
            latentDimensions,
            scale,
            threads,
            split.Validation.AsSpan(0, Math.Min(MostSpectra, split.Validation.Length))
        );
}
