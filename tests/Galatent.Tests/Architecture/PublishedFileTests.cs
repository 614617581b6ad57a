using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Galatent.Explore.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Galatent.Tests.Architecture;

/// <summary>What <c>dotnet publish</c> leaves out of the one file must be nothing that an assembly names.</summary>
public sealed class PublishedFileTests
{
    private const string Facade = "netstandard";

    private static readonly Lazy<Dictionary<string, string>> Forwards = new(ReadForwards);
    private static readonly string Web = Path.GetDirectoryName(typeof(KestrelServer).Assembly.Location)!;
    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    [Fact]
    public void Of_the_web_server_the_file_holds_all_that_the_explorer_names_and_no_more()
    {
        var named = Named([typeof(ExplorerServer).Assembly.Location], Web);
        Assert.Equal(named.Order(StringComparer.Ordinal), List("WebServerAssemblies").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_that_is_left_out_of_dotnet_is_named_by_app_or_backend()
    {
        // The tests' folder holds the app, the backend and all their packages, and more.
        string[] tests =
        [
            "xunit",
            "Microsoft.Testing",
            "Microsoft.Appl",
            "Microsoft.ML",
            "Galatent.Tests",
            "CsCheck",
            "Deque",
            "Newtonsoft",
        ];
        var ours = Directory
            .GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => !tests.Any(t => Path.GetFileName(f).StartsWith(t, StringComparison.OrdinalIgnoreCase)));
        var named = Named(ours, Runtime);
        Assert.Contains("System.Private.CoreLib", named);
        Assert.Empty(List("LeftOutAssemblies").Intersect(named));
        Assert.All(List("LeftOutAssemblies"), name => Assert.True(File.Exists(Path.Combine(Runtime, $"{name}.dll")), name));
    }

    private static string[] List(string property)
    {
        var props = XDocument.Load(Path.Combine(SharedData.RepositoryRoot, "eng", "Published.props"));
        return props.Descendants(property).First().Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    // All assemblies of a folder that are named by some files, by what these name, and so on.
    private static HashSet<string> Named(IEnumerable<string> files, string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(files);
        while (waiting.TryDequeue(out var file))
        {
            foreach (var name in References(file).Where(n => File.Exists(Path.Combine(folder, $"{n}.dll")) && found.Add(n)))
            {
                waiting.Enqueue(Path.Combine(folder, $"{name}.dll"));
            }
        }
        return found;
    }

    private static string[] References(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        if (!reader.HasMetadata)
        {
            return [];
        }
        var metadata = reader.GetMetadataReader();
        var names = metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name));
        return [.. names.Where(n => n != Facade), .. TypesOfFacade(metadata).Select(t => Forwards.Value[t]).Distinct()];
    }

    // Libraries of .NET Standard name one assembly, which passes every type on to where it is: only the types that they use count.
    private static IEnumerable<string> TypesOfFacade(MetadataReader metadata) =>
        from handle in metadata.TypeReferences
        let type = metadata.GetTypeReference(handle)
        where type.ResolutionScope.Kind == HandleKind.AssemblyReference
        let scope = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope)
        where metadata.GetString(scope.Name) == Facade
        select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    private static Dictionary<string, string> ReadForwards()
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(Runtime, $"{Facade}.dll")));
        var metadata = reader.GetMetadataReader();
        var types = metadata
            .ExportedTypes.Select(metadata.GetExportedType)
            .Where(t => t.Implementation.Kind == HandleKind.AssemblyReference);
        return types.ToDictionary(
            t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}",
            t => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)t.Implementation).Name)
        );
    }
}
