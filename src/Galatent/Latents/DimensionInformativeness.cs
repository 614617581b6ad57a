using Galatent.Files;

namespace Galatent.Latents;

/// <summary>A row of <c>dimensions.csv</c>: how informative one latent dimension is.</summary>
/// <param name="Dimension">Latent dimension, from 0.</param>
/// <param name="MeanAbsoluteCovariance">Eq. 11 of the study.</param>
/// <param name="KlNat">Mean divergence from the prior, nat.</param>
internal sealed record DimensionInformativeness(int Dimension, double MeanAbsoluteCovariance, double KlNat)
{
    public static TableColumns<DimensionInformativeness> Columns { get; } =
        new TableColumns<DimensionInformativeness>(new(0, 0, 0))
            .Count("dimension", d => d.Dimension, (d, value) => d with { Dimension = value })
            .Number("mean_absolute_covariance", d => d.MeanAbsoluteCovariance, (d, value) => d with { MeanAbsoluteCovariance = value })
            .Number("kl_nat", d => d.KlNat, (d, value) => d with { KlNat = value });
}
