using Galatent.Numerics;

namespace Galatent.Tests.Latents.Activity;

/// <summary>
/// A linear VAE of which everything is known in closed form (Tipping and Bishop 1999; Lucas et al. 2019): four pixels, covariance of
/// eigenvalues 4, 1, 0.16 and 0.1 along the columns of Hadamard / 2, beta 0.3. Eight spectra have this covariance exactly (divisor 8).
/// </summary>
internal static class ToyLinearVae
{
    public const int Pixels = 4;
    public const int Rows = 8;
    public const int Active = 3;
    public const double Beta = 0.3;
    public const double S = Beta / 2;

    public static double[] Eigenvalues { get; } = [4, 1, 0.16, 0.1];

    /// <summary>Entry of a Hadamard matrix of Sylvester's kind.</summary>
    public static int Sign(int row, int column) => int.PopCount(row & column) % 2 == 0 ? 1 : -1;

    /// <summary>Normalised flux, shape (8, 4): columns 1 to 4 of Hadamard 8, times √eigenvalue, times the directions.</summary>
    public static float[] Flux { get; } =
    [
        .. Enumerable
            .Range(0, Rows)
            .SelectMany(n =>
                Enumerable
                    .Range(0, Pixels)
                    .Select(j => (float)Enumerable.Range(0, Pixels).Sum(k => Sign(n, k + 1) * Math.Sqrt(Eigenvalues[k]) * Sign(j, k) / 2.0))
            ),
    ];

    /// <summary>Posterior means √(λ - s) / λ (u · x), shape (8, 4); 0 for the dimension that is off.</summary>
    public static float[] Mu { get; } =
    [.. PerDimension((n, k) => Sign(n, k + 1) * Math.Sqrt(Eigenvalues[k] - S) / Math.Sqrt(Eigenvalues[k]))];

    /// <summary>ln (s/λ), shape (8, 4); 0 for the dimension that is off.</summary>
    public static float[] LogVariance { get; } = [.. PerDimension((_, k) => Math.Log(S / Eigenvalues[k]))];

    /// <summary>A sample whose noise is uncorrelated with the means over the eight rows, and among its dimensions.</summary>
    public static float[] Z { get; } =
    [
        .. PerDimension(
            (n, k) => (Sign(n, k + 1) * Math.Sqrt((Eigenvalues[k] - S) / Eigenvalues[k])) + (Sign(n, k + 5) * Math.Sqrt(S / Eigenvalues[k]))
        ),
    ];

    public static RowReader Read { get; } =
        (rows, flux) =>
        {
            for (var i = 0; i < rows.Length; i++)
            {
                Flux.AsSpan(rows[i] * Pixels, Pixels).CopyTo(flux[(i * Pixels)..]);
            }
        };

    public static float[] Decode(float[] z, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .SelectMany(n =>
                    Enumerable
                        .Range(0, Pixels)
                        .Select(j =>
                            (float)
                                Enumerable.Range(0, Active).Sum(k => z[(n * Pixels) + k] * Math.Sqrt(Eigenvalues[k] - S) * Sign(j, k) / 2.0)
                        )
                ),
        ];

    public static double[] Column(float[] values, int dimension) =>
        [.. Enumerable.Range(0, Rows).Select(n => (double)values[(n * Pixels) + dimension])];

    private static IEnumerable<float> PerDimension(Func<int, int, double> value) =>
        Enumerable.Range(0, Rows).SelectMany(n => Enumerable.Range(0, Pixels).Select(k => k < Active ? (float)value(n, k) : 0));
}
