namespace Galatent.Numerics;

/// <summary>The standard normal distribution: Phi and its inverse with full relative accuracy in the lower tail.</summary>
public static class NormalDistribution
{
    /// <summary>
    /// Phi(x), the probability below <paramref name="x"/>: the rational approximations of Cody (1969, Math. Comp. 23, 631; his routine
    /// ANORM).
    /// Relative error below 1e-15 for x in [-12, 6] against 80-digit arithmetic; Phi(-inf) = 0, Phi(inf) = 1, NaN gives NaN.
    /// </summary>
    public static double Cdf(double x)
    {
        var y = Math.Abs(x);
        if (!(y > 0.67448975)) // also NaN
        {
            return 0.5 + (x * Rational(x * x, CentralTop, CentralBottom));
        }
        var tail = y switch
        {
            <= 5.656854249492380 => GaussianFactor(y) * Rational(y, MiddleTop, MiddleBottom),
            <= 40 => GaussianFactor(y) * FarTail(y),
            _ => 0, // below the smallest double from 38.5 on
        };
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>
    /// The x with Phi(x) = <paramref name="probability"/>: algorithm AS 241, PPND16 (Wichura 1988, Appl. Stat. 37, 477).
    /// Relative error below 1e-15 from 1e-30 to 0.9995 against 80-digit arithmetic; 0 gives -inf, 1 gives +inf, anything outside [0, 1]
    /// gives NaN.
    /// </summary>
    public static double Quantile(double probability)
    {
        var q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            return q * Rational(0.180625 - (q * q), QuantileCentralTop, QuantileCentralBottom);
        }
        var tail = q < 0 ? probability : 1 - probability;
        if (tail == 0)
        {
            return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }
        var r = Math.Sqrt(-Math.Log(tail)); // NaN outside [0, 1]
        var x = r <= 5 ? Rational(r - 1.6, QuantileMiddleTop, QuantileMiddleBottom) : Rational(r - 5, QuantileFarTop, QuantileFarBottom);
        return q < 0 ? -x : x;
    }

    // exp(-y^2/2) with y split at sixteenths, so that the rounding of y^2 is not magnified by the exponential.
    private static double GaussianFactor(double y)
    {
        var coarse = Math.Truncate(y * 16) / 16;
        return Math.Exp(-0.5 * coarse * coarse) * Math.Exp(-0.5 * (y - coarse) * (y + coarse));
    }

    private static double FarTail(double y)
    {
        var inverseSquare = 1 / (y * y);
        return (0.39894228040143267794 - (inverseSquare * Rational(inverseSquare, FarTop, FarBottom))) / y;
    }

    /// <summary>Ratio of two polynomials, coefficients from the highest power down.</summary>
    private static double Rational(double x, ReadOnlySpan<double> top, ReadOnlySpan<double> bottom) =>
        Polynomial(x, top) / Polynomial(x, bottom);

    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        var value = coefficients[0];
        foreach (var coefficient in coefficients[1..])
        {
            value = (value * x) + coefficient;
        }
        return value;
    }

    private static ReadOnlySpan<double> CentralTop =>
        [0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249];
    private static ReadOnlySpan<double> CentralBottom =>
        [1, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956];
    private static ReadOnlySpan<double> MiddleTop =>
        [
            1.0765576773720192317e-8,
            0.39894151208813466764,
            8.8831497943883759412,
            93.506656132177855979,
            597.27027639480026226,
            2494.5375852903726711,
            6848.1904505362823326,
            11602.651437647350124,
            9842.7148383839780218,
        ];
    private static ReadOnlySpan<double> MiddleBottom =>
        [
            1,
            22.266688044328115691,
            235.38790178262499861,
            1519.377599407554805,
            6485.558298266760755,
            18615.571640885098091,
            34900.952721145977266,
            38912.003286093271411,
            19685.429676859990727,
        ];
    private static ReadOnlySpan<double> FarTop =>
        [
            0.02307344176494017303,
            0.21589853405795699,
            0.1274011611602473639,
            0.022235277870649807,
            0.001421619193227893466,
            2.9112874951168792e-5,
        ];
    private static ReadOnlySpan<double> FarBottom =>
        [1, 1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244, 7.29751555083966205e-5];

    private static ReadOnlySpan<double> QuantileCentralTop =>
        [
            2.5090809287301226727e3,
            3.3430575583588128105e4,
            6.7265770927008700853e4,
            4.5921953931549871457e4,
            1.3731693765509461125e4,
            1.9715909503065514427e3,
            1.3314166789178437745e2,
            3.3871328727963666080,
        ];
    private static ReadOnlySpan<double> QuantileCentralBottom =>
        [
            5.2264952788528545610e3,
            2.8729085735721942674e4,
            3.9307895800092710610e4,
            2.1213794301586595867e4,
            5.3941960214247511077e3,
            6.8718700749205790830e2,
            4.2313330701600911252e1,
            1,
        ];
    private static ReadOnlySpan<double> QuantileMiddleTop =>
        [
            7.74545014278341407640e-4,
            2.27238449892691845833e-2,
            2.41780725177450611770e-1,
            1.27045825245236838258,
            3.64784832476320460504,
            5.76949722146069140550,
            4.63033784615654529590,
            1.42343711074968357734,
        ];
    private static ReadOnlySpan<double> QuantileMiddleBottom =>
        [
            1.05075007164441684324e-9,
            5.47593808499534494600e-4,
            1.51986665636164571966e-2,
            1.48103976427480074590e-1,
            6.89767334985100004550e-1,
            1.67638483018380384940,
            2.05319162663775882187,
            1,
        ];
    private static ReadOnlySpan<double> QuantileFarTop =>
        [
            2.01033439929228813265e-7,
            2.71155556874348757815e-5,
            1.24266094738807843860e-3,
            2.65321895265761230930e-2,
            2.96560571828504891230e-1,
            1.78482653991729133580,
            5.46378491116411436990,
            6.65790464350110377720,
        ];
    private static ReadOnlySpan<double> QuantileFarBottom =>
        [
            2.04426310338993978564e-15,
            1.42151175831644588870e-7,
            1.84631831751005468180e-5,
            7.86869131145613259100e-4,
            1.48753612908506148525e-2,
            1.36929880922735805310e-1,
            5.99832206555887937690e-1,
            1,
        ];
}
