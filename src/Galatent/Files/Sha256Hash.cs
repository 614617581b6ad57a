using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Galatent.Files;

/// <summary>
/// SHA-256 of bytes that come in pieces. The system's own where there is one: on Linux .NET takes it from OpenSSL, and ends the process
/// where that is missing, as on a bare Debian. There the hash is computed by <see cref="ManagedSha256"/>, slower, with the same result.
/// </summary>
internal sealed class Sha256Hash : IDisposable
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private static readonly string[] OpenSsl = ["libssl.so.3", "libssl.so.1.1", "libssl.so.10", "libssl.so.1.0.2", "libssl.so.1.0.0"];

    private static readonly bool SystemHasOne = !OperatingSystem.IsLinux() || OpenSsl.Any(name => NativeLibrary.TryLoad(name, out _));

    private readonly IncrementalHash? _system;
    private readonly ManagedSha256? _managed;

    /// <summary>Begins a hash.</summary>
    public Sha256Hash()
    {
        _system = SystemHasOne ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        _managed = SystemHasOne ? null : new ManagedSha256();
    }

    /// <summary>The hash of some bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        using var hash = new Sha256Hash();
        hash.Append(bytes);
        return hash.Finish();
    }

    /// <summary>Adds the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _system?.AppendData(bytes);
        _managed?.Append(bytes);
    }

    /// <summary>The hash of all bytes; nothing can be added afterwards.</summary>
    public byte[] Finish() => _system?.GetHashAndReset() ?? _managed!.Finish();

    /// <inheritdoc/>
    public void Dispose() => _system?.Dispose();
}
