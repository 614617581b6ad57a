namespace Galatent.Tests;

/// <summary>A new empty folder for the files of one test; disposing deletes it with all that it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("galatent-test-").FullName;

    /// <summary>The path of a file or folder in it, which need not exist.</summary>
    public string File(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
