using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>
/// Fills bad pixels of a spectrum with what a Gaussian of few principal components expects there, given the good pixels:
/// x' = mean + V a, a = (V'WV + Λ⁻¹)⁻¹ V'W (x - mean), W the weights of the good pixels (probabilistic principal components,
/// Tipping and Bishop 1999, J. R. Stat. Soc. B 61, 611). With no good pixel it is the mean.
/// </summary>
internal sealed class GapComponents
{
    /// <summary>Largest number of components.</summary>
    public const int Most = 16;

    // Calibration is good to some per cent; without this floor a bright spectrum would follow its noise.
    private const double CalibrationError = 0.03;
    private const double LeastVariance = 1e-10;
    private const int MostRows = 4000;

    private readonly double[] _mean;
    private readonly double[] _directions;
    private readonly double[] _variances;

    private GapComponents(double[] mean, double[] directions, double[] variances) =>
        (_mean, _directions, _variances) = (mean, directions, variances);

    /// <summary>Number of components.</summary>
    public int Count => _variances.Length;

    /// <summary>No components, only a mean.</summary>
    public static GapComponents OfMean(double[] mean) => new(mean, [], []);

    /// <summary>Measures mean and components of spectra.</summary>
    /// <param name="read">Reads spectra by row.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="width">Pixels.</param>
    public static GapComponents Measure(RowReader read, int count, int width)
    {
        int[] rows = [.. Enumerable.Range(0, Math.Min(count, MostRows)).Select(i => (int)((long)i * count / Math.Min(count, MostRows)))];
        var mean = new double[width];
        var row = new float[width];
        foreach (var r in rows)
        {
            read([r], row);
            for (var j = 0; j < width; j++)
            {
                mean[j] += row[j] / (double)rows.Length;
            }
        }
        if (rows.Length < 2)
        {
            return OfMean(mean);
        }
        var components = PrincipalComponents.Measure(read, width, rows, 0);
        var variances = components.Eigenvalues.TakeWhile(v => v > LeastVariance).Take(Math.Min(Most, rows.Length - 1)).ToArray();
        return new GapComponents(mean, components.Directions[..(variances.Length * width)], variances);
    }

    /// <summary>Fills the bad pixels.</summary>
    /// <param name="flux">Changed in its bad pixels.</param>
    /// <param name="mask">Not 0 for a bad pixel.</param>
    /// <param name="inverseVariance">1/sigma² of the pixels; empty where nothing is known.</param>
    public void Fill(Span<float> flux, ReadOnlySpan<byte> mask, ReadOnlySpan<float> inverseVariance)
    {
        var k = Count;
        var width = flux.Length;
        var matrix = new double[k * k];
        var right = new double[k];
        for (var a = 0; a < k; a++)
        {
            matrix[(a * k) + a] = 1 / _variances[a];
        }
        for (var j = 0; j < width; j++)
        {
            if (mask[j] != 0 || (inverseVariance.Length > 0 && !(inverseVariance[j] > 0)))
            {
                continue;
            }
            var floor = CalibrationError * Math.Max(Math.Abs(_mean[j]), 0.1);
            var weight = 1 / ((floor * floor) + (inverseVariance.Length > 0 ? 1 / (double)inverseVariance[j] : 0));
            var difference = flux[j] - _mean[j];
            for (var a = 0; a < k; a++)
            {
                var va = weight * _directions[(a * width) + j];
                right[a] += va * difference;
                for (var b = 0; b <= a; b++)
                {
                    matrix[(a * k) + b] += va * _directions[(b * width) + j];
                }
            }
        }
        Solve(matrix, right, k);
        for (var j = 0; j < width; j++)
        {
            if (mask[j] == 0)
            {
                continue;
            }
            var value = _mean[j];
            for (var a = 0; a < k; a++)
            {
                value += right[a] * _directions[(a * width) + j];
            }
            flux[j] = (float)value;
        }
    }

    // Cholesky decomposition of the lower triangle, then both substitutions; the matrix is positive definite through Λ⁻¹.
    private static void Solve(double[] matrix, double[] right, int k)
    {
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[(i * k) + j];
                for (var m = 0; m < j; m++)
                {
                    sum -= matrix[(i * k) + m] * matrix[(j * k) + m];
                }
                matrix[(i * k) + j] = i == j ? Math.Sqrt(sum) : sum / matrix[(j * k) + j];
            }
            for (var m = 0; m < i; m++)
            {
                right[i] -= matrix[(i * k) + m] * right[m];
            }
            right[i] /= matrix[(i * k) + i];
        }
        for (var i = k - 1; i >= 0; i--)
        {
            for (var m = i + 1; m < k; m++)
            {
                right[i] -= matrix[(m * k) + i] * right[m];
            }
            right[i] /= matrix[(i * k) + i];
        }
    }
}
