using Galatent.Files;
using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>A file of spectra that somebody gave: FITS, HDF5, or a table of columns. What it is, is seen from its first bytes, never from
/// its name.</summary>
internal sealed class SurveyFile : IDisposable
{
    private readonly Lazy<ColumnFile> _columns;

    private SurveyFile(string path, FitsFile? fits, bool isHdf5, bool isParquet = false)
    {
        (Path, Fits, IsHdf5, IsParquet) = (path, fits, isHdf5, isParquet);
        _columns = new Lazy<ColumnFile>(() => ColumnFile.Read(path));
    }

    /// <summary>The path that the user gave.</summary>
    public string Path { get; }

    /// <summary>The FITS file; null for other formats.</summary>
    public FitsFile? Fits { get; }

    /// <summary>Whether it is an HDF5 file.</summary>
    public bool IsHdf5 { get; }

    /// <summary>Whether it is a Parquet file.</summary>
    public bool IsParquet { get; }

    /// <summary>Whether it is text or Parquet.</summary>
    public bool IsColumns => Fits is null && !IsHdf5;

    /// <summary>Its columns, read once: text, Parquet, or the datasets of an HDF5 file.</summary>
    /// <exception cref="InputException">It is no table.</exception>
    public ColumnFile Columns => _columns.Value;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scratchFolder">For what a large gzipped file holds.</param>
    /// <exception cref="InputException">There is none, it cannot be read, or it is compressed in a way that is not read.</exception>
    public static SurveyFile Open(string path, string? scratchFolder)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"'{path}' is a folder; give a file of spectra.");
        }
        var named = new FileInfo(path);
        if (named.LinkTarget is { } target && named.ResolveLinkTarget(returnFinalTarget: true) is { Exists: false })
        {
            throw new InputException($"'{path}' is a symbolic link to '{target}', where nothing is; mend or remove it.");
        }
        if (!named.Exists)
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        // To open a pipe would wait for somebody who writes into it.
        if (SpecialFile.KindOf(path) is { } special)
        {
            throw new InputException($"'{path}' is {special}, and no file of spectra; give a regular file.");
        }
        RegularFile.Require(path);
        var head = new byte[80];
        bool isHdf5;
        int length;
        using (var stream = File.OpenRead(path))
        {
            length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            isHdf5 = Hdf5.IsHdf5(stream);
        }
        var begin = head.AsSpan(0, length);
        if (length == 0)
        {
            throw new InputException($"'{path}' is empty; copy it again.");
        }
        if (FitsContainer.IsFits(begin) || FitsContainer.IsGzip(begin))
        {
            return new SurveyFile(path, FitsFile.Open(path, scratchFolder), false);
        }
        return FitsContainer.Refusal(path, begin) is { } refusal
            ? throw new InputException(refusal)
            : new SurveyFile(path, null, isHdf5, begin.StartsWith("PAR1"u8));
    }

    /// <inheritdoc/>
    public void Dispose() => Fits?.Dispose();
}
