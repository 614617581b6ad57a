using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Galatent.Files;

namespace Galatent.Tests.Files;

public class ManagedSha256Tests
{
    // The examples of FIPS 180-4 (NIST, "Secure Hashing", examples with intermediate values) and of the empty message.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )]
    public void Hashes_of_the_standard(string message, string expected)
    {
        var hash = new ManagedSha256();
        hash.Append(Encoding.ASCII.GetBytes(message));
        Assert.Equal(expected, Convert.ToHexStringLower(hash.Finish()));
        Assert.Equal(expected, Convert.ToHexStringLower(Sha256Hash.Of(Encoding.ASCII.GetBytes(message))));
    }

    [Fact]
    public void Pieces_of_any_length_give_the_hash_of_the_system() =>
        Gen
            .Byte.Array[0, 200]
            .Array[0, 6]
            .Sample(pieces =>
            {
                var hash = new ManagedSha256();
                foreach (var piece in pieces)
                {
                    hash.Append(piece);
                }
                Assert.Equal(SHA256.HashData([.. pieces.SelectMany(p => p)]), hash.Finish());
            });
}
