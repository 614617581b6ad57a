using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Report;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Tests.Latents.Analyses;
using SkiaSharp;

namespace Galatent.Tests.Report.Figures;

/// <summary>Figures and texts of the analyses: each is there when its table is there.</summary>
public sealed class AnalysisFiguresTests : IDisposable
{
    // What the analyses of the invented run give, and tables of those that need a simulator or minutes.
    private static readonly Lazy<Dictionary<string, ResultTable>> Tables = new(() =>
    {
        var input = TestInput.Of(InventedRun.Spectra(InventedRun.CoarseGrid, 1200));
        string[] names = ["activity", "reconstruction", "disentanglement", "outliers", "dimensionality", "map"];
        var tables = AnalysisList
            .Chosen(names)
            .SelectMany(a => a.Run(input, null, CancellationToken.None).Tables)
            .ToDictionary(t => t.Name, t => t.Table);
        string[] dimensions = ["z00", "z02"];
        string[] parameters = ["redshift", "star_formation_history", "remainder"];
        tables["attribution"] = new ResultTable(
            ["dimension", "weight", "parameter", "shapley_share", "shapley_share_16", "shapley_share_84", "variance_inflation"],
            [
                .. new[] { "1", "1/variance" }.SelectMany(w =>
                    dimensions.SelectMany(d =>
                        parameters.Select((p, i) => new[] { d, w, p, $"0.{i + 2}", "0.1", "0.5", i == 2 ? "" : "12" })
                    )
                ),
            ]
        );
        tables["interventions"] = new ResultTable(
            ["dimension", "parameter", "total_effect"],
            [.. dimensions.SelectMany(d => parameters.Take(2).Select(p => new[] { d, p, "0.3" }))]
        );
        tables["conditional"] = new ResultTable(
            ["dimension", "parameter", "given", "mixture_rows", "mixture_nat", "mixture_standard_error_nat"],
            [
                .. dimensions.SelectMany(d =>
                    new[] { "", "log_sfr", "log_sfr log_mass" }.SelectMany(g =>
                        new[] { "redshift", "log_mass" }.Select(p => new[] { d, p, g, "1000", "0.4", "0.02" })
                    )
                ),
                ["all in use", "redshift", "", "0", "", ""],
            ]
        );
        tables["estimates"] = new ResultTable(
            ["parameter", "from", "r2", "r2_standard_error", "r2_ceiling", "coverage_68", "coverage_95"],
            [
                .. new[] { "redshift", "log_mass" }.SelectMany(p =>
                    new[] { "latents", "spectra" }.Select(f => new[] { p, f, "0.5", "0.02", "0.7", "0.69", "0.94" })
                ),
            ]
        );
        return tables;
    });

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Ids { get; } =
    ["activity", "dimensionality", "outliers", "disentanglement", "conditional", "estimates", "map", "attribution"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_drawn_when_its_table_is_there(string id)
    {
        Assert.DoesNotContain(FigureCatalogue.All(Run(false)), f => f.Id == id);
        var figure = Assert.Single(FigureCatalogue.All(Run(true)), f => f.Id == id);
        Assert.DoesNotMatch("NaN|Infinity|∞", figure.Caption);
        figure.Save(_folder.Path);
        using var bitmap = SKBitmap.Decode(_folder.File(id + ".png"));
        var pixels = bitmap.Pixels;
        Assert.InRange(pixels.Count(p => p != SKColors.White) / (double)pixels.Length, 0.01, 0.95);
        Assert.Contains(pixels, p => Math.Max(p.Red, Math.Max(p.Green, p.Blue)) - Math.Min(p.Red, Math.Min(p.Green, p.Blue)) > 60);
        Assert.All(Enumerable.Range(0, bitmap.Height), y => Assert.Equal(SKColors.White, bitmap.GetPixel(bitmap.Width - 1, y)));
        Assert.True(new FileInfo(_folder.File(id + ".svg")).Length < 2_000_000);
    }

    [Fact]
    public void The_report_says_where_reconstructions_fail_with_the_table_s_numbers()
    {
        Assert.Equal("", ReconstructionText.Of(Run(false).Chosen, []));
        var text = ReconstructionText.Of(Run(true).Chosen, []);
        var summary = Tables.Value["reconstruction"];
        var row = Array.IndexOf(summary.Texts("quantity"), "spectra_with_negative_flux");
        var share = summary.Number(row, summary.Require("network"));
        Assert.Contains($"{Wording.Number(100 * share, 2)} % of the reconstructions have negative flux", text, StringComparison.Ordinal);
        Assert.Contains("Below 1500 Å", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    private static RunResults Run(bool hasTables)
    {
        var run = InventedRun.Make(InventedRun.CoarseGrid, 60, 0.3, 0.9);
        return hasTables
            ? run with
            {
                Models = [.. run.Models.Select(m => m with { FindTable = name => Tables.Value.GetValueOrDefault(name) })],
            }
            : run;
    }
}
