using Galatent.Files;
using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>A file of spectra that somebody gave: FITS, HDF5, or a table of columns. What it is, is seen from its first bytes, never from
/// its name.</summary>
internal sealed class SurveyFile : IDisposable
{
    private SurveyFile(string path, FitsFile? fits, bool isHdf5) => (Path, Fits, IsHdf5) = (path, fits, isHdf5);

    /// <summary>The path that the user gave.</summary>
    public string Path { get; }

    /// <summary>The FITS file; null for other formats.</summary>
    public FitsFile? Fits { get; }

    /// <summary>Whether it is an HDF5 file.</summary>
    public bool IsHdf5 { get; }

    /// <summary>Whether it is text or Parquet.</summary>
    public bool IsColumns => Fits is null && !IsHdf5;

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
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
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
        return FitsContainer.Refusal(path, begin) is { } refusal ? throw new InputException(refusal) : new SurveyFile(path, null, isHdf5);
    }

    /// <inheritdoc/>
    public void Dispose() => Fits?.Dispose();
}
