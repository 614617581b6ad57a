using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Attribution;

/// <summary>The parameters that share a change of a spectrum. The six ratios of star-formation rates are one player, the history. Mass and
/// rate are none: a normalised spectrum depends on them only through the history.</summary>
/// <param name="Names">Name of each player.</param>
/// <param name="Groups">Which directions each player has.</param>
/// <param name="Parameters">Name of the parameter of each direction.</param>
/// <param name="Deviations">Its standard deviation in the population.</param>
internal sealed record AttributionPlayers(string[] Names, int[][] Groups, string[] Parameters, double[] Deviations)
{
    private const string History = "star_formation_history";

    public static AttributionPlayers Of(IReadOnlyList<ParameterColumn> parameters)
    {
        var ratios = GalaxyQuantities.LogSfrRatios.Select(q => q.Name).ToHashSet();
        string[] apart = [GalaxyQuantities.LogMass.Name, GalaxyQuantities.LogSfr.Name];
        ParameterColumn[] shaping =
        [
            .. parameters.Where(p =>
                GalaxyQuantities.Named(p.Name) is { ShapesSpectrum: true }
                && !apart.Contains(p.Name)
                && SampleMoments.Deviation(p.Values) > 0
            ),
        ];
        if (shaping.Length == 0)
        {
            throw new InputException("This analysis needs parameters that shape a spectrum, and the file holds none that differ.");
        }
        var groups = shaping
            .Select((p, i) => (Player: ratios.Contains(p.Name) ? History : p.Name, Direction: i))
            .GroupBy(p => p.Player, p => p.Direction)
            .ToArray();
        return new AttributionPlayers(
            [.. groups.Select(g => g.Key)],
            [.. groups.Select(g => g.ToArray())],
            [.. shaping.Select(p => p.Name)],
            [.. shaping.Select(p => SampleMoments.Deviation(p.Values))]
        );
    }
}
