namespace Galatent.Synthesis.Mocks;

/// <summary>Redshifts of a sample with a magnitude limit.</summary>
internal static class RedshiftShape
{
    private const int Nodes = 61;

    // Of the median to z0 (Baugh and Efstathiou 1993, MNRAS 265, 145).
    private const double MedianOverScale = 1.412;

    /// <summary>dN/dz ~ z² exp(-(z/z0)^1.5) with a median (Baugh and Efstathiou 1993), cut at two ends.</summary>
    public static (double Redshift, double Density)[] OfMedian(double median, double low, double high)
    {
        var scale = median / MedianOverScale;
        return
        [
            .. Enumerable
                .Range(0, Nodes)
                .Select(i => low + (i * (high - low) / (Nodes - 1)))
                .Select(z => (z, z * z * Math.Exp(-Math.Pow(z / scale, 1.5)))),
        ];
    }
}
