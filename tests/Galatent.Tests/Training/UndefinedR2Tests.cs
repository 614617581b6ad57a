using CsCheck;
using Galatent.Training;

namespace Galatent.Tests.Training;

/// <summary>R² over spectra that do not vary: a figure that is not defined is none, not a large number.</summary>
public class UndefinedR2Tests
{
    private const int Width = 7;
    private static readonly int[] Pixels = [1, 4];

    [Fact]
    public void One_spectrum_has_no_R2() =>
        Gen.Select(Gen.Float[-3, 1000].Array[Width], Gen.Float[-3, 1000].Array[Width]).Sample((x, y) => Fit(x, y, 1).All(r2 => r2 is null));

    [Fact]
    public void Equal_spectra_have_no_R2() =>
        Gen.Select(Gen.Float[-3, 1000].Array[Width], Gen.Int[2, 40], Gen.Float[0, 2])
            .Sample(
                (x, count, y) =>
                    Fit([.. Enumerable.Repeat(x, count).SelectMany(s => s)], [.. Enumerable.Repeat(y, count * Width)], count)
                        .All(r2 => r2 is null)
            );

    [Fact]
    public void Of_pixels_that_vary_and_others_the_lowest_is_of_those_that_vary()
    {
        // The second pixel is always 2; the first is 0 and 4 and reconstructed as 1 and 3: 1 - 2/8.
        float[] x = [9, 0, 9, 9, 2, 9, 9, 9, 4, 9, 9, 2, 9, 9];
        float[] y = [9, 1, 9, 9, 5, 9, 9, 9, 3, 9, 9, 5, 9, 9];
        Assert.Equal([0.75, null], Fit(x, y, 2));
        var fit = new ValidationScore.LineFit(Pixels);
        fit.Add(x, y, Width);
        Assert.Equal(0.75, fit.LowestR2(2));
        Assert.Null(new ValidationScore.LineFit([]).LowestR2(2));
    }

    [Fact]
    public void Spectra_that_vary_have_the_R2_of_its_definition() =>
        Gen.Select(Gen.Float[0.5f, 2], Gen.Float[0.5f, 2])
            .Array[3, 30]
            .Where(pairs => pairs.Max(p => p.Item1) - pairs.Min(p => p.Item1) > 0.01f)
            .Sample(pairs =>
            {
                float[] Rows(Func<(float, float), float> value) =>
                    [.. pairs.SelectMany(p => Enumerable.Repeat(value((p.Item1, p.Item2)), Width))];
                var mean = pairs.Average(p => (double)p.Item1);
                var expected = 1 - (pairs.Sum(p => Math.Pow((double)p.Item1 - p.Item2, 2)) / pairs.Sum(p => Math.Pow(p.Item1 - mean, 2)));
                return Fit(Rows(p => p.Item1), Rows(p => p.Item2), pairs.Length)
                    .All(r2 => Math.Abs(r2!.Value - expected) < 1e-6 * (1 + Math.Abs(expected)));
            });

    private static double?[] Fit(float[] x, float[] y, int count)
    {
        var fit = new ValidationScore.LineFit(Pixels);
        fit.Add(x, y, Width);
        return fit.R2(count);
    }
}
