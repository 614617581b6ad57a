namespace Galatent.Networks.Weighting;

/// <summary>Where the weights of each spectrum's pixels come from.</summary>
public enum PixelWeighting
{
    /// <summary>No weights: all pixels count the same.</summary>
    None,

    /// <summary>The file's <c>/mask</c>: weight 0 for a masked pixel.</summary>
    Mask,

    /// <summary>The file's <c>/ivar</c>, with weight 0 for a masked pixel.</summary>
    InverseVariance,
}
