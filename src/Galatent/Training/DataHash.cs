using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>A fingerprint of training data.</summary>
internal static class DataHash
{
    /// <summary>SHA-256 of wavelengths (float64) and fluxes (float32), little-endian, in lower-case hexadecimal; of the pixels' weights too when there are any.</summary>
    public static string Of(SpectrumSet spectra, float[]? pixelWeights = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(spectra.Grid.WavelengthAngstrom.AsSpan()));
        for (var i = 0; i < spectra.Count; i++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(spectra[i]));
        }
        if (pixelWeights is not null)
        {
            hash.AppendData(MemoryMarshal.AsBytes(pixelWeights.AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
