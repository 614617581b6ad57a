using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.App.Options;

/// <summary>Reads a command's files of columns with the user's table options. Reports on standard error what was assumed or left
/// out.</summary>
/// <param name="options">The user's table options.</param>
/// <param name="given">The names of these options as typed.</param>
internal sealed class TableReader(TableOptions options, IReadOnlyList<string> given)
{
    private readonly List<ColumnFile> _read = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Text, HDF5 or Parquet.</param>
    /// <param name="wanted">The columns to read; null for all.</param>
    public ColumnFile Read(string path, IReadOnlyCollection<string>? wanted = null)
    {
        if (Job.Processes.Size > 1 && IsStream(path))
        {
            throw new InputException(
                $"'{path}' is a pipe, and each of the {Job.Processes.Size} processes would get another part of it; save it as a regular "
                    + $"file."
            );
        }
        var file = ColumnFile.ReadInterruptibly(path, wanted, Interruption.Token, options);
        ProgressDisplay.Say(file.Remarks);
        _read.Add(file);
        return file;
    }

    private static bool IsStream(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return !stream.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reader tells why.
            return false;
        }
    }

    /// <summary>Refuses table options that applied to no file.</summary>
    /// <exception cref="InputException">There is such an option.</exception>
    public void RequireUse()
    {
        if (_read.Count == 0 && given.Count > 0)
        {
            throw new InputException($"{given[0]} says how to read a table, but no table is read here; leave it out.");
        }
        if (options.AreOfText && !_read.Exists(f => f.IsOfText))
        {
            throw new InputException(
                $"{given[0]} says how to read a table of text, but '{_read[0].Source}' is HDF5 or Parquet; leave it out."
            );
        }
    }
}
