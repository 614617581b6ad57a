using System.Text.RegularExpressions;
using Galatent.Files;
using Galatent.Report;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using SkiaSharp;

namespace Galatent.Tests.Report.Drawing;

/// <summary>Every recipe is drawn with a small invented run and its picture is looked at: not blank, its colours present, its file
/// small.</summary>
public sealed class FigureTests : IDisposable
{
    private static readonly Lazy<RunResults> Run = new(() => InventedRun.Make(InventedRun.CoarseGrid, 250, 0.1, 0.3, 0.9));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Ids => [.. FigureCatalogue.All(Run.Value).Select(f => f.Id)];

    [Fact]
    public void The_study_s_figures_are_all_there() =>
        Assert.Subset(
            FigureCatalogue.All(Run.Value).Select(f => f.Id).ToHashSet(),
            new HashSet<string>
            {
                "schematic-autoencoder",
                "schematic-vae",
                "schematic-convolution",
                "schematic-network",
                "example-spectra",
                "sampling",
                "history",
                "reconstructions",
                "error-by-wavelength",
                "lines",
                "informativeness",
                "mi-latents",
                "density-latents",
                "mi-parameters",
                "density-parameters",
                "traversals",
            }
        );

    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_drawn(string id)
    {
        var figure = FigureCatalogue.All(Run.Value).Single(f => f.Id == id);
        figure.Save(_folder.Path);
        using var bitmap = SKBitmap.Decode(_folder.File(id + ".png"));
        var pixels = bitmap.Pixels;
        var inked = pixels.Count(p => p != SKColors.White) / (double)pixels.Length;
        Assert.InRange(inked, 0.01, 0.9);
        // No figure is grey only: data are drawn in colour.
        Assert.Contains(pixels, p => Math.Max(p.Red, Math.Max(p.Green, p.Blue)) - Math.Min(p.Red, Math.Min(p.Green, p.Blue)) > 80);
        // Nothing is cut off at the edge of the page.
        for (var y = 0; y < bitmap.Height; y++)
        {
            Assert.Equal(SKColors.White, bitmap.GetPixel(0, y));
            Assert.Equal(SKColors.White, bitmap.GetPixel(bitmap.Width - 1, y));
        }
        var svg = new FileInfo(_folder.File(id + ".svg"));
        Assert.InRange(svg.Length, 60_000, 2_000_000);
        var text = File.ReadAllText(svg.FullName);
        System.Xml.Linq.XDocument.Parse(text);
        Assert.DoesNotMatch(@"(href|src)=""https?:", text);
        Assert.DoesNotContain("NaN", Regex.Replace(text, "base64,[A-Za-z0-9+/=]*", ""), StringComparison.Ordinal);
        // A letter that the embedded typeface lacks would be an empty box, or nothing.
        foreach (var element in System.Xml.Linq.XDocument.Parse(text).Descendants().Where(e => e.Name.LocalName == "text"))
        {
            Assert.True(FigureFonts.Typeface(bold: false).ContainsGlyphs(element.Value.Trim()), element.Value);
        }
        AssertVector(_folder.File(id + ".pdf"));
        var data = ResultTable.Read(_folder.File(id + ".csv"));
        Assert.NotEmpty(data.Rows);
        Assert.All(data.Header, name => Assert.Matches("^[a-z0-9_.+-]+$", name.ToLowerInvariant()));
    }

