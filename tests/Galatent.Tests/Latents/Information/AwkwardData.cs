using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

/// <summary>Data that break careless estimators: ties, constants, duplicates, heavy tails, outliers, exact functions.</summary>
internal static class AwkwardData
{
    public static (double[] X, double[] Y) Draw(int n, ref RandomStream random)
    {
        var x = Column(n, ref random);
        var y = random.NextInt(3) switch
        {
            0 => Column(n, ref random),
            1 => Array.ConvertAll(x, v => v * v),
            _ => Add(x, Column(n, ref random)),
        };
        return (x, y);
    }

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p + q)];

    private static double[] Column(int n, ref RandomStream random) => Column(n, random.NextInt(8), ref random);

    /// <summary>One column of a kind from 0 to 7.</summary>
    public static double[] Column(int n, int kind, ref RandomStream random)
    {
        var column = new double[n];
        for (var i = 0; i < n; i++)
        {
            var z = random.NextNormal();
            column[i] = kind switch
            {
                0 => z,
                1 => 5,
                2 => Math.Round(z),
                3 => random.NextInt(2),
                4 => z / random.NextNormal(),
                5 => i == 0 ? 1e12 : z,
                6 => 1e-300 * z,
                _ => i % 4 == 0 || i == 0 ? z : column[i - 1],
            };
        }
        return column;
    }
}
