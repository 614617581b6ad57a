using System.Reflection;
using System.Text;
using Galatent.Exports.Explorer;
using Galatent.Files;

namespace Galatent.Explore.Server;

/// <summary>A file of the page.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Tag">Hash of the content, for browsers that have it already.</param>
internal sealed record PageFile(byte[] Content, string Type, string Tag);

/// <summary>The files of the page, which are part of the program: no path of a request reaches the file system. The decoder is the one of
/// <c>export --html</c>, made a module by one line.</summary>
internal static class PageFiles
{
    /// <summary>Name of the page itself.</summary>
    public const string Index = "index.html";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>All files by name.</summary>
    public static IReadOnlyDictionary<string, PageFile> All { get; } = Read();

    private static Dictionary<string, PageFile> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = assembly.GetManifestResourceNames().ToDictionary(name => name, name => Make(name, Text(assembly, name)));
        files["decoder.js"] = Make("decoder.js", ExplorerPart.DecoderModule);
        // A browser learns of all modules from the page, instead of one after another from those that import them.
        var modules = files.Keys.Where(n => n.EndsWith(".js", StringComparison.Ordinal) && n is not ("boot.js" or "decoder-worker.js"));
        var links = string.Concat(modules.Order(StringComparer.Ordinal).Select(n => $"<link rel=\"modulepreload\" href=\"{n}\">\n"));
        files[Index] = Make(Index, Text(assembly, Index).Replace("</head>", $"{links}</head>", StringComparison.Ordinal));
        return files;
    }

    private static PageFile Make(string name, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        return new(content, Types[Path.GetExtension(name)], $"\"{Convert.ToHexStringLower(Sha256Hash.Of(content))}\"");
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
