using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.App;

/// <summary>Results of <c>mi</c> by content: the file's name is the hash of the columns, the options and the build of the library. Nothing
/// else decides, so a result is never stale.</summary>
/// <param name="Folder">Where the files lie; null for no cache.</param>
internal sealed record InformationCache(string? Folder)
{
    /// <summary>The user's cache folder: <c>XDG_CACHE_HOME</c> or what the system has for it.</summary>
    public static string DefaultFolder()
    {
        var root =
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(root, "galatent", "mi");
    }

    /// <summary>The stored result, or the computed one, which is then stored.</summary>
    /// <param name="question">Quantity, options and seed, in words.</param>
    /// <param name="columns">Every column that the answer depends on, in order.</param>
    /// <param name="compute">Gives the answer.</param>
    public IReadOnlyList<InformationLine> Get(
        string question,
        IEnumerable<(string Name, Array Values)> columns,
        Func<IReadOnlyList<InformationLine>> compute
    )
    {
        if (Folder is null)
        {
            return compute();
        }
        var key = Key(question, columns);
        var path = Path.Combine(Folder, key + ".json");
        if (Read(path, key) is { } stored)
        {
            return stored;
        }
        var lines = compute();
        Write(path, new CachedInformation(key, lines));
        return lines;
    }

    private static IReadOnlyList<InformationLine>? Read(string path, string key)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            var stored = JsonSerializer.Deserialize(File.ReadAllText(path), InformationJson.Default.CachedInformation);
            if (stored is { Lines.Count: > 0 } && stored.Key == key)
            {
                return stored.Lines;
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // Told below: a damaged entry is computed again.
        }
        ProgressDisplay.Say($"The cached result '{path}' is damaged and is computed again.");
        return null;
    }

    private static void Write(string path, CachedInformation entry)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.WriteText(path, JsonSerializer.Serialize(entry, InformationJson.Default.CachedInformation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InputException)
        {
            // The result itself is not lost; only the next run takes as long again.
            ProgressDisplay.Say(
                $"The result could not be kept in '{Path.GetDirectoryName(path)}' ({e.Message}); give another --cache, or --no-cache."
            );
        }
    }

    private static string Key(string question, IEnumerable<(string Name, Array Values)> columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void AddText(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        AddText(typeof(MutualInformationEstimator).Module.ModuleVersionId.ToString());
        AddText(question);
        foreach (var (name, values) in columns)
        {
            AddText(name);
            if (values is double[] numbers)
            {
                hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
            }
            else
            {
                Array.ForEach((string?[])values, text => AddText(text is null ? "missing" : "=" + text));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..40];
    }
}
