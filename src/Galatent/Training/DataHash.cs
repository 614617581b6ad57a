using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>A fingerprint of training data.</summary>
internal static class DataHash
{
    /// <summary>SHA-256 of wavelengths (float64) and fluxes (float32), little-endian, in lower-case hexadecimal.</summary>
    public static string Of(SpectrumSet spectra)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(spectra.Grid.WavelengthAngstrom.AsSpan()));
        for (var i = 0; i < spectra.Count; i++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(spectra[i]));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
