namespace Galatent.Surveys.Preparation;

/// <summary>
/// Means of pixels over the cells of a grid. With o the overlap of good pixel i (width D_i) and cell j: F_j = Σ o f / Σ o and
/// V_j = Σ o² var / (Σ o)² (Carnall 2017, arXiv:1705.05165). Where cells are finer than pixels they share data, and 1/V counts it more
/// than once; the share of information I_j = Σ ivar_i o / D_i sums to Σ ivar on any grid. ivar_j = min(1/V_j, I_j). Nothing is
/// interpolated over gaps, and no weight inside a cell depends on the noise, which would bias lines.
/// </summary>
internal sealed class CellMeans
{
    private CellMeans(int cells)
    {
        Flux = new double[cells];
        InverseVariance = new double[cells];
        Variance = new double[cells];
        Mask = new PixelMask[cells];
    }

    /// <summary>Mean flux of each cell, 0 in bad ones.</summary>
    public double[] Flux { get; }

    /// <summary>Inverse variance of each cell, 0 in bad ones.</summary>
    public double[] InverseVariance { get; }

    /// <summary>V of each cell: variance of its mean, correlations with neighbours aside.</summary>
    public double[] Variance { get; }

    /// <summary>Why a cell is bad; 0 for good ones.</summary>
    public PixelMask[] Mask { get; }

    /// <summary>Averages a spectrum.</summary>
    /// <param name="low">Lower edges of the pixels, ascending.</param>
    /// <param name="high">Upper edges of the pixels, ascending, in the unit of the cells.</param>
    /// <param name="flux">Flux of the pixels.</param>
    /// <param name="inverseVariance">Inverse variance of the pixels.</param>
    /// <param name="mask">0 for good pixels.</param>
    /// <param name="edges">Edges of the cells, ascending, one more than there are cells.</param>
    public static CellMeans Of(double[] low, double[] high, double[] flux, double[] inverseVariance, PixelMask[] mask, double[] edges)
    {
        var cells = edges.Length - 1;
        var means = new CellMeans(cells);
        var first = 0;
        for (var j = 0; j < cells; j++)
        {
            while (first < low.Length && high[first] <= edges[j])
            {
                first++;
            }
            means.Fill(j, first, low, high, flux, inverseVariance, mask, edges[j], edges[j + 1]);
        }
        return means;
    }

    private void Fill(
        int cell,
        int first,
        double[] low,
        double[] high,
        double[] flux,
        double[] inverseVariance,
        PixelMask[] mask,
        double start,
        double end
    )
    {
        var covered = 0.0;
        var touched = 0.0;
        var sum = 0.0;
        var squares = 0.0;
        var information = 0.0;
        var bits = PixelMask.None;
        for (var i = first; i < low.Length && low[i] < end; i++)
        {
            var overlap = Math.Min(high[i], end) - Math.Max(low[i], start);
            if (!(overlap > 0))
            {
                continue;
            }
            touched += overlap;
            if (mask[i] != PixelMask.None)
            {
                bits |= mask[i];
                continue;
            }
            covered += overlap;
            sum += overlap * flux[i];
            squares += overlap * overlap / inverseVariance[i];
            information += inverseVariance[i] * overlap / (high[i] - low[i]);
        }
        // Half of the cell, less what rounding takes.
        if (covered >= 0.5 * (end - start) * (1 - 1e-12) && covered > 0)
        {
            Flux[cell] = sum / covered;
            Variance[cell] = squares / (covered * covered);
            InverseVariance[cell] = Math.Min(1 / Variance[cell], information);
            return;
        }
        Mask[cell] = bits | (touched < 0.5 * (end - start) ? PixelMask.NoCoverage : 0) | (covered > 0 ? PixelMask.PartlyCovered : 0);
    }
}
