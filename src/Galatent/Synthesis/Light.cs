namespace Galatent.Synthesis;

/// <summary>Emitted light of age up to 1e7 yr and of older age, on the pixels (L_nu, Lsun/Hz per solar mass formed) and in the lines (Lsun
/// per solar mass formed).</summary>
internal sealed record Light(double[] Young, double[] Old, double[] LineYoung, double[] LineOld)
{
    /// <summary>Only the young light, which birth clouds attenuate.</summary>
    public Light YoungAlone() => new(Young, new double[Old.Length], LineYoung, new double[LineOld.Length]);
}

/// <summary>The transmission of dust on the pixels and at the lines.</summary>
internal sealed record Attenuation(Transmissions Pixels, Transmissions Lines)
{
    /// <summary>Applies the same change to pixels and lines.</summary>
    public Attenuation Changed(Func<Transmissions, Transmissions> change) => new(change(Pixels), change(Lines));
}

/// <summary>Curves and transmissions at some wavelengths.</summary>
/// <param name="Curve">k of the diffuse dust.</param>
/// <param name="CurveSlope">dk/dn.</param>
/// <param name="BirthCurve">k of the birth clouds.</param>
/// <param name="BirthCloud">exp(-dust1 k), birth clouds.</param>
/// <param name="Diffuse">exp(-dust2 k).</param>
internal sealed record Transmissions(double[] Curve, double[] CurveSlope, double[] BirthCurve, double[] BirthCloud, double[] Diffuse)
{
    /// <summary>Derivative with respect to dust2.</summary>
    public Transmissions InDust2() => this with { Diffuse = Product(Diffuse, Curve, -1) };

    /// <summary>Derivative with respect to dust1; valid for the young light only.</summary>
    public Transmissions InDust1() => this with { BirthCloud = Product(BirthCloud, BirthCurve, -1) };

    /// <summary>Derivative with respect to n, through the diffuse dust.</summary>
    public Transmissions InSlope(double dust2) => this with { Diffuse = Product(Diffuse, CurveSlope, -dust2) };

    /// <summary>Derivative with respect to n when the birth clouds follow the diffuse curve; valid for the young light only.</summary>
    public Transmissions InSlopeOfBirthCloud(double dust1) => this with { BirthCloud = Product(BirthCloud, CurveSlope, -dust1) };

    private static double[] Product(double[] a, double[] b, double factor) => [.. a.Zip(b, (x, y) => factor * x * y)];
}
