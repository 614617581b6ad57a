using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies an ELF64 shared object and marks one symbol version that it needs as weak (VER_FLG_WEAK, bit 2 of vna_flags in .gnu.version_r;
/// System V gABI, "Symbol Versioning"), so that the dynamic loader starts it with a libstdc++ that lacks the version. A file without that
/// need is copied as it stands.
/// </summary>
public sealed class WeakenVersionNeed : Task
{
    private const uint SectionVersionNeed = 0x6ffffffe;
    private const ushort FlagWeak = 2;

    [Required]
    public string Source { get; set; } = "";

    [Required]
    public string Destination { get; set; } = "";

    [Required]
    public string Version { get; set; } = "";

    public override bool Execute()
    {
        byte[] elf = File.ReadAllBytes(Source);
        bool isElf64 = elf.Length > 64 && BitConverter.ToUInt32(elf, 0) == 0x464c457f && elf[4] == 2;
        int weakened = isElf64 ? Weaken(elf) : 0;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        // A build that was interrupted must not leave half a file that looks up to date.
        string partial = Destination + ".partial";
        File.WriteAllBytes(partial, elf);
        File.Delete(Destination);
        File.Move(partial, Destination);
        Log.LogMessage(MessageImportance.Normal, "{0}: {1} need(s) of {2} made weak", Path.GetFileName(Destination), weakened, Version);
        return true;
    }

    private int Weaken(byte[] elf)
    {
        long table = BitConverter.ToInt64(elf, 0x28); // e_shoff
        int size = BitConverter.ToUInt16(elf, 0x3a); // e_shentsize
        int count = BitConverter.ToUInt16(elf, 0x3c); // e_shnum
        int weakened = 0;
        for (int i = 0; i < count; i++)
        {
            int section = (int)table + i * size;
            if (BitConverter.ToUInt32(elf, section + 4) == SectionVersionNeed)
            {
                int strings = (int)table + (int)BitConverter.ToUInt32(elf, section + 0x28) * size; // sh_link
                weakened += WeakenSection(
                    elf,
                    (int)BitConverter.ToInt64(elf, section + 0x18),
                    (int)BitConverter.ToInt64(elf, strings + 0x18)
                );
            }
        }
        return weakened;
    }

    private int WeakenSection(byte[] elf, int need, int strings)
    {
        int weakened = 0;
        for (uint next = 1; next != 0; need += (int)next)
        {
            int entry = need + (int)BitConverter.ToUInt32(elf, need + 8); // vn_aux
            for (int left = BitConverter.ToUInt16(elf, need + 2); left > 0; left--)
            {
                if (Text(elf, strings + (int)BitConverter.ToUInt32(elf, entry + 8)) == Version)
                {
                    elf[entry + 4] |= (byte)FlagWeak; // vna_flags, little endian
                    weakened++;
                }
                entry += (int)BitConverter.ToUInt32(elf, entry + 12); // vna_next
            }
            next = BitConverter.ToUInt32(elf, need + 12); // vn_next
        }
        return weakened;
    }

    private static string Text(byte[] elf, int start)
    {
        return Encoding.ASCII.GetString(elf, start, Array.IndexOf(elf, (byte)0, start) - start);
    }
}
