using System.IO.Compression;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>
/// A FITS file read whole: headers, images and binary tables (FITS standard 4.0; Pence et al. 2010, A&amp;A 524, A42). Also gzipped
/// (<c>.fits.gz</c>).
/// Not read: tile-compressed images, variable-length columns, random groups, ASCII tables.
/// </summary>
public sealed class FitsFile
{
    private FitsFile(string path, IReadOnlyList<FitsUnit> units) => (Path, Units) = (path, units);

    /// <summary>The file's path, for messages.</summary>
    public string Path { get; }

    /// <summary>Header and data units, the primary one first.</summary>
    public IReadOnlyList<FitsUnit> Units { get; }

    /// <summary>The unit of that name (EXTNAME, upper or lower case).</summary>
    /// <exception cref="InputException">There is none.</exception>
    public FitsUnit this[string name] =>
        Units.FirstOrDefault(u => u.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException(
            $"'{Path}' has no extension {name}; it has {string.Join(", ", Units.Select(u => u.Name.Length > 0 ? u.Name : "(unnamed)"))}."
        );

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">Missing, not FITS, or cut short.</exception>
    public static FitsFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        RegularFile.Require(path);
        try
        {
            return UnchangedFile.Read(path, () =>
            {
                using var file = File.OpenRead(path);
                var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
                file.Position = 0;
                using var stream = isGzip ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
                return new FitsFile(path, ReadUnits(stream, path));
            });
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or OverflowException)
        {
            throw new InputException($"'{path}' is cut short or damaged ({e.Message.TrimEnd('.')}); copy it again.", e);
        }
    }

    private static List<FitsUnit> ReadUnits(Stream stream, string path)
    {
        var units = new List<FitsUnit>();
        while (FitsHeader.Read(stream, path) is { } header)
        {
            if (units.Count == 0 && !header.Has("SIMPLE"))
            {
                throw new InputException($"'{path}' is not a FITS file (it does not begin with SIMPLE).");
            }
            var unit = new FitsUnit(path, header);
            unit.ReadData(stream);
            units.Add(unit);
        }
        return units.Count > 0 ? units : throw new InputException($"'{path}' is empty; a FITS file is expected.");
    }
}
