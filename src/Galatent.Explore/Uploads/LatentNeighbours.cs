using Galatent.Latents;
using Galatent.Latents.Estimates;
using Galatent.Numerics;

namespace Galatent.Explore.Uploads;

/// <summary>The galaxies of a run that are nearest to a place in the latent space, each dimension in units of its spread; and what their
/// parameters say about a spectrum there.</summary>
internal sealed class LatentNeighbours
{
    /// <summary>Neighbours whose parameters are looked at.</summary>
    public const int Looked = 40;

    /// <summary>Level of the intervals.</summary>
    public const double Level = 0.68;

    // Half of them widen the intervals, the other half judges the result.
    private const int MostChecked = 600;

    private readonly LatentSet _latents;
    private readonly int[] _inUse;
    private readonly float[] _scaled;
    private readonly double[] _spread;
    private readonly int[] _checked;
    private readonly int[][] _neighboursOfChecked;

    /// <summary>Scales the latents.</summary>
    /// <param name="latents">Latent representations of the run.</param>
    /// <param name="inUse">Dimensions in use.</param>
    /// <param name="heldOut">Rows that are no part of the training; the intervals are checked with them.</param>
    public LatentNeighbours(LatentSet latents, int[] inUse, int[] heldOut)
    {
        (_latents, _inUse) = (latents, inUse);
        _spread = Array.ConvertAll(inUse, d => Math.Max(SampleMoments.Deviation(latents.MuColumn(d)), 1e-12));
        _scaled = new float[latents.Count * inUse.Length];
        for (var i = 0; i < latents.Count; i++)
        {
            Scale(latents.MeanOf(i), _scaled.AsSpan(i * inUse.Length, inUse.Length));
        }
        _checked = heldOut[..Math.Min(MostChecked, heldOut.Length)];
        _neighboursOfChecked = new int[_checked.Length][];
        // The galaxy itself is the nearest, and is left out.
        Parallel.For(0, _checked.Length, i => _neighboursOfChecked[i] = Nearest(latents.MeanOf(_checked[i]), Looked + 1)[1..]);
    }

    /// <summary>The nearest galaxies, the nearest first.</summary>
    /// <param name="mu">Place, all latent dimensions.</param>
    /// <param name="count">How many.</param>
    public int[] Nearest(ReadOnlySpan<float> mu, int count)
    {
        var n = _inUse.Length;
        var place = new float[n];
        Scale(mu, place);
        var squares = new float[_latents.Count];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = System.Numerics.Tensors.TensorPrimitives.Distance(place, _scaled.AsSpan(i * n, n));
        }
        int[] rows = [.. Enumerable.Range(0, squares.Length)];
        Array.Sort(squares, rows);
        return rows[..Math.Min(count, rows.Length)];
    }

    /// <summary>A parameter of a spectrum at a place: the neighbours' median, and their quantiles widened until they hold as many of the
    /// held-out galaxies of the run as they say (Romano et al. 2019).</summary>
    /// <param name="nearest">The neighbours.</param>
    /// <param name="values">The parameter of every galaxy.</param>
    /// <returns>Median, ends of the interval, and the share of other held-out galaxies that lie in theirs.</returns>
    public (double Median, double Low, double High, double Coverage) Estimate(int[] nearest, double[] values)
    {
        (double Low, double High) Raw(int[] rows)
        {
            var own = Array.ConvertAll(rows, r => values[r]);
            return (SampleMoments.Quantile(own, (1 - Level) / 2), SampleMoments.Quantile(own, (1 + Level) / 2));
        }
        var half = _checked.Length / 2;
        var raw = Array.ConvertAll(_neighboursOfChecked, Raw);
        double[] scores =
        [
            .. Enumerable.Range(0, half).Select(i => ConformalInterval.QuantileScore(raw[i].Low, raw[i].High, values[_checked[i]])),
        ];
        var widening = ConformalInterval.Threshold(scores, 1 - Level);
        var inside = 0;
        for (var i = half; i < _checked.Length; i++)
        {
            var (from, to) = ConformalInterval.Widen(raw[i].Low, raw[i].High, widening);
            inside += values[_checked[i]] >= from && values[_checked[i]] <= to ? 1 : 0;
        }
        var own = Raw(nearest);
        var (low, high) = ConformalInterval.Widen(own.Low, own.High, widening);
        var median = SampleMoments.Median(Array.ConvertAll(nearest, r => values[r]));
        return (median, low, high, inside / (double)Math.Max(1, _checked.Length - half));
    }

    private void Scale(ReadOnlySpan<float> mu, Span<float> scaled)
    {
        for (var d = 0; d < _inUse.Length; d++)
        {
            scaled[d] = (float)(mu[_inUse[d]] / _spread[d]);
        }
    }
}
