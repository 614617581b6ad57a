using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Galatent.Numerics;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Gas;

/// <summary>
/// Line luminosities of a composite population. Every age node up to 2e7 yr ionises its own gas. log10(L/Q) is interpolated trilinearly in
/// (log Zgas, log age, log U) and clamped at the table's edges (FSPS' add_nebular.f90; Byler et al. 2017).
/// </summary>
internal sealed class NebularLines
{
    private const double OldestAgeYr = 2e7;

    private readonly double[] _logZ;
    private readonly double[] _logU;
    private readonly float[][] _logPerPhoton;

    /// <param name="table">The lines to compute.</param>
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

    /// <summary>Number of ionising age nodes, counted from the youngest.</summary>
    public int NodeCount { get; }

    /// <summary>Erg per photon of a run of lines, shape (lines of the run, n_node).</summary>
    /// <param name="logZGas">log10(Zgas/Zsun).</param>
    /// <param name="logU">log10 of the ionisation parameter.</param>
    /// <param name="firstLine">First line of the run. Its length follows from that of <paramref name="ergPerPhoton"/>.</param>
    /// <param name="ergPerPhoton">Receives the values.</param>
    public void PerPhoton(double logZGas, double logU, int firstLine, Span<float> ergPerPhoton)
    {
        var (z, dz) = SortedAxis.Bracket(_logZ, logZGas);
        var (u, du) = SortedAxis.Bracket(_logU, logU);
        var n = _logU.Length;
        var start = firstLine * NodeCount;
        var length = ergPerPhoton.Length;
        TensorPrimitives.Multiply(_logPerPhoton[(z * n) + u].AsSpan(start, length), (float)((1 - dz) * (1 - du)), ergPerPhoton);
        TensorPrimitives.MultiplyAdd(
            _logPerPhoton[(z * n) + u + 1].AsSpan(start, length),
            (float)((1 - dz) * du),
            ergPerPhoton,
            ergPerPhoton
        );
        TensorPrimitives.MultiplyAdd(
            _logPerPhoton[((z + 1) * n) + u].AsSpan(start, length),
            (float)(dz * (1 - du)),
            ergPerPhoton,
            ergPerPhoton
        );
        TensorPrimitives.MultiplyAdd(
            _logPerPhoton[((z + 1) * n) + u + 1].AsSpan(start, length),
            (float)(dz * du),
            ergPerPhoton,
            ergPerPhoton
        );
        TensorPrimitives.Exp(ergPerPhoton, ergPerPhoton);
    }

    /// <summary>Erg per photon of one line at an age node, and its derivatives with respect to log Zgas and log U. The slope is zero beyond
    /// the table's ends.</summary>
    /// <param name="logZGas">log10(Zgas/Zsun).</param>
    /// <param name="logU">log10 of the ionisation parameter.</param>
    /// <param name="line">Number of the line.</param>
    /// <param name="node">Number of the age node.</param>
    public (double Value, double SlopeZ, double SlopeU) PerPhoton(double logZGas, double logU, int line, int node)
    {
        var (z, dz) = SortedAxis.Bracket(_logZ, logZGas);
        var (u, du) = SortedAxis.Bracket(_logU, logU);
        double At(int i, int j) => _logPerPhoton[(i * _logU.Length) + j][(line * NodeCount) + node];
        var a = At(z, u);
        var b = At(z, u + 1);
        var c = At(z + 1, u);
        var d = At(z + 1, u + 1);
        var value = Math.Exp(((1 - dz) * (((1 - du) * a) + (du * b))) + (dz * (((1 - du) * c) + (du * d))));
        var slopeZ = (((1 - du) * (c - a)) + (du * (d - b))) / (_logZ[z + 1] - _logZ[z]);
        var slopeU = (((1 - dz) * (b - a)) + (dz * (d - c))) / (_logU[u + 1] - _logU[u]);
        return (value, SortedAxis.IsInside(_logZ, logZGas) ? value * slopeZ : 0, SortedAxis.IsInside(_logU, logU) ? value * slopeU : 0);
    }

    /// <summary>Sum over nodes of photons times erg per photon, in eight lanes with a fixed order, so it has the same bits on every
    /// machine.</summary>
    public static double Sum(ReadOnlySpan<float> photons, ReadOnlySpan<float> ergPerPhoton)
    {
        var lanes = Vector256<float>.Zero;
        var i = 0;
        for (; i <= photons.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            lanes += Vector256.Create(photons[i..]) * Vector256.Create(ergPerPhoton[i..]);
        }
        var sum = 0.0;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            sum += lanes.GetElement(lane);
        }
        for (; i < photons.Length; i++)
        {
            sum += photons[i] * ergPerPhoton[i];
        }
        return sum;
    }

    // Natural logarithms, so that one Exp converts back. The interpolation in log age does not depend on the galaxy and is done once.
    private float[] AtNodes(NebularLineTable table, int z, int u, double[] logAgeYr)
    {
        var values = new float[NodeCount * LineCount];
        for (var node = 0; node < NodeCount; node++)
        {
            var (age, share) = SortedAxis.Bracket(table.LogAgeYr, logAgeYr[node]);
            var young = table[z, age, u];
            var old = table[z, age + 1, u];
            for (var l = 0; l < LineCount; l++)
            {
                values[(l * NodeCount) + node] = (float)(Math.Log(10) * (young[l] + (share * ((double)old[l] - young[l]))));
            }
        }
        return values;
    }
}
