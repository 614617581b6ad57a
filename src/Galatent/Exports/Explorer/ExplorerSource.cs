using Galatent.Latents;

namespace Galatent.Exports.Explorer;

/// <summary>What the sliders are made from.</summary>
/// <param name="Latents">Latent representations of many spectra under the model: they give each slider its range and say which dimensions
/// are informative.</param>
/// <param name="FirstSpectrum">Row of the spectrum to start from; the one nearest to the middle of the data when null.</param>
/// <param name="Parameters">Mutual information of the dimensions with known parameters, which then stand beside the sliders; null when it
/// was not measured.</param>
public sealed record ExplorerSource(LatentSet Latents, int? FirstSpectrum = null, MutualInformationMatrix? Parameters = null)
{
    /// <summary>Takes from an analysis what belongs to the same spectra.</summary>
    /// <param name="latents">Latent representations.</param>
    /// <param name="analysis">What was measured of the model; null when nothing was.</param>
    public static ExplorerSource Of(LatentSet latents, AnalysisResults? analysis)
    {
        ArgumentNullException.ThrowIfNull(latents);
        return
            analysis is not null
            && analysis.Informativeness.KlNat.Length == latents.Dimensions
            && analysis.Error.SquaredErrorPerSpectrum.Length == latents.Count
            ? new ExplorerSource(latents, analysis.TraversedSpectrum, analysis.Parameters)
            : new ExplorerSource(latents);
    }
}
