using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>
/// A FITS file (FITS standard 4.0; Pence et al. 2010, A&amp;A 524, A42): headers are read at once, data when they are asked for. Also
/// gzipped, under any name. Images, binary tables with variable-length columns, ASCII tables and tile-compressed images of whole numbers
/// are read. Random groups are not.
/// </summary>
public sealed class FitsFile : IDisposable
{
    private readonly FitsBytes _bytes;

    private FitsFile(string path, FitsBytes bytes, IReadOnlyList<FitsUnit> units, IReadOnlyList<string> remarks) =>
        (Path, _bytes, Units, Remarks) = (path, bytes, units, remarks);

    /// <summary>The file's path, for messages.</summary>
    public string Path { get; }

    /// <summary>Header and data units, the primary one first.</summary>
    public IReadOnlyList<FitsUnit> Units { get; }

    /// <summary>What is odd about the file and does no harm where its data are not needed: one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>The unit of that name (EXTNAME, upper or lower case).</summary>
    /// <exception cref="InputException">There is none.</exception>
    public FitsUnit this[string name] =>
        Find(name)
        ?? throw new InputException(
            $"'{Path}' has no extension {name}; it has {ShownNames.Of(Units.Select(u => u.Name.Length > 0 ? u.Name : "(unnamed)"))}."
                + string.Concat(Remarks.Select(r => " " + r))
        );

    /// <summary>The first unit of that name; null when there is none.</summary>
    internal FitsUnit? Find(string name) => Units.FirstOrDefault(u => u.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Opens a file and reads its headers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scratchFolder">Where the content of a large gzipped file is put while it is read; null for the file's own
    /// folder.</param>
    /// <exception cref="InputException">Missing, not FITS, or damaged in its first header.</exception>
    public static FitsFile Open(string path, string? scratchFolder = null)
    {
        var bytes = FitsContainer.Open(path, scratchFolder);
        var isKept = false;
        try
        {
            var remarks = new List<string>();
            var units = ReadUnits(path, bytes, remarks);
            bytes.RequireUnchanged();
            isKept = true;
            return new FitsFile(path, bytes, units, remarks);
        }
        catch (EndOfStreamException e)
        {
            throw new InputException($"'{path}' is cut short or damaged ({e.Message.TrimEnd('.')}); copy it again.", e);
        }
        finally
        {
            if (!isKept)
            {
                bytes.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private static List<FitsUnit> ReadUnits(string path, FitsBytes bytes, List<string> remarks)
    {
        var units = new List<FitsUnit>();
        var at = 0L;
        while (at < bytes.Length)
        {
            if (units.Count > 0 && !BeginsExtension(bytes, at))
            {
                remarks.Add(Invariant($"'{path}': {bytes.Length - at} bytes after the last HDU belong to none; they are left out."));
                break;
            }
            FitsUnit unit;
            try
            {
                var header = FitsHeader.Read(bytes, at, path);
                unit = new FitsUnit(path, bytes, header, units.Count, at + header.Bytes);
            }
            catch (InputException e) when (units.Count > 0)
            {
                remarks.Add(e.Message);
                break;
            }
            units.Add(unit);
            if (unit.End > bytes.Length)
            {
                remarks.Add(
                    Invariant($"'{path}': HDU {unit.Index} ({unit.Title}) needs {unit.DataBytes} bytes, and the file ends after ")
                        + Invariant($"{Math.Max(0, bytes.Length - unit.DataStart)}; it is cut short, copy it again.")
                );
                break;
            }
            at = unit.NextUnit;
        }
        return units;
    }

    private static bool BeginsExtension(FitsBytes bytes, long at)
    {
        Span<byte> head = stackalloc byte[8];
        if (bytes.Length - at < head.Length)
        {
            return false;
        }
        bytes.Read(at, head);
        return head.SequenceEqual("XTENSION"u8);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
