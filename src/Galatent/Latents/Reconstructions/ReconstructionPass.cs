using System.Numerics.Tensors;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents.Reconstructions;

/// <summary>
/// Decodes latents and compares them with their spectra, block by block. The rows are divided into a fixed number of segments. One process
/// sums each segment, and the sums of the segments are added in order. So the result has the same bits for any number of threads and
/// processes.
/// </summary>
internal sealed class ReconstructionPass
{
    // Number of reconstructed spectra in memory: 256 x 4582 floats are 5 MB.
    private const int Block = 256;
    private const int Segments = 32;

    private readonly ISpectrumSource _spectra;
    private readonly int _dimensions;
    private readonly int _pixels;
    private readonly Func<float[], int, float[]> _decode;
    private readonly ProcessGroup _processes;
    private readonly float[] _pivot;

    public ReconstructionPass(ISpectrumSource spectra, int dimensions, Func<float[], int, float[]> decode, ProcessGroup processes)
    {
        (_spectra, _dimensions, _pixels, _decode, _processes) = (spectra, dimensions, spectra.Grid.Count, decode, processes);
        _pivot = new float[_pixels];
        spectra.ReadFrom(0, _pivot);
    }

    /// <summary>Squared errors of some rows.</summary>
    /// <param name="rows">Which spectra.</param>
    /// <param name="latent">The latents of all spectra, shape (n, dimensions).</param>
    /// <param name="covariance">If given, receives the covariance of latents and pixels over the rows, shape (dimensions, pixels). The
    /// means are those of all spectra.</param>
    /// <param name="told">Receives the number of spectra done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public ReconstructionError Run(int[] rows, float[] latent, double[]? covariance, Action<int> told, CancellationToken cancellation)
    {
        var mean = covariance is null ? null : LatentCovarianceSum.Mean(latent, _dimensions);
        var width = (3 * _pixels) + (covariance?.Length ?? 0);
        var own = _processes.Part(Segments);
        var perSpectrum = new double[rows.Length];
        // One process adds each segment at once. Several processes keep all segments; these are added in order when all are there.
        var kept = _processes.Size > 1 ? new double[Segments * width] : [];
        var total = new double[width];
        for (var segment = own.First; segment < own.First + own.Count; segment++)
        {
            var sums = Segment(
                rows,
                (FirstOf(segment, rows.Length), FirstOf(segment + 1, rows.Length)),
                latent,
                mean,
                perSpectrum,
                told,
                cancellation
            );
            if (_processes.Size > 1)
            {
                sums.CopyTo(kept, segment * width);
            }
            else
            {
                TensorPrimitives.Add(total, sums, total);
            }
        }
        if (_processes.Size > 1)
        {
            var starts = _processes.PartStarts(Segments);
            _processes.AllGather<double>(kept, [.. starts.Select(s => s * width)]);
            _processes.AllGather<double>(perSpectrum, [.. starts.Select(s => FirstOf(s, rows.Length))]);
            for (var segment = 0; segment < Segments; segment++)
            {
                TensorPrimitives.Add(total, kept.AsSpan(segment * width, width), total);
            }
        }
        if (covariance is not null)
        {
            TensorPrimitives.Divide(total.AsSpan(3 * _pixels), rows.Length, covariance);
        }
        return ReconstructionErrorSum.Result(total.AsSpan(0, 3 * _pixels), perSpectrum);
    }

    private static int FirstOf(int segment, int rows) => (int)((long)rows * segment / Segments);

    private double[] Segment(
        int[] rows,
        (int First, int End) range,
        float[] latent,
        double[]? mean,
        double[] perSpectrum,
        Action<int> told,
        CancellationToken cancellation
    )
    {
        var error = new ReconstructionErrorSum(_pixels, _pivot);
        var covariance = mean is null ? null : new LatentCovarianceSum(mean, _pixels);
        for (var start = range.First; start < range.End; start += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = rows.AsSpan(start, Math.Min(Block, range.End - start));
            var flux = new float[block.Length * _pixels];
            var z = LatentSet.Rows(latent, block, _dimensions);
            _spectra.Read(block, flux);
            error.Add(flux, _decode(z, block.Length));
            covariance?.Add(z, flux);
            told(Math.Min(rows.Length, (start + block.Length) * _processes.Size));
        }
        error.PerSpectrum.ToArray().CopyTo(perSpectrum, range.First);
        return [.. error.Sums, .. covariance?.Sums ?? []];
    }
}
