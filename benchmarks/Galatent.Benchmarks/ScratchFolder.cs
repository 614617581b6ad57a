namespace Galatent.Benchmarks;

/// <summary>A folder for the files of a benchmark, which goes with it.</summary>
internal sealed class ScratchFolder(string prefix) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(prefix);

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
