using System.Globalization;
using Galatent.Files;
using Galatent.Report.Drawing;

namespace Galatent.Report.Figures.Observed;

/// <summary>The worst spectra by several scores, up to twelve: three by each.</summary>
internal static class WorstSpectraFigure
{
    private const int MostOfScore = 3;
    private const int MostInTable = 12;

    public static Figure Make(ObservedSample sample)
    {
        var worst = Choose(sample);
        return new Figure("observed-worst", "The worst spectra by several scores", Caption(worst.Count), () => Draw(sample, worst))
        {
            Data = () => Table(sample),
        };
    }

    private static FigureSheet Draw(ObservedSample sample, IReadOnlyList<(int Row, int Score, double Value)> worst) =>
        SpectrumGrid.Draw(
            sample,
            [
                .. worst.Select(w =>
                    (w.Row, sample.Ids[w.Row], $"{SpectrumScore.All[w.Score].Title}: {SpectrumScore.All[w.Score].Text(w.Value)}")
                ),
            ]
        );

    // A spectrum stands under the first score that finds it.
    private static List<(int Row, int Score, double Value)> Choose(ObservedSample sample)
    {
        var chosen = new List<(int Row, int Score, double Value)>();
        for (var s = 0; s < SpectrumScore.All.Count; s++)
        {
            chosen.AddRange(
                sample
                    .Scores.Worst(s, MostOfScore + chosen.Count)
                    .Where(w => !chosen.Exists(c => c.Row == w.Row))
                    .Take(MostOfScore)
                    .Select(w => (w.Row, s, w.Score))
                    .ToList()
            );
        }
        return chosen;
    }

    private static string Caption(int shown) =>
        $"{(shown == 1 ? "The worst spectrum" : $"The {shown} worst spectra")}, {MostOfScore} by each score at most, each spectrum once. "
        + $"Scores: {string.Join("; ", SpectrumScore.All.Select(s => s.Meaning))}. The table beside the figure has the {MostInTable} "
        + "worst by each score.";

    private static ResultTable Table(ObservedSample sample) =>
        new(
            ["score", "rank", "value", "row", "object_id", "source"],
            [
                .. SpectrumScore.All.SelectMany(
                    (score, s) =>
                        sample
                            .Scores.Worst(s, MostInTable)
                            .Select(
                                (w, rank) =>
                                    (string[])
                                        [
                                            score.Name,
                                            (rank + 1).ToString(CultureInfo.InvariantCulture),
                                            ResultTable.Text(w.Score, "G6"),
                                            w.Row.ToString(CultureInfo.InvariantCulture),
                                            sample.Ids[w.Row],
                                            sample.Sources[w.Row].ReplaceLineEndings(" "),
                                        ]
                            )
                ),
            ]
        );
}
