using Galatent.Numerics;

namespace Galatent.Tests.Latents.Disentanglement;

/// <summary>Three normal parameters, of which the first two have the correlation 0.6, and four dimensions: z_k = √0.9 θ_k + √0.1 ε,
/// and z4 = ε. Perfectly aligned, and yet z2 knows θ1.</summary>
internal static class ToyFactors
{
    public const int Dimensions = 4;
    public const int Parameters = 3;

    /// <summary>Correlations of z1 ... z4, θ1 ... θ3; shape (7, 7).</summary>
    public static double[] Correlation { get; } =
    [.. Enumerable.Range(0, 7).SelectMany(i => Enumerable.Range(0, 7).Select(j => Between(i, j)))];

    /// <summary>Rows: z1 ... z4, θ1 ... θ3, one column each.</summary>
    public static double[][] Columns(int n, ulong seed)
    {
        var stream = new RandomStream(seed, "toy factors");
        var columns = Enumerable.Range(0, 7).Select(_ => new double[n]).ToArray();
        for (var row = 0; row < n; row++)
        {
            var first = stream.NextNormal();
            double[] parameters = [first, (0.6 * first) + (0.8 * stream.NextNormal()), stream.NextNormal()];
            for (var k = 0; k < 3; k++)
            {
                columns[k][row] = (Math.Sqrt(0.9) * parameters[k]) + (Math.Sqrt(0.1) * stream.NextNormal());
                columns[Dimensions + k][row] = parameters[k];
            }
            columns[3][row] = stream.NextNormal();
        }
        return columns;
    }

    private static double Between(int i, int j)
    {
        if (i == j)
        {
            return 1;
        }
        if (i == 3 || j == 3)
        {
            return 0;
        }
        // Places of the parameters behind the columns; a dimension has √0.9 of its parameter.
        var a = i < Dimensions ? i : i - Dimensions;
        var b = j < Dimensions ? j : j - Dimensions;
        var rho =
            a == b ? 1
            : a + b == 1 ? 0.6
            : 0;
        return rho * (i < Dimensions ? Math.Sqrt(0.9) : 1) * (j < Dimensions ? Math.Sqrt(0.9) : 1);
    }
}
