using Galatent.Files;

namespace Galatent.App.Terminal;

/// <summary>Reads a file of columns and says on standard error what the reader assumed or left out.</summary>
internal static class Table
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Text, HDF5 or Parquet.</param>
    /// <param name="wanted">The columns to read; null reads all.</param>
    public static ColumnFile Read(string path, IReadOnlyCollection<string>? wanted = null)
    {
        var file = ColumnFile.ReadInterruptibly(path, wanted, Interruption.Token);
        ProgressDisplay.Say(file.Remarks);
        return file;
    }
}
