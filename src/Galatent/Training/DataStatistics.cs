using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Galatent.Files;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>What training must know about all its spectra before it begins. One pass in the order of the file, so that a stream can read
/// ahead.</summary>
/// <param name="Hash">SHA-256 of wavelengths (float64), fluxes (float32) and pixel weights (float32, if there are any), little-endian, in
/// lower-case hexadecimal.</param>
/// <param name="MeanSpectrum">Mean flux of each pixel over the training rows, accumulated in double.</param>
/// <param name="Variance">Variance of each pixel over the training rows.</param>
internal sealed record DataStatistics(string Hash, float[] MeanSpectrum, double[] Variance)
{
    // 128 x 4582 floats are 2.3 MB: long enough to read at the disk's full rate, short enough for the cache.
    private const int RowsPerBlock = 128;

    /// <summary>The statistics for several processes. Only the first reads the spectra, and sends the result to the others: all would read
    /// the same disk.</summary>
    public static DataStatistics Of(ISpectrumSource spectra, int[] training, PixelWeightSource? pixelWeights, ProcessGroup processes)
    {
        if (processes.Size == 1)
        {
            return Of(spectra, training, pixelWeights);
        }
        var pixels = spectra.Grid.Count;
        var message = new double[(2 * pixels) + Sha256Hash.Size];
        if (processes.IsFirst)
        {
            var scan = Of(spectra, training, pixelWeights);
            Array.ConvertAll(scan.MeanSpectrum, f => (double)f).CopyTo(message, 0);
            scan.Variance.CopyTo(message, pixels);
            Array.ConvertAll(Convert.FromHexString(scan.Hash), b => (double)b).CopyTo(message, 2 * pixels);
        }
        // The whole message is the first process's part; the other parts are empty.
        processes.AllGather<double>(message, [0, .. Enumerable.Repeat(message.Length, processes.Size)]);
        var hash = Convert.ToHexStringLower(Array.ConvertAll(message[(2 * pixels)..], d => (byte)d));
        return new DataStatistics(hash, Array.ConvertAll(message[..pixels], d => (float)d), message[pixels..(2 * pixels)]);
    }

    /// <summary>Reads all spectra. Mean and variance are those of the training rows.</summary>
    public static DataStatistics Of(ISpectrumSource spectra, int[] training, PixelWeightSource? pixelWeights = null)
    {
        using var hash = new Sha256Hash();
        hash.Append(MemoryMarshal.AsBytes(spectra.Grid.WavelengthAngstrom.AsSpan()));
        var trains = new bool[spectra.Count];
        foreach (var row in training)
        {
            trains[row] = true;
        }
        var pixels = spectra.Grid.Count;
        var moments = new Moments(spectra.Grid.Count);
        float[][] blocks = [new float[RowsPerBlock * pixels], new float[RowsPerBlock * pixels]];
        int Rows(int first) => Math.Min(RowsPerBlock, spectra.Count - first);
        void Read(int first, float[] block) => spectra.ReadFrom(first, block.AsSpan(0, Rows(first) * pixels));
        Read(0, blocks[0]);
        for (var first = 0; first < spectra.Count; first += RowsPerBlock)
        {
            var block = blocks[0];
            var ahead = blocks[1];
            var next = first + RowsPerBlock;
            var start = first;
            // While this block is summed, the next one is read and this one is hashed.
            var reading = next < spectra.Count ? Task.Run(() => Read(next, ahead)) : Task.CompletedTask;
            var hashing = Task.Run(() => hash.Append(MemoryMarshal.AsBytes(block.AsSpan(0, Rows(start) * pixels))));
            for (var i = 0; i < Rows(first); i++)
            {
                if (trains[first + i])
                {
                    moments.Add(block.AsSpan(i * pixels, pixels));
                }
            }
            hashing.GetAwaiter().GetResult();
            reading.GetAwaiter().GetResult();
            Array.Reverse(blocks);
        }
        for (var first = 0; first < spectra.Count && pixelWeights is not null; first += RowsPerBlock)
        {
            var block = blocks[0].AsSpan(0, Rows(first) * pixels);
            pixelWeights.Read([.. Enumerable.Range(first, Rows(first))], block);
            hash.Append(MemoryMarshal.AsBytes(block));
        }
        return new DataStatistics(Convert.ToHexStringLower(hash.Finish()), moments.Mean(), moments.Variance());
    }

    /// <summary>Sums of differences from the first spectrum. With sums of the fluxes themselves, the variance of a bright steady pixel
    /// would be the difference of two large numbers.</summary>
    private sealed class Moments(int pixels)
    {
        private readonly double[] _pivot = new double[pixels];
        private readonly double[] _sum = new double[pixels];
        private readonly double[] _squares = new double[pixels];
        private readonly double[] _row = new double[pixels];
        private long _count;

        public void Add(ReadOnlySpan<float> flux)
        {
            TensorPrimitives.ConvertChecked(flux, _row.AsSpan());
            if (_count++ == 0)
            {
                _row.CopyTo(_pivot, 0);
            }
            TensorPrimitives.Subtract(_row, _pivot, _row);
            TensorPrimitives.Add(_sum, _row, _sum);
            TensorPrimitives.MultiplyAdd(_row, _row, _squares, _squares);
        }

        public float[] Mean() => [.. _pivot.Zip(_sum, (pivot, sum) => (float)(pivot + (sum / _count)))];

        public double[] Variance() => [.. _squares.Zip(_sum, (squares, sum) => (squares - (sum * sum / _count)) / _count)];
    }
}
