namespace Galatent.Tests;

/// <summary>Reference data that is too large for the repository: a folder <c>shared</c> beside the checkout. Tests that need it skip where
/// it is absent.</summary>
internal static class SharedData
{
    /// <summary>The repository's root: the nearest folder above the test assembly that holds Galatent.slnx.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The path of a shared file; skips the test with a message when it is not there.</summary>
    public static string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([RepositoryRoot, "..", "shared", .. parts]);
        Assert.SkipUnless(System.IO.Path.Exists(path), $"Reference data {System.IO.Path.Combine(parts)} are not beside this checkout.");
        return path;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Galatent.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside a checkout of the repository.");
    }
}
