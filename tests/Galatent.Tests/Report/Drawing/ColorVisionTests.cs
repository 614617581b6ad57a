using Galatent.Report;
using Galatent.Report.Drawing;
using Galatent.Report.Figures.Comparisons;
using Galatent.Report.Figures.Observed;
using Galatent.Report.Runs;
using Galatent.Tests.Report.Figures;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace Galatent.Tests.Report.Drawing;

/// <summary>Lines and marks of different things can be told apart with any colour vision.</summary>
public sealed class ColorVisionTests
{
    // About 2 is just seen side by side; lines lie apart and are thin.
    private const double Least = 12;

    private static readonly Lazy<RunResults> Run = new(() => InventedRun.Make(InventedRun.CoarseGrid, 250, 0.1, 0.3, 0.9));

    public static TheoryData<string> Ids => [.. FigureCatalogue.All(Run.Value).Select(f => f.Id)];

    // Pairs 1, 7, 10, 17, 24 and 30 of table 1 of Sharma, Wu & Dalal (2005).
    [Theory]
    [InlineData(50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425)]
    [InlineData(50, 0, 0, 50, -1, 2, 2.3669)]
    [InlineData(50, 2.49, -0.001, 50, -2.49, 0.0010, 7.1792)]
    [InlineData(50, 2.5, 0, 73, 25, -18, 27.1492)]
    [InlineData(60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644)]
    [InlineData(35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645)]
    public void The_distance_is_that_of_the_published_pairs(
        double l1,
        double a1,
        double b1,
        double l2,
        double a2,
        double b2,
        double distance
    )
    {
        Assert.Equal(distance, ColorVision.Ciede2000((l1, a1, b1), (l2, a2, b2)), 5e-5);
        Assert.Equal(distance, ColorVision.Ciede2000((l2, a2, b2), (l1, a1, b1)), 5e-5);
    }

    // Grey has the same response in all receptors: nobody sees it otherwise.
    [Theory]
    [InlineData(0x22)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Grey_stays_grey(byte value)
    {
        var grey = new SKColor(value, value, value);
        var (l, a, b) = ColorVision.Lab(grey, ColorVision.Kinds[0].Matrix);
        foreach (var (_, matrix) in ColorVision.Kinds)
        {
            Assert.True(ColorVision.Ciede2000((l, a, b), ColorVision.Lab(grey, matrix)) < 0.05);
        }
    }

    // What the simulation is for: the classic pair that fails.
    [Fact]
    public void Red_and_green_of_equal_lightness_fail()
    {
        var (red, green) = (new SKColor(0xC0, 0x60, 0x30), new SKColor(0x70, 0x80, 0x30));
        Assert.True(ColorVision.LeastDistance(red, green) < Least);
        Assert.True(
            ColorVision.Ciede2000(ColorVision.Lab(red, ColorVision.Kinds[0].Matrix), ColorVision.Lab(green, ColorVision.Kinds[0].Matrix))
                > 25
        );
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    public void Any_two_models_are_apart(int count) =>
        AssertApart("models", [.. Enumerable.Range(0, count).Select(i => FigurePalette.Model(i, count))]);

    [Fact]
    public void Any_two_colours_of_the_palette_are_apart() => AssertApart("palette", FigurePalette.Categories);

    [Fact]
    public void Reasons_of_bad_pixels_are_apart() =>
        AssertApart("bad pixels", [FigurePalette.Blue, .. MaskReason.All.Select(r => r.Color)]);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Lines_marks_and_bars_of_a_figure_are_apart(string id)
    {
        using var sheet = FigureCatalogue.All(Run.Value).Single(f => f.Id == id).Draw();
        AssertApart(id, Series(sheet));
    }

    [Fact]
    public void Lines_and_marks_of_comparisons_are_apart()
    {
        foreach (var figure in ComparisonFigures.All(ComparisonFiguresTests.Comparison(2, 2)))
        {
            using var sheet = figure.Draw();
            AssertApart(figure.Id, Series(sheet));
        }
    }

    // Bands and thin rules are shades of a line beside them; where a colour is see-through, its full one counts.
    private static IEnumerable<Color> Series(FigureSheet sheet) =>
        sheet
            .Panels.SelectMany(p => p.PlottableList)
            .SelectMany(p =>
                p switch
                {
                    Polyline line => [line.Color],
                    Markers marks => [marks.Color],
                    Marker mark => [mark.Color],
                    Rectangle bar => [bar.FillColor],
                    _ => Array.Empty<Color>(),
                }
            )
            .Select(c => c.WithAlpha(1.0));

    private static void AssertApart(string what, IEnumerable<Color> colors)
    {
        Color[] distinct = [.. colors.DistinctBy(c => c.ToHex())];
        for (var i = 0; i < distinct.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var distance = ColorVision.LeastDistance(distinct[i].ToSKColor(), distinct[j].ToSKColor());
                Assert.True(distance >= Least, $"{what}: {distinct[i].ToHex()} and {distinct[j].ToHex()} are {distance:F1} apart.");
            }
        }
    }
}
