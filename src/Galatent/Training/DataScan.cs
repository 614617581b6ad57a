using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>What a training must know of all its spectra before it begins; one pass in the order of the file, so that a stream reads ahead.</summary>
/// <param name="Hash">SHA-256 of wavelengths (float64) and fluxes (float32), little-endian, in lower-case hexadecimal.</param>
/// <param name="MeanSpectrum">Mean flux of each pixel over the training rows, accumulated in double.</param>
/// <param name="TotalVariance">Sum over the pixels of the training rows' variance.</param>
internal sealed record DataScan(string Hash, float[] MeanSpectrum, double TotalVariance)
{
    // 128 x 4582 floats are 2.3 MB: long enough to be read at the disk's full rate, short enough for the cache.
    private const int RowsPerBlock = 128;

    /// <summary>The hash; of weights of the pixels too when there are any.</summary>
    public string HashWith(float[]? pixelWeights) => pixelWeights is null ? Hash : Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(Hash), .. SHA256.HashData(MemoryMarshal.AsBytes(pixelWeights.AsSpan()))]));

    /// <summary>The scan of several processes: the first reads the spectra and tells the others, which would load the same disk.</summary>
    public static DataScan Of(ISpectrumSource spectra, int[] training, ProcessGroup processes)
    {
        if (processes.Size == 1)
        {
            return Of(spectra, training);
        }
        var pixels = spectra.Grid.Count;
        var message = new double[pixels + 1 + SHA256.HashSizeInBytes];
        if (processes.IsFirst)
        {
            var scan = Of(spectra, training);
            Array.ConvertAll(scan.MeanSpectrum, f => (double)f).CopyTo(message, 0);
            message[pixels] = scan.TotalVariance;
            Array.ConvertAll(Convert.FromHexString(scan.Hash), b => (double)b).CopyTo(message, pixels + 1);
        }
        // All numbers are the first process's part.
        processes.Complete<double>(message, [0, .. Enumerable.Repeat(message.Length, processes.Size)]);
        var hash = Convert.ToHexStringLower(Array.ConvertAll(message[(pixels + 1)..], d => (byte)d));
        return new DataScan(hash, Array.ConvertAll(message[..pixels], d => (float)d), message[pixels]);
    }

    /// <summary>Scans all spectra; the moments are those of some rows.</summary>
    public static DataScan Of(ISpectrumSource spectra, int[] training)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(spectra.Grid.WavelengthAngstrom.AsSpan()));
        var trains = new bool[spectra.Count];
        foreach (var row in training)
        {
            trains[row] = true;
        }
        var (pixels, moments) = (spectra.Grid.Count, new Moments(spectra.Grid.Count));
        float[][] blocks = [new float[RowsPerBlock * pixels], new float[RowsPerBlock * pixels]];
        int Rows(int first) => Math.Min(RowsPerBlock, spectra.Count - first);
        void Read(int first, float[] block) => spectra.ReadFrom(first, block.AsSpan(0, Rows(first) * pixels));
        Read(0, blocks[0]);
        for (var first = 0; first < spectra.Count; first += RowsPerBlock)
        {
            var (block, ahead, next, start) = (blocks[0], blocks[1], first + RowsPerBlock, first);
            // The next block is read, and this one hashed, while this one is added up.
            var reading = next < spectra.Count ? Task.Run(() => Read(next, ahead)) : Task.CompletedTask;
            var hashing = Task.Run(() => hash.AppendData(MemoryMarshal.AsBytes(block.AsSpan(0, Rows(start) * pixels))));
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
        return new DataScan(Convert.ToHexStringLower(hash.GetHashAndReset()), moments.Mean(), moments.TotalVariance());
    }

    /// <summary>Sums about the first spectrum: about zero, the variance of a bright steady pixel would be the difference of two large numbers.</summary>
    private sealed class Moments(int pixels)
    {
        private readonly double[] _pivot = new double[pixels], _sum = new double[pixels], _row = new double[pixels];
        private double _squares;
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
            _squares += TensorPrimitives.SumOfSquares<double>(_row);
        }

        public float[] Mean() => [.. _pivot.Zip(_sum, (pivot, sum) => (float)(pivot + (sum / _count)))];

        public double TotalVariance() => (_squares - (TensorPrimitives.SumOfSquares<double>(_sum) / _count)) / _count;
    }
}
