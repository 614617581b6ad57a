using System.Text.RegularExpressions;
using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>How much memory the spectra may take. Larger files are streamed from disk.</summary>
/// <param name="Bytes">The limit.</param>
public readonly partial record struct MemoryLimit(long Bytes)
{
    // The longest array of .NET. It holds 470,000 spectra of the study.
    private const long LargestArray = 0x7FFFFFC7;

    /// <summary>Half of the memory that this process may use, divided by the number of processes on this machine.</summary>
    /// <param name="processes">Number of processes on this machine that do the same work.</param>
    public static MemoryLimit Automatic(int processes = 1) => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / processes);

    /// <summary>Reads <c>2GB</c>, <c>512MB</c>, <c>1.5GiB</c>. MB and GB are 10^6 and 10^9 bytes, MiB and GiB 2^20 and 2^30.</summary>
    /// <exception cref="InputException">The text is not a number and a unit.</exception>
    public static MemoryLimit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Form().Match(text);
        if (!match.Success || !TypedNumber.TryParse(match.Groups[1].ValueSpan, out var amount))
        {
            throw new InputException($"'{text}' is not an amount of memory; write a number and a unit, e.g. 2GB or 512MB, or auto.");
        }
        var unit = match.Groups[2].Value.ToUpperInvariant() switch
        {
            "M" or "MB" => 1e6,
            "G" or "GB" => 1e9,
            "MIB" => 1 << 20,
            _ => 1 << 30,
        };
        return new MemoryLimit((long)(amount * unit));
    }

    /// <summary>Opens a dataset file: into memory if it fits, otherwise as a stream.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="scratchFolder">Folder for a flat copy. It is needed when the file is too large and not stored row by row.</param>
    /// <param name="maximumCount">At most this many spectra.</param>
    /// <exception cref="InputException">Missing, damaged, or not of this layout.</exception>
    public ISpectrumSource Open(string path, string scratchFolder, int maximumCount = int.MaxValue)
    {
        var (grid, rows, _) = SpectrumFile.ReadHeader(path);
        var numbers = (long)Math.Min(rows, maximumCount) * grid.Count;
        return numbers <= LargestArray && numbers * sizeof(float) <= Bytes
            ? SpectrumFile.Read(path, maximumCount)
            : SpectrumStream.Open(path, scratchFolder, maximumCount);
    }

    [GeneratedRegex(@"^\s*([0-9]+(?:\.[0-9]+)?)\s*(MB?|MiB|GB?|GiB)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
