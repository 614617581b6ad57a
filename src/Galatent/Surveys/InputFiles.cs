using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>The files that a user means: files, folders with all that is below them, and lists of such (<c>@LIST</c>, one a
/// line).</summary>
public static class InputFiles
{
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

    private static string[] Below(string folder)
    {
        try
        {
            var found = Directory.GetFiles(
                folder,
                "*",
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
                    MaxRecursionDepth = 30,
                    IgnoreInaccessible = false,
                }
            );
            Array.Sort(found, StringComparer.Ordinal);
            return found;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"Cannot list all of '{folder}': {e.Message.TrimEnd('.')}; check its permissions.", e);
        }
    }

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
        return File.ReadLines(list)
            .Select(l => l.Trim())
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => Path.Exists(l) ? l : Path.Combine(folder, l));
    }
}
