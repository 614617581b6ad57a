using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Observing;

/// <summary>A property of an instrument as a function of wavelength, linear between its nodes.</summary>
/// <param name="Name">Its name in files and messages, e.g. <c>R = 2000</c> or a file's name.</param>
/// <param name="WavelengthAngstrom">Nodes, Å, vacuum, ascending; a single one for a constant.</param>
/// <param name="Values">Values at the nodes.</param>
public sealed record ResponseCurve(string Name, double[] WavelengthAngstrom, double[] Values)
{
    /// <summary>The same value everywhere.</summary>
    public static ResponseCurve Constant(string name, double value) => new(name, [0], [value]);

    /// <summary>The values at the pixels of a grid.</summary>
    /// <exception cref="InputException">The curve does not cover the grid, or a value is not positive and finite.</exception>
    internal double[] On(WavelengthGrid grid)
    {
        if (Array.FindIndex(Values, v => !(v > 0 && double.IsFinite(v))) is var bad and >= 0)
        {
            throw new InputException($"'{Name}': its value {bad} (counted from 0) is {Values[bad]}; it must be positive.");
        }
        if (Values.Length == 1)
        {
            return [.. Enumerable.Repeat(Values[0], grid.Count)];
        }
        for (var i = 1; i < WavelengthAngstrom.Length; i++)
        {
            if (!(WavelengthAngstrom[i] > WavelengthAngstrom[i - 1]))
            {
                throw new InputException(
                    $"'{Name}': its wavelengths must ascend, but {WavelengthAngstrom[i]} follows {WavelengthAngstrom[i - 1]} Å; sort the "
                        + $"file."
                );
            }
        }
        if (grid.WavelengthAngstrom[0] < WavelengthAngstrom[0] || grid.WavelengthAngstrom[^1] > WavelengthAngstrom[^1])
        {
            throw new InputException(
                $"'{Name}' covers {WavelengthAngstrom[0]} to {WavelengthAngstrom[^1]} Å, but the spectra cover "
                    + $"{grid.WavelengthAngstrom[0]} to {grid.WavelengthAngstrom[^1]} Å; choose a SimulationOptions.Grid inside that."
            );
        }
        return Array.ConvertAll(grid.WavelengthAngstrom, w =>
            SortedAxis.Bracket(WavelengthAngstrom, w) is var (lower, share)
                ? ((1 - share) * Values[lower]) + (share * Values[lower + 1])
                : 0
        );
    }
}
