namespace Galatent.Synthesis.Ssp;

/// <summary>
/// Luminosity of emission lines per ionising photon from photoionisation models, on a grid of gas metallicity, age of the ionising
/// population and ionisation parameter (Byler et al. 2017, ApJ 840, 44: Cloudy models on FSPS/MIST populations, no grains).
/// </summary>
public sealed record NebularLineTable
{
    /// <summary>log10(Z_gas/Zsun), ascending, shape (n_z).</summary>
    public required double[] LogZ { get; init; }

    /// <summary>log10(age/yr), ascending, shape (n_age).</summary>
    public required double[] LogAgeYr { get; init; }

    /// <summary>log10 of the ionisation parameter U, ascending, shape (n_u).</summary>
    public required double[] LogU { get; init; }

    /// <summary>Line centres, Å, vacuum, ascending, shape (n_line).</summary>
    public required double[] WavelengthAngstrom { get; init; }

    /// <summary>Line names, e.g. <c>H alpha 6563</c>, shape (n_line).</summary>
    public required string[] Name { get; init; }

    /// <summary>log10 of erg per ionising photon, shape (n_z, n_age, n_u, n_line).</summary>
    public required float[] LogErgPerPhoton { get; init; }

    /// <summary>Number of lines.</summary>
    public int LineCount => WavelengthAngstrom.Length;

    /// <summary>Luminosities at one node of the grid, log10(erg per photon), shape (n_line).</summary>
    public ReadOnlySpan<float> this[int metallicity, int age, int ionization] =>
        LogErgPerPhoton.AsSpan(((((metallicity * LogAgeYr.Length) + age) * LogU.Length) + ionization) * LineCount, LineCount);

    /// <summary>The lines whose centres lie in [low, high] Å.</summary>
    public NebularLineTable Within(double lowAngstrom, double highAngstrom)
    {
        var keep = Enumerable
            .Range(0, LineCount)
            .Where(i => WavelengthAngstrom[i] >= lowAngstrom && WavelengthAngstrom[i] <= highAngstrom)
            .ToArray();
        var nodes = LogErgPerPhoton.Length / LineCount;
        var values = new float[nodes * keep.Length];
        for (var node = 0; node < nodes; node++)
        {
            for (var i = 0; i < keep.Length; i++)
            {
                values[(node * keep.Length) + i] = LogErgPerPhoton[(node * LineCount) + keep[i]];
            }
        }
        return this with
        {
            WavelengthAngstrom = [.. keep.Select(i => WavelengthAngstrom[i])],
            Name = [.. keep.Select(i => Name[i])],
            LogErgPerPhoton = values,
        };
    }
}
