using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Latents.Reconstructions;

/// <summary>Standard errors of the means over the validation spectra in a <see cref="LossSummary"/>: the spread over the spectra divided by
/// √n. They hold for these weights; another seed of the training differs by more.</summary>
/// <param name="SquaredError">Of the squared error of a decoded sample, normalised flux squared.</param>
/// <param name="KlNat">Of the KL, nat.</param>
/// <param name="Loss">Of error + beta KL.</param>
/// <param name="BelowLinear">Of the mean difference between the losses of the best linear VAE and of the network, spectrum by spectrum.
/// Both lose more on the same odd spectra, so it can be far smaller than <paramref name="Loss"/>.</param>
public sealed record LossErrors(double SquaredError, double KlNat, double Loss, double BelowLinear)
{
    /// <summary>Measures them.</summary>
    /// <param name="beta">Weight of the KL term.</param>
    /// <param name="squaredErrors">Squared error of each validation spectrum.</param>
    /// <param name="klNat">KL of each, nat.</param>
    /// <param name="linearLosses">Loss of the linear VAE of each; may be of the first ones only.</param>
    internal static LossErrors Of(double beta, double[] squaredErrors, double[] klNat, double[] linearLosses)
    {
        double[] losses = [.. squaredErrors.Zip(klNat, (e, kl) => e + (beta * kl))];
        return new LossErrors(
            SampleMoments.StandardError(squaredErrors),
            SampleMoments.StandardError(klNat),
            SampleMoments.StandardError(losses),
            SampleMoments.StandardError([.. linearLosses.Zip(losses, (linear, network) => linear - network)])
        );
    }

    /// <summary>The KL of some posteriors, each summed over its dimensions, nat.</summary>
    internal static double[] KlOf(LatentSet latents, int[] rows) => Array.ConvertAll(rows, row =>
        {
            var first = row * latents.Dimensions;
            return Enumerable.Range(first, latents.Dimensions).Sum(i => KullbackLeibler.OfDimension(latents.Mu[i], latents.LogVariance[i]));
        });
}
