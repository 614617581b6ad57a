using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Networks;
using Galatent.Networks.Weighting;
using Galatent.Spectra;
using Galatent.Training;

namespace Galatent.App;

/// <summary>Fills the bad pixels of observed spectra before a network sees them, and says so in one line.</summary>
internal static class GapRemarks
{
    /// <summary>Fills from what a model decodes, see <see cref="DecodedSamples"/>.</summary>
    /// <param name="gaps">The spectra and their bad pixels; null when they have none.</param>
    /// <param name="model">Decodes spectra, if there are gaps.</param>
    /// <param name="scratchFolder">Folder for what bad pixels are filled with.</param>
    /// <returns>Null when the file has no bad pixel.</returns>
    public static FilledSpectra? Fill(SpectrumGaps? gaps, VaeModel model, string scratchFolder)
    {
        if (gaps is null)
        {
            return null;
        }
        var filled = FilledSpectra.FromSamples(gaps, DecodedSamples.Of(model), scratchFolder);
        Say(gaps, filled, $"{DecodedSamples.Count} spectra that the model decodes", model.Description.Network.MaskChannel);
        return filled;
    }

    /// <summary>Fills from the spectra themselves.</summary>
    /// <returns>Null when the file has no bad pixel.</returns>
    public static FilledSpectra? Fill(SpectrumGaps? gaps, TrainingOptions options, string scratchFolder)
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
                    options.Objective.PixelWeighting != PixelWeighting.None
                        ? "; in the loss they have weight 0"
                        : "; in the loss they count like good ones, unless --pixel-weights says ivar"
                ),
            options.Network.MaskChannel
        );
        return filled;
    }

    private static void Say(SpectrumGaps gaps, FilledSpectra filled, string origin, bool hasMaskChannel)
    {
        var seen = hasMaskChannel ? "does not see them; tables have them filled from" : "sees them filled from";
        ProgressDisplay.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{gaps.Path}: {100 * gaps.BadShare:F1} % of the pixels are bad (/mask); the network {seen} {filled.Components} principal "
            ) + $"components of {origin}"
        );
    }
}
