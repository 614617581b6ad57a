using System.Reflection;
using System.Text.RegularExpressions;
using Galatent.Spectra;

namespace Galatent.Tests.Architecture;

/// <summary>The rules of the house. A failure names the file and says what to do instead.</summary>
public partial class FolderTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Numerics"] = [],
        ["Files"] = ["Numerics"],
        ["Spectra"] = ["Numerics", "Files"],
        ["Synthesis"] = ["Numerics", "Files", "Spectra"],
        ["Surveys"] = ["Numerics", "Files", "Spectra"],
        ["Networks"] = ["Numerics", "Files", "Spectra"],
        ["Training"] = ["Numerics", "Files", "Spectra", "Networks"],
        ["Latents"] = ["Numerics", "Files", "Spectra", "Networks"],
        ["Exports"] = ["Numerics", "Files", "Spectra", "Networks", "Latents"],
        ["Report"] = ["Numerics", "Files", "Spectra", "Synthesis", "Surveys", "Networks", "Training", "Latents", "Exports"],
        ["Study"] = ["Numerics", "Files", "Spectra", "Synthesis", "Surveys", "Networks", "Training", "Latents", "Exports", "Report"],
    };

    private const int MostCharacters = 140;

    private static readonly string Library = Path.Combine(SharedData.RepositoryRoot, "src", "Galatent");

    [Fact]
    public void Data_flow_one_way()
    {
        Require(
            LibraryFiles()
                .SelectMany(file =>
                    NamespaceName()
                        .Matches(file.Text)
                        .Select(m => m.Groups[1].Value)
                        .Distinct()
                        .Where(used => used != file.Folder && MayUse.ContainsKey(used) && !MayUse[file.Folder].Contains(used))
                        .Select(used =>
                            $"{file.Name} uses Galatent.{used}; {file.Folder} may use "
                            + $"{string.Join(", ", MayUse[file.Folder].DefaultIfEmpty("nothing"))}. Move the type to the folder that "
                            + $"produces it, or pass plain numbers."
                        )
                )
        );
    }

    [Fact]
    public void Every_folder_has_its_sentence_and_none_is_called_Common()
    {
        Require(
            Directory
                .GetDirectories(Library)
                .Select(d => Path.GetFileName(d))
                .Where(d => d is not ("bin" or "obj") && !MayUse.ContainsKey(d))
                .Select(d =>
                    $"src/Galatent/{d} is not a folder of the house; put the code where its product is used, or add a line to "
                    + $"docs/architecture.md and to this test."
                )
        );
        Require(
            Directory
                .GetDirectories(SharedData.RepositoryRoot, "*", SearchOption.AllDirectories)
                .Where(d =>
                    !d.Contains("artifacts", StringComparison.Ordinal)
                    && Path.GetFileName(d) is "Common" or "Utils" or "Core" or "Helpers" or "Shared"
                )
                .Select(d => $"{d}: name a folder by what it is about.")
        );
    }

    [Fact]
    public void Tensors_stay_in_the_backend()
    {
        Require(
            LibraryFiles()
                .Concat(AppFiles())
                .Where(f => f.Text.Contains("TorchSharp", StringComparison.Ordinal))
                .Select(f => $"{f.Name} names TorchSharp; take and return arrays, and leave tensors to src/Galatent.Torch.")
        );
        Assert.DoesNotContain(typeof(SpectrumSet).Assembly.GetReferencedAssemblies(), a => a.Name is "TorchSharp" or "Galatent.Torch");
        Assert.DoesNotContain(typeof(Galatent.App.Cli).Assembly.GetReferencedAssemblies(), a => a.Name is "TorchSharp" or "Galatent.Torch");
    }

    [Fact]
    public void The_web_server_stays_in_the_explorer()
    {
        Require(
            LibraryFiles()
                .Concat(AppFiles())
                .Concat(BackendFiles())
                .Where(f => f.Text.Contains("Microsoft.AspNetCore", StringComparison.Ordinal))
                .Select(f => $"{f.Name} names ASP.NET Core; leave requests and replies to src/Galatent.Explore.")
        );
        Assert.DoesNotContain(typeof(SpectrumSet).Assembly.GetReferencedAssemblies(), a =>
            a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || a.Name == "Galatent.Explore"
        );
    }

    [Fact]
    public void Rooms_of_the_explorer_point_one_way()
    {
        Dictionary<string, string[]> mayUse = new()
        {
            ["Data"] = [],
            ["Physics"] = ["Data", "Server"],
            ["Uploads"] = ["Data", "Physics", "Server"],
            ["Server"] = ["Data", "Physics", "Uploads"],
            ["Site"] = ["Data", "Server"],
        };
        Require(
            ExplorerFiles()
                .SelectMany(file =>
                    ExplorerRoom()
                        .Matches(file.Text)
                        .Select(m => m.Groups[1].Value)
                        .Distinct()
                        .Where(used => used != file.Folder && !mayUse[file.Folder].Contains(used))
                        .Select(used => $"{file.Name} uses Galatent.Explore.{used}; {file.Folder} may not.")
                )
        );
    }

    [Fact]
    public void Scripts_are_short()
    {
        Require(
            Directory
                .GetFiles(Path.Combine(SharedData.RepositoryRoot, "src"), "*.js", SearchOption.AllDirectories)
                .Select(path => (Name: Path.GetRelativePath(SharedData.RepositoryRoot, path), Lines: File.ReadLines(path).Count()))
                .Where(f => f.Lines > 400)
                .Select(f => $"{f.Name} has {f.Lines} lines; split it by what it is about.")
        );
    }

    [Fact]
    public void Failures_are_never_swallowed()
    {
        Require(
            LibraryFiles()
                .Concat(AppFiles())
                .Concat(BackendFiles())
                .Concat(ExplorerFiles())
                .Where(f => CatchAll().IsMatch(f.Text))
                .Select(f => $"{f.Name} catches everything; name the exceptions that can be expected, and let the others end the program.")
        );
    }

    [Fact]
    public void Files_are_short_and_finished()
    {
        var files = LibraryFiles().Concat(AppFiles()).Concat(BackendFiles()).Concat(ExplorerFiles()).ToList();
        Require(files.Where(f => f.Lines > 400).Select(f => $"{f.Name} has {f.Lines} lines; split it by what it is about."));
        Require(
            files
                .Where(f => Unfinished().IsMatch(f.Text))
                .Select(f => $"{f.Name} has a remark about unfinished work; finish it or remove it.")
        );
        var lines = files.Select(f => f.Lines).Order().ToList();
        Assert.True(lines[lines.Count / 2] <= 100, $"The median file has {lines[lines.Count / 2]} lines; about 80 is the aim.");
    }

    [Fact]
    public void Lines_have_at_most_140_characters()
    {
        Require(
            new[] { "src", "tests", "benchmarks", "eng" }
                .SelectMany(folder =>
                    new[] { "*.cs", "*.js", "*.css", "*.html" }.SelectMany(p => Files(Path.Combine(SharedData.RepositoryRoot, folder), p))
                )
                .SelectMany(file =>
                    file.Text.Split('\n')
                        .Select((line, i) => (line.Length, Text: $"{file.Name}:{i + 1} has {line.Length} characters; break the line."))
                )
                .Where(line => line.Length > MostCharacters)
                .Select(line => line.Text)
        );
    }

    [Fact]
    public void The_library_has_no_mutable_static_state()
    {
        const BindingFlags all = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        Require(
            typeof(SpectrumSet)
                .Assembly.GetTypes()
                .Where(t =>
                    !t.Name.Contains('<', StringComparison.Ordinal)
                    && t.Namespace?.StartsWith("Galatent", StringComparison.Ordinal) == true
                    && !t.Name.EndsWith("Json", StringComparison.Ordinal)
                )
                .SelectMany(t => t.GetFields(all))
                .Where(f => !f.IsInitOnly && !f.IsLiteral)
                .Select(f => $"{f.DeclaringType!.FullName}.{f.Name} is static and can change; make it readonly or an argument.")
        );
    }

    private static IEnumerable<SourceFile> LibraryFiles() => Files(Library);

    private static IEnumerable<SourceFile> AppFiles() => Files(Path.Combine(SharedData.RepositoryRoot, "src", "Galatent.App"));

    private static IEnumerable<SourceFile> BackendFiles() => Files(Path.Combine(SharedData.RepositoryRoot, "src", "Galatent.Torch"));

    private static IEnumerable<SourceFile> ExplorerFiles() => Files(Path.Combine(SharedData.RepositoryRoot, "src", "Galatent.Explore"));

    private static IEnumerable<SourceFile> Files(string root, string pattern = "*.cs") =>
        Directory
            .GetFiles(root, pattern, SearchOption.AllDirectories)
            .Where(p => !p.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(p => new SourceFile(
                Path.GetRelativePath(SharedData.RepositoryRoot, p),
                Path.GetRelativePath(root, p).Split(Path.DirectorySeparatorChar)[0],
                File.ReadAllText(p),
                File.ReadLines(p).Count()
            ));

    private static void Require(IEnumerable<string> faults) => Assert.Empty(faults);

    private sealed record SourceFile(string Name, string Folder, string Text, int Lines);

    // A use is a using directive or a qualified name in code; a cref in a comment is not a dependency.
    [GeneratedRegex(@"^(?!\s*///)[^\n]*\bGalatent\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceName();

    [GeneratedRegex(@"^(?!\s*///)[^\n]*\bGalatent\.Explore\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex ExplorerRoom();

    [GeneratedRegex(@"catch\s*(\(\s*(System\.)?Exception(\s+\w+)?\s*\))?\s*(\r?\n\s*)?\{")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K|NotImplemented[E]xception)\b")]
    private static partial Regex Unfinished();
}
