using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>The files that a user means: files, folders with all that is below them (each folder once, where links lead to it
/// again), and lists of such (<c>@LIST</c>, one a line).</summary>
public static class InputFiles
{
    private static readonly EnumerationOptions Visible = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = false,
    };

    /// <summary>The files, in the order given; those of a folder by name.</summary>
    /// <param name="inputs">Paths of files and folders, and @ with the path of a list.</param>
    /// <returns>Each file once, and whether it was named itself rather than found in a folder.</returns>
    /// <exception cref="InputException">There is no such file, folder or list.</exception>
    public static IReadOnlyList<(string Path, bool IsNamed)> Expand(IEnumerable<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var seen = new HashSet<string>();
        var files = new List<(string, bool)>();
        void Add(string path, bool isNamed)
        {
            if (seen.Add(Path.GetFullPath(path)))
            {
                files.Add((path, isNamed));
            }
        }
        foreach (var input in inputs.SelectMany(Listed))
        {
            if (!Directory.Exists(input))
            {
                Add(input, true);
                continue;
            }
            foreach (var file in Below(input))
            {
                Add(file, false);
            }
        }
        return files.Count > 0
            ? files
            : throw new InputException("No file is given: the folders are empty; give files of spectra, or folders that hold some.");
    }

    private static List<string> Below(string folder)
    {
        try
        {
            var found = new List<string>();
            Collect(new DirectoryInfo(folder), Real(new DirectoryInfo(folder), ""), [], found);
            found.Sort(StringComparer.Ordinal);
            return found;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException($"Cannot list all of '{folder}': {e.Message.TrimEnd('.')}; check its permissions.", e);
        }
    }

    // Links may lead back to a folder that was seen.
    private static void Collect(DirectoryInfo folder, string real, HashSet<string> seen, List<string> found)
    {
        if (!seen.Add(real))
        {
            return;
        }
        var folders = new List<DirectoryInfo>();
        foreach (var entry in folder.EnumerateFileSystemInfos("*", Visible))
        {
            if (entry is DirectoryInfo below)
            {
                folders.Add(below);
            }
            else
            {
                found.Add(Path.Combine(folder.ToString(), entry.Name));
            }
        }
        foreach (var below in folders.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            Collect(new DirectoryInfo(Path.Combine(folder.ToString(), below.Name)), Real(below, real), seen, found);
        }
    }

    private static string Real(DirectoryInfo folder, string parent) =>
        folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName
        ?? Path.Combine(parent, parent.Length > 0 ? folder.Name : folder.FullName);

    private static IEnumerable<string> Listed(string input)
    {
        if (!input.StartsWith('@') || File.Exists(input))
        {
            return [input];
        }
        var list = input[1..];
        if (!File.Exists(list))
        {
            throw new InputException($"There is no list '{list}'; give a text file with one path a line after @.");
        }
        var folder = Path.GetDirectoryName(Path.GetFullPath(list))!;
        return TableInput
            .Guard(list, () => File.ReadAllLines(list))
            .Select(l => l.Trim())
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => Path.Exists(l) ? l : Path.Combine(folder, l));
    }
}
