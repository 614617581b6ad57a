using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Networks;
using Galatent.Spectra;

namespace Galatent.App;

/// <summary>Fills the bad pixels of observed spectra before a network sees them, and says so in one line.</summary>
internal static class GapRemarks
{
    /// <summary>Fills from what a model decodes, see <see cref="DecodedSamples"/>.</summary>
    /// <param name="gaps">The spectra and their bad pixels; null when they have none.</param>
    /// <param name="decoded">Gives the decoded spectra; asked only if there are gaps.</param>
    /// <param name="scratchFolder">Folder for what bad pixels are filled with.</param>
    /// <returns>Null when the file has no bad pixel.</returns>
    public static FilledSpectra? Fill(SpectrumGaps? gaps, Func<float[]> decoded, string scratchFolder)
    {
        if (gaps is null)
        {
            return null;
        }
        var filled = FilledSpectra.FromSamples(gaps, decoded(), scratchFolder);
        Say(gaps, filled, $"{DecodedSamples.Count} spectra that the model decodes");
        return filled;
    }

    /// <summary>Fills from the spectra themselves.</summary>
    /// <returns>Null when the file has no bad pixel.</returns>
    public static FilledSpectra? Fill(SpectrumGaps? gaps, bool hasWeights, string scratchFolder)
    {
        if (gaps is null)
        {
            return null;
        }
        var filled = FilledSpectra.FromThemselves(gaps, scratchFolder);
        Say(
            gaps,
            filled,
            "the spectra themselves"
                + (
                    hasWeights
                        ? "; in the loss they have weight 0"
                        : "; in the loss they count like good ones, unless --pixel-weights says ivar"
                )
        );
        return filled;
    }

    private static void Say(SpectrumGaps gaps, FilledSpectra filled, string origin) =>
        ProgressDisplay.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{gaps.Path}: {100 * gaps.BadShare:F1} % of the pixels are bad (/mask); the network sees them filled from "
                    + $"{filled.Components} principal components of {origin}"
            )
        );
}
