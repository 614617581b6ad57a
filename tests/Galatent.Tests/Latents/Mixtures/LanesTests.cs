using Galatent.Latents.Mixtures;

namespace Galatent.Tests.Latents.Mixtures;

public class LanesTests
{
    [Fact]
    public void Exp2_agrees_with_the_library_in_both_widths()
    {
        var values = Enumerable.Range(0, 8 * 4000).Select(i => -1021.4 + i * (1021.4 + 60) / (8 * 4000)).ToArray();
        Compare<Lanes256>(values);
        Compare<Lanes512>(values);
    }

    private static void Compare<T>(double[] values)
        where T : struct, ILanes<T>
    {
        var result = new double[T.Width];
        for (var i = 0; i < values.Length; i += T.Width)
        {
            T.Store(T.Exp2(T.Load(in values[0], i)), ref result[0], 0);
            for (var lane = 0; lane < T.Width; lane++)
            {
                var expected = Math.Pow(2, Math.Max(-1021, values[i + lane]));
                Assert.True(Math.Abs(result[lane] / expected - 1) < 1e-10, $"2^{values[i + lane]} is {expected}, not {result[lane]}");
            }
        }
    }
}
