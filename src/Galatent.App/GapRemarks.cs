using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.App;

/// <summary>Fills the bad pixels of observed spectra before a network sees them, and says so in one line.</summary>
internal static class GapRemarks
{
    private const int Draws = 2000;

    /// <summary>Fills from what a model decodes, see <see cref="Decoded"/>.</summary>
    /// <returns>Null when the file has no bad pixel.</returns>
    public static FilledSpectra? Fill(string path, ISpectrumSource spectra, Func<float[]> decoded, string scratchFolder)
    {
        var filled = FilledSpectra.FromSamples(path, spectra, decoded, scratchFolder);
        Say(path, filled, $"{Draws} spectra that the model decodes");
        return filled;
    }

    /// <summary>Fills from the spectra themselves.</summary>
    /// <returns>Null when the file has no bad pixel.</returns>
    public static FilledSpectra? Fill(string path, ISpectrumSource spectra, bool hasWeights, string scratchFolder)
    {
        var filled = FilledSpectra.FromThemselves(path, spectra, scratchFolder);
        Say(
            path,
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

    private static void Say(string path, FilledSpectra? filled, string origin)
    {
        if (filled is not null)
        {
            ProgressDisplay.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {100 * filled.BadShare:F1} % of the pixels are bad (/mask); the network sees them filled from "
                        + $"{filled.Components} principal components of {origin}"
                )
            );
        }
    }

    /// <summary>Spectra that a model makes of vectors drawn from its prior; always the same for a model.</summary>
    public static float[] Decoded(VaeModel model)
    {
        var stream = new RandomStream(model.Description.Seed, "filling of gaps");
        var z = new float[Draws * model.LatentDimensions];
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = (float)stream.NextNormal();
        }
        return model.Decode(z, Draws);
    }
}
