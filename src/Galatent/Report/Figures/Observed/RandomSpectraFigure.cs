using Galatent.Report.Drawing;
using Galatent.Report.Page;

namespace Galatent.Report.Figures.Observed;

/// <summary>Twelve spectra drawn at random, with their bad pixels.</summary>
internal static class RandomSpectraFigure
{
    private const int Most = 12;

    public static Figure Make(ObservedSample sample)
    {
        var rows = RandomSpectra.Rows(sample.Count, Most);
        return new Figure("observed-random", "Spectra drawn at random", Caption(sample, rows.Length), () => Draw(sample, rows))
        {
            Data = () => SpectrumTable.Of(sample, rows, withSimulated: false),
        };
    }

    private static FigureSheet Draw(ObservedSample sample, int[] rows)
    {
        var redshift = sample.Column("redshift");
        var signal = sample.Column("sn_median");
        return SpectrumGrid.Draw(
            sample,
            [.. rows.Select(r => (r, sample.Ids[r], $"z = {FigureAxes.Number(redshift[r], 4)}, S/N {Wording.Number(signal[r], 2)}"))]
        );
    }

    private static string Caption(ObservedSample sample, int shown) =>
        (
            shown < sample.Count
                ? $"{shown} of {Wording.Count(sample.Count)} imported spectra, drawn at random (seed {RandomSpectra.Seed}), in the "
                    + "order of the file"
                : $"All {(shown == 1 ? "of the one imported spectrum" : $"{shown} imported spectra")}, in the order of the file"
        )
        + ". Above each: identifier, redshift, signal-to-noise per observed ångström. Bad pixels are shaded in the colour of "
        + "their reason. Strong lines may reach beyond the panels, which show the central 99 % of the flux.";
}
