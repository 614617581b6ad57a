using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.App.Options;

/// <summary>Reads the files of columns that a command was given, as the user said, and says on standard error what was assumed or left
/// out.</summary>
/// <param name="options">What the user said.</param>
/// <param name="given">The options that say it, as typed.</param>
internal sealed class TableReader(TableOptions options, IReadOnlyList<string> given)
{
    private readonly List<ColumnFile> _read = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Text, HDF5 or Parquet.</param>
    /// <param name="wanted">The columns to read; null reads all.</param>
    public ColumnFile Read(string path, IReadOnlyCollection<string>? wanted = null)
    {
        var file = ColumnFile.ReadInterruptibly(path, wanted, Interruption.Token, options);
        ProgressDisplay.Say(file.Remarks);
        _read.Add(file);
        return file;
    }

    /// <summary>Refuses options that said something of no file.</summary>
    /// <exception cref="InputException">There is such an option.</exception>
    public void RequireUse()
    {
        if (_read.Count == 0 && given.Count > 0)
        {
            throw new InputException($"{given[0]} says how to read a table, and none is read here; leave it out.");
        }
        if (options.AreOfText && !_read.Exists(f => f.IsOfText))
        {
            throw new InputException(
                $"{given[0]} says how to read a table of text, and '{_read[0].Source}' is HDF5 or Parquet; leave it out."
            );
        }
    }
}
