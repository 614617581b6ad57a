using Galatent.Files;
using Galatent.Report.Figures.Comparisons;
using Galatent.Report.Runs;
using SkiaSharp;

namespace Galatent.Tests.Report.Figures;

/// <summary>The figures of a comparison, drawn from invented tables: seeds of one recipe, two recipes, and one run with several
/// betas.</summary>
public sealed class ComparisonFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(1, 1)]
    public void Are_drawn_with_their_numbers_beside(int recipes, int seeds)
    {
        var comparison = Comparison(recipes, seeds);
        var figures = ComparisonFigures.All(comparison);
        Assert.Equal(["compared-dimensions", "compared-losses", "compared-matching"], figures.Select(f => f.Id));
        foreach (var figure in figures)
        {
            figure.Save(_folder.Path);
            using var bitmap = SKBitmap.Decode(_folder.File(figure.Id + ".png"));
            var pixels = bitmap.Pixels;
            Assert.InRange(pixels.Count(p => p != SKColors.White) / (double)pixels.Length, 0.01, 0.9);
            Assert.Contains(pixels, p => Math.Max(p.Red, Math.Max(p.Green, p.Blue)) - Math.Min(p.Red, Math.Min(p.Green, p.Blue)) > 80);
            Assert.DoesNotContain("NaN", figure.Caption, StringComparison.Ordinal);
        }
        Assert.Equal(recipes * seeds * 2, ResultTable.Read(_folder.File("compared-losses.csv")).Rows.Count);
        // Pairs of one beta; a single run has only pairs of different betas.
        var pairs = ResultTable.Read(_folder.File("compared-matching.csv"));
        var models = recipes * seeds;
        Assert.Equal(models > 1 ? models * (models - 1) : 1, pairs.Rows.Count);
        Assert.Equal(models > 1, pairs.Doubles("first_beta").SequenceEqual(pairs.Doubles("second_beta")));
    }

    internal static ComparisonResults Comparison(int recipes, int seeds)
    {
        var models = new List<string[]>();
        for (var recipe = 0; recipe < recipes; recipe++)
        {
            for (var seed = 1; seed <= seeds; seed++)
            {
                models.Add([
                    $"run-{recipe}-{seed}/a",
                    $"recipe{recipe}",
                    "p",
                    "1000",
                    $"{seed}",
                    "0.3",
                    $"{6 + seed}",
                    "7",
                    $"{1 + seed}",
                    "20",
                    "7.5",
                    "9",
                ]);
                models.Add([
                    $"run-{recipe}-{seed}/b",
                    $"recipe{recipe}",
                    "p",
                    "1000",
                    $"{seed}",
                    "0.9",
                    $"{4 + recipe}",
                    "5",
                    "3.5",
                    "15",
                    "17",
                    "21",
                ]);
            }
        }
        string[][] pairs =
        [
            .. models.SelectMany(
                (a, i) => models.Skip(i + 1).Select(b => new[] { a[0], b[0], a[5], b[5], "0.8", "0.64", "0.71", "0.95", "0.9" })
            ),
        ];
        string[] quantities = ["dimensions_eq_11", "dimensions_in_use", "loss", "linear_vae_loss"];
        return new ComparisonResults(
            new ResultTable(
                [
                    "model",
                    "recipe",
                    "population",
                    "spectra",
                    "seed",
                    "beta",
                    "dimensions_eq_11",
                    "dimensions_in_use",
                    "squared_error",
                    "kl_nat",
                    "loss",
                    "linear_vae_loss",
                ],
                models
            ),
            new ResultTable(
                ["beta", .. quantities.SelectMany(q => new[] { q, q + ComparisonResults.Deviation })],
                [
                    ["0.3", "7", "1", "7", "", "7.5", "0.2", "9", "0.1"],
                ]
            ),
            new ResultTable(
                [
                    "first",
                    "second",
                    "first_beta",
                    "second_beta",
                    "matched_correlation",
                    "rotated_mean",
                    "rotated_95_percent",
                    "r2_second_from_first",
                    "r2_first_from_second",
                ],
                pairs
            )
        );
    }
}
