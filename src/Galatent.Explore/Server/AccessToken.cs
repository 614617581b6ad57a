using System.Security.Cryptography;
using System.Text;

namespace Galatent.Explore.Server;

/// <summary>The secret that a page must show with every question: 128 random bits. Also needed on this machine alone, because all users
/// of a computer share its loopback address. It is no cookie: those go to every port of a host.</summary>
internal sealed class AccessToken
{
    private const int Bytes = 16;
    private const string Scheme = "Bearer ";

    private readonly byte[] _expected;

    private AccessToken(string text) => (Text, _expected) = (text, Encoding.ASCII.GetBytes(Scheme + text));

    /// <summary>As it stands in the address.</summary>
    public string Text { get; }

    /// <summary>A new one.</summary>
    public static AccessToken New() => new(Convert.ToHexStringLower(RandomBytes()));

    // On Linux .NET asks OpenSSL, and ends the process where that is missing, as on a bare Debian. The kernel's own is as good.
    private static byte[] RandomBytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return RandomNumberGenerator.GetBytes(Bytes);
        }
        var bytes = new byte[Bytes];
        using var kernel = File.OpenRead("/dev/urandom");
        kernel.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Whether a header <c>Authorization</c> shows it. The comparison takes equally long for all of one length.</summary>
    public bool IsIn(string authorization) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization), _expected);
}
