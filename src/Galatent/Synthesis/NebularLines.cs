using System.Numerics.Tensors;

namespace Galatent.Synthesis;

/// <summary>
/// Line luminosities of a composite population: every age node up to 2e7 yr ionises gas of its own; log10(L/Q) is interpolated trilinearly
/// in (log Zgas, log age, log U), clamped at the table's edges (FSPS' add_nebular.f90; Byler et al. 2017).
/// </summary>
internal sealed class NebularLines
{
    private const double OldestAgeYr = 2e7;

    private readonly double[] _logZ;
    private readonly double[] _logU;
    private readonly float[][] _logPerPhoton;

    /// <param name="table">The lines that are wanted.</param>
    /// <param name="logAgeYr">Age nodes of the stars.</param>
    public NebularLines(NebularLineTable table, double[] logAgeYr)
    {
        (_logZ, _logU) = (table.LogZ, table.LogU);
        LineCount = table.LineCount;
        NodeCount = logAgeYr.Count(x => x <= Math.Log10(OldestAgeYr) + 1e-9);
        _logPerPhoton = new float[_logZ.Length * _logU.Length][];
        for (var z = 0; z < _logZ.Length; z++)
        {
            for (var u = 0; u < _logU.Length; u++)
            {
                _logPerPhoton[(z * _logU.Length) + u] = AtNodes(table, z, u, logAgeYr);
            }
        }
    }

    /// <summary>Number of lines.</summary>
    public int LineCount { get; }

    /// <summary>Number of age nodes, from the youngest, that ionise.</summary>
    public int NodeCount { get; }

    /// <summary>Length of the scratch buffer that <see cref="Luminosities"/> needs.</summary>
    public int ScratchLength => NodeCount * LineCount;

    /// <summary>Sums over the nodes.</summary>
    /// <param name="logZGas">log10(Zgas/Zsun).</param>
    /// <param name="logU">log10 of the ionisation parameter.</param>
    /// <param name="photons">Ionising photons per second of each node, any scale, shape (n_node).</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/>; on return erg per photon, shape (n_node, n_line). Filled when <paramref name="reuse"/> is false.</param>
    /// <param name="reuse">Whether the scratch still holds this gas' values.</param>
    /// <param name="luminosity">Receives erg/s in the photons' scale, shape (n_line).</param>
    public void Luminosities(double logZGas, double logU, ReadOnlySpan<double> photons, Span<float> scratch, bool reuse, Span<double> luminosity)
    {
        var perPhoton = scratch[..ScratchLength];
        if (!reuse)
        {
            PerPhoton(logZGas, logU, perPhoton);
        }
        luminosity.Clear();
        for (var node = 0; node < NodeCount; node++)
        {
            if (photons[node] == 0)
            {
                continue;
            }
            var row = perPhoton.Slice(node * LineCount, LineCount);
            for (var l = 0; l < row.Length; l++)
            {
                luminosity[l] += photons[node] * row[l];
            }
        }
    }

    private void PerPhoton(double logZGas, double logU, Span<float> result)
    {
        var (z, dz) = Bracket(_logZ, logZGas);
        var (u, du) = Bracket(_logU, logU);
        var n = _logU.Length;
        TensorPrimitives.Multiply(_logPerPhoton[(z * n) + u], (float)((1 - dz) * (1 - du)), result);
        TensorPrimitives.MultiplyAdd(_logPerPhoton[(z * n) + u + 1], (float)((1 - dz) * du), result, result);
        TensorPrimitives.MultiplyAdd(_logPerPhoton[((z + 1) * n) + u], (float)(dz * (1 - du)), result, result);
        TensorPrimitives.MultiplyAdd(_logPerPhoton[((z + 1) * n) + u + 1], (float)(dz * du), result, result);
        TensorPrimitives.Exp(result, result);
    }

    // Natural logarithms, so that one Exp undoes them. Interpolation in log age does not depend on the galaxy and is done once.
    private float[] AtNodes(NebularLineTable table, int z, int u, double[] logAgeYr)
    {
        var values = new float[NodeCount * LineCount];
        for (var node = 0; node < NodeCount; node++)
        {
            var (age, share) = Bracket(table.LogAgeYr, logAgeYr[node]);
            var young = table[z, age, u];
            var old = table[z, age + 1, u];
            for (var l = 0; l < LineCount; l++)
            {
                values[(node * LineCount) + l] = (float)(Math.Log(10) * (young[l] + (share * ((double)old[l] - young[l]))));
            }
        }
        return values;
    }

    internal static (int Lower, double Share) Bracket(double[] axis, double x)
    {
        var index = Array.BinarySearch(axis, x);
        var lower = Math.Clamp(index >= 0 ? index : ~index - 1, 0, axis.Length - 2);
        return (lower, Math.Clamp((x - axis[lower]) / (axis[lower + 1] - axis[lower]), 0, 1));
    }
}
