using System.Buffers.Binary;
using System.Text;
using TorchSharp;

namespace Galatent.Tests.Torch;

public class TorchLibraryTests
{
    [Fact]
    public void Torch_loads_and_multiplies_two_matrices()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);
        var b = torch.tensor(new float[] { 5, 6, 7, 8 }, [2, 2]);
        Assert.Equal([19f, 22f, 43f, 50f], a.matmul(b).data<float>().ToArray());
    }

    [Fact]
    public void Library_needs_no_symbol_version_that_the_oldest_supported_system_lacks()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(path), "Only the Linux build carries an ELF library.");
        // Debian 12's libstdc++ (GCC 12) ends at GLIBCXX_3.4.30; RHEL 9's and Ubuntu 22.04's do not go further.
        var tooNew = VersionNeeds(File.ReadAllBytes(path))
            .Where(need =>
                need.Version.StartsWith("GLIBCXX_3.4.", StringComparison.Ordinal) && int.Parse(need.Version[12..].Split('.')[0]) > 30
            )
            .ToList();
        Assert.NotEmpty(tooNew);
        Assert.All(tooNew, need => Assert.Equal(2, need.Flags));
    }

    /// <summary>All entries of .gnu.version_r, by the layout in the gABI's chapter on symbol versioning.</summary>
    private static List<(string Version, int Flags)> VersionNeeds(ReadOnlySpan<byte> elf)
    {
        static int Word(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadInt32LittleEndian(elf[at..]);
        static int Half(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf[at..]);
        var needs = new List<(string, int)>();
        var headers = Word(elf, 0x28);
        for (var i = 0; i < Half(elf, 0x3c); i++)
        {
            var header = headers + (i * Half(elf, 0x3a));
            if (Word(elf, header + 4) != 0x6ffffffe)
            {
                continue;
            }
            var strings = Word(elf, headers + (Word(elf, header + 0x28) * Half(elf, 0x3a)) + 0x18);
            for (int need = Word(elf, header + 0x18), step = 1; step != 0; need += step)
            {
                for (int k = 0, entry = need + Word(elf, need + 8); k < Half(elf, need + 2); k++, entry += Word(elf, entry + 12))
                {
                    var name = elf[(strings + Word(elf, entry + 8))..];
                    needs.Add((Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]), Half(elf, entry + 4)));
                }
                step = Word(elf, need + 12);
            }
        }
        return needs;
    }
}