    // One page whose letters are letters: the typeface is embedded. Pictures are in it only where thousands of points or lines are drawn
    // as one.
    private static void AssertVector(string path)
    {
        var pdf = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(pdf, @"/Type /Page\b"));
        Assert.Contains("/FontFile2", pdf, StringComparison.Ordinal);
        Assert.DoesNotContain("/CreationDate", pdf, StringComparison.Ordinal);
        if (!path.Contains("density", StringComparison.Ordinal) && !path.Contains("traversals", StringComparison.Ordinal))
        {
            Assert.DoesNotMatch(@"/Subtype\s*/Image", pdf);
        }
    }

    [Fact]
    public void Panels_do_not_wipe_each_other_away()
    {
        using var sheet = FigureCatalogue.All(Run.Value).Single(f => f.Id == "informativeness").Draw();
        using var surface = SKSurface.Create(new SKImageInfo(sheet.Width, sheet.Height));
        sheet.Render(surface.Canvas);
        using var image = surface.Snapshot();
        using var bitmap = SKBitmap.FromImage(image);
        // All three rows of both columns have purple bars.
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 2; column++)
            {
                var top = sheet.Height * row / 3;
                var left = sheet.Width * column / 2;
                Assert.Contains(Enumerable.Range(0, (sheet.Width / 2) * (sheet.Height / 3)), i =>
                    bitmap.GetPixel(left + (i % (sheet.Width / 2)), top + (i / (sheet.Width / 2))) == new SKColor(0x4A, 0x14, 0x86)
                );
            }
        }
    }

    // A line whose x falls was once drawn as a straight one between its ends.
    [Fact]
    public void A_line_is_the_same_in_both_directions()
    {
        double[] xs = [.. Enumerable.Range(0, 200).Select(i => i / 199.0)];
        double[] ys = [.. xs.Select(x => x * x)];
        SKColor[] Drawn(double[] x, double[] y)
        {
            using var sheet = new FigureSheet(300, 300);
            var panel = sheet.AddPanel(40, 20, 240, 240);
            FigureAxes.Linear(panel.Axes.Bottom, 0, 1);
            FigureAxes.Linear(panel.Axes.Left, 0, 1);
            panel.AddLine(x, y, FigurePalette.Blue, width: 2);
            using var surface = SKSurface.Create(new SKImageInfo(300, 300));
            sheet.Render(surface.Canvas);
            using var image = surface.Snapshot();
            using var bitmap = SKBitmap.FromImage(image);
            return bitmap.Pixels;
        }
        var up = Drawn(xs, ys);
        var down = Drawn([.. xs.Reverse()], [.. ys.Reverse()]);
        // Half way, x² is a quarter: 60 of 240 pixels above the axis.
        Assert.NotEqual(SKColors.White, up[(300 * 200) + 160]);
        Assert.NotEqual(SKColors.White, down[(300 * 200) + 160]);
        // The edges are smoothed from another end.
        Assert.True(up.Zip(down).Count(p => Math.Abs(p.First.Red - p.Second.Red) > 60) < 20);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Any_number_of_models_has_its_place(int count)
    {
        var run = InventedRun.Make(InventedRun.CoarseGrid, 120, [.. Enumerable.Range(0, count).Select(i => 0.03 * Math.Pow(3, i))]);
        foreach (var id in new[] { "history", "lines", "reconstructions", "error-by-wavelength" })
        {
            var figure = FigureCatalogue.All(run).Single(f => f.Id == id);
            figure.Save(_folder.Path);
            var texts = System.Xml.Linq.XDocument.Load(_folder.File(id + ".svg")).Descendants().Select(e => e.Value.Trim()).ToArray();
            Assert.All(run.Models, m => Assert.Contains(texts, t => t.StartsWith(m.Label, StringComparison.Ordinal)));
            using var bitmap = SKBitmap.Decode(_folder.File(id + ".png"));
            // Two columns of a page are 1000 pixels at one times; no figure may be so wide that print makes it unreadable.
            using var sheet = figure.Draw();
            Assert.InRange(sheet.Width, 400, 1400);
        }
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        // Two runs of the same numbers, made one after the other, each with figures of its own.
        var files = new[] { "first", "second" }
            .Select(name =>
            {
                var folder = _folder.File(name);
                var run = InventedRun.Make(InventedRun.CoarseGrid, 250, 0.1, 0.3, 0.9);
                foreach (var figure in FigureCatalogue.All(run).Where(f => f.Id is "mi-latents" or "density-latents"))
                {
                    figure.Save(folder);
                }
                return Directory.GetFiles(folder).Order().ToArray();
            })
            .ToArray();
        Assert.Equal(8, files[0].Length);
        Assert.All(files[0].Zip(files[1]), pair => Assert.Equal(File.ReadAllBytes(pair.First), File.ReadAllBytes(pair.Second)));
    }

    [Theory]
    [InlineData(0.1351, 0.0102, "0.135 ± 0.010")]
    [InlineData(1.2004, 0.0312, "1.200 ± 0.031")]
    [InlineData(0.0103, 0.0003, "0.01030 ± 0.00030")]
    [InlineData(3.14159, 0.25, "3.14 ± 0.25")]
    [InlineData(649.04, 3.2, "649.0 ± 3.2")]
    [InlineData(0.5, 0, "0.500")]
    public void An_estimate_has_the_decimals_of_its_error(double nat, double error, string text) =>
        Assert.Equal(text.Replace(' ', '\u00a0'), Wording.Estimate(nat, error));

    [Fact]
    public void Captions_hold_the_run_s_numbers()
    {
        var captions = FigureCatalogue.All(Run.Value).ToDictionary(f => f.Id, f => f.Caption);
        var chosen = Run.Value.Chosen;
        Assert.Contains($"{chosen.Analysis.Informative.Length} informative", captions["informativeness"], StringComparison.Ordinal);
        var (row, column, nat) = chosen.Analysis.Latents!.Largest();
        var estimate = Wording.Estimate(nat, chosen.Analysis.Latents.Deviation(row, column));
        Assert.Contains(estimate, captions["mi-latents"], StringComparison.Ordinal);
        Assert.Contains(Wording.Number(chosen.Analysis.Loss.SquaredErrorOfMean), captions["error-by-wavelength"], StringComparison.Ordinal);
        Assert.Contains($"of {InventedRun.CoarseGrid.Count} points", captions["sampling"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"Spectrum {chosen.Analysis.TraversedSpectrum}", captions["traversals"], StringComparison.Ordinal);
        Assert.All(captions.Values, c => Assert.DoesNotMatch(new Regex("NaN|Infinity|∞"), c));
    }

    [Fact]
    public void A_run_without_parameters_leaves_out_their_figures()
    {
        var run = Run.Value with
        {
            Parameters = [],
            Models = [.. Run.Value.Models.Select(m => m with { Analysis = m.Analysis with { Parameters = null } })],
        };
        Assert.DoesNotContain(FigureCatalogue.All(run), f => f.Id.Contains("parameters", StringComparison.Ordinal));
    }
}
