using System.Reflection;
using System.Text.RegularExpressions;
using Galatent.Networks.Objectives;
using Galatent.Report;
using Galatent.Report.Drawing;
using Galatent.Report.Figures.Samples;
using Galatent.Report.Runs;
using Galatent.Synthesis.StarFormation;
using Galatent.Tests.Report;

namespace Galatent.Tests.Architecture;

/// <summary>docs/extending.md says that a new objective, figure or history is one file and one line in a list. Here the code is held to
/// it: whatever is such a thing stands in the list, in a file of its own, and no other file names it.</summary>
public partial class ExtendingTests
{
    private static readonly string Root = SharedData.RepositoryRoot;

    [Fact]
    public void Every_file_that_the_page_names_exists()
    {
        var named = PathInPage().Matches(Page("extending.md")).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count >= 12, $"The page names {named.Count} files.");
        Assert.All(named, path =>
            Assert.True(Path.Exists(Path.Combine(Root, path)), $"docs/extending.md names {path}, which is not there.")
        );
    }

    [Fact]
    public void Every_objective_is_a_file_and_a_line_of_the_list()
    {
        var types = typeof(Objective).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Objective))).ToList();
        Assert.Equal(types.Select(t => t.Name).Order(), ObjectiveList.All.Select(o => o.GetType().Name).Order());
        Assert.All(types, type => RequireAlone(type.Name, "src/Galatent/Networks/Objectives", "ObjectiveList"));
        // Nor does anybody ask for an objective by its name.
        foreach (var name in ObjectiveList.All.Select(o => $"\"{o.Name}\""))
        {
            Assert.Single(Sources(), s => Code(s.Text).Contains(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_objective_and_each_of_its_constants_is_explained()
    {
        var page = Page("training.md");
        Assert.All(ObjectiveList.All, o => Assert.Contains($"| `{o.Name}`", page, StringComparison.Ordinal));
        Assert.All(ObjectiveList.All.SelectMany(o => o.Constants()), c => Assert.Contains($"`--{c.Name} ", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_figure_of_a_run_is_a_file_and_a_line_of_the_list()
    {
        Assert.All(Recipes<RunResults>(), type => RequireAlone(type.Name, Folder(type), nameof(FigureCatalogue)));
        var run = InventedRun.Make(InventedRun.CoarseGrid, 50, 0.3);
        // The invented run has information of posterior means only; here it stands for that of samples, too.
        var figures = FigureCatalogue.All(
            run with
            {
                Models = [.. run.Models.Select(m => m with { Analysis = m.Analysis with { ParametersOfSamples = m.Analysis.Parameters } })],
            }
        );
        // Figures of the analyses need their tables, which the invented run has not; AnalysisFiguresTests draws them.
        Assert.Equal(Recipes<RunResults>().Count(t => t.Namespace != "Galatent.Report.Figures.Analyses"), figures.Count);
        Assert.All(figures, f => Assert.Contains(f.Chapter, Chapter.All));
    }

    // The folder of a type is its namespace: the build refuses another one.
    private static string Folder(Type type) => "src/Galatent/" + type.Namespace!["Galatent.".Length..].Replace('.', '/');

    [Fact]
    public void Every_figure_of_a_sample_is_a_file_and_a_line_of_the_list() =>
        Assert.All(Recipes<SimulatedSample>(), type =>
            RequireAlone(type.Name, "src/Galatent/Report/Figures/Samples", nameof(SampleFigures))
        );

    [Fact]
    public void Every_formula_of_a_history_is_a_file_and_a_line_of_the_list()
    {
        var formulas = typeof(HistoryFormula)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(p => p.PropertyType == typeof(HistoryFormula))
            .ToList();
        Assert.Equal(
            HistoryFormulas.All.Select(f => f.Name).Order(),
            formulas.Select(p => ((HistoryFormula)p.GetValue(null)!).Name).Order()
        );
        Assert.All(formulas, p => RequireAlone(p.DeclaringType!.Name, "src/Galatent/Synthesis/StarFormation", nameof(HistoryFormulas)));
    }

    /// <summary>Types with a method that makes a figure of one thing.</summary>
    private static List<Type> Recipes<T>() =>
        [
            .. typeof(Figure)
                .Assembly.GetTypes()
                .Where(t =>
                    t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                        .Any(m =>
                            m.ReturnType == typeof(Figure)
                            && m.GetParameters().Select(p => p.ParameterType).SequenceEqual([typeof(T)])
                            && !m.Name.Contains('<', StringComparison.Ordinal)
                        )
                ),
        ];

    /// <summary>A type has the file of its name, stands in the list, and is named by no other file of the sources.</summary>
    private static void RequireAlone(string type, string folder, string list)
    {
        var word = new Regex($@"\b{type}\b");
        var naming = Sources().Where(s => word.IsMatch(Code(s.Text))).Select(s => s.Path.Replace('\\', '/')).ToHashSet();
        Assert.Contains($"{folder}/{type}.cs", naming);
        Assert.Equal(new HashSet<string> { $"{type}.cs", $"{list}.cs" }, naming.Select(p => Path.GetFileName(p)).ToHashSet());
        Assert.Equal(2, naming.Count);
    }

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Directory
            .GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(p => !p.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(p => (Path.GetRelativePath(Root, p), File.ReadAllText(p)));

    private static string Code(string text) => Comment().Replace(text, "");

    private static string Page(string name) => File.ReadAllText(Path.Combine(Root, "docs", name));

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"`((?:src|tests|docs)/[\w./-]+)`")]
    private static partial Regex PathInPage();
}
