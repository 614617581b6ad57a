namespace Galatent.Networks.Weighting;

/// <summary>How the pixels of one spectrum are weighted against those of another.</summary>
public enum PixelWeighting
{
    /// <summary>All alike.</summary>
    None,

    /// <summary>0 where the file's <c>/mask</c> is not 0.</summary>
    Mask,

    /// <summary>By the file's <c>/ivar</c>, and 0 where masked.</summary>
    InverseVariance,
}
