namespace Galatent.Latents.Outliers;

/// <summary>What an unusual spectrum may be.</summary>
public enum OutlierClass
{
    /// <summary>No explanation is better than none.</summary>
    Unexplained,

    /// <summary>Instrument, sky or reduction: the excess stands at fixed observed wavelengths, or is narrower than any line.</summary>
    Artefact,

    /// <summary>The object: the excess stands at lines of its rest frame, or is a broad feature.</summary>
    Astrophysical,

    /// <summary>Another redshift fits better.</summary>
    WrongRedshift,
}

/// <summary>One way to explain what a model leaves of a spectrum.</summary>
/// <param name="Name">Name in tables, e.g. <c>broad_lines</c>.</param>
/// <param name="Class">The class that it stands for.</param>
/// <param name="Gain">By how much it lowers chi².</param>
/// <param name="Penalty">By how much chance lowers chi², times a margin: about ln n for each free number, as in Schwarz's criterion
/// (1978).</param>
/// <param name="Feature">Where, in words.</param>
internal sealed record Explanation(string Name, OutlierClass Class, double Gain, double Penalty, string Feature)
{
    /// <summary>The gain beyond its price. A model that fits worse than noise everywhere leaves more for any explanation, so that the price
    /// grows with its usual chi² per pixel.</summary>
    public double Net(double usual) => Gain - (Math.Max(1, usual) * Penalty);
}
