using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class CubicHermiteTests
{
    [Fact]
    public void Every_cubic_is_reproduced() =>
        Gen.Select(Gen.Double[-3, 3].Array[4], Gen.Double[-5, 5], Gen.Double[0.1, 4], Gen.Double[0, 1])
            .Sample(
                (c, start, width, share) =>
                {
                    double Value(double x) => c[0] + (x * (c[1] + (x * (c[2] + (x * c[3])))));
                    double Slope(double x) => c[1] + (x * ((2 * c[2]) + (x * 3 * c[3])));
                    var x0 = start;
                    var x1 = start + width;
                    var x = start + (share * width);
                    Assert.Equal(
                        Value(x),
                        CubicHermite.Interpolate(x, new(x0, Value(x0), Slope(x0)), new(x1, Value(x1), Slope(x1))),
                        1e-10
                    );
                }
            );
}
