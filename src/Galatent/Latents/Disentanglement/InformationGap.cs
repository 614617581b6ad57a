namespace Galatent.Latents.Disentanglement;

/// <summary>How far ahead the most informative dimension is of the second one, for one parameter (MIG: Chen et al. 2018; without bins:
/// Do &amp; Tran 2020, "robust MIG").</summary>
/// <param name="First">The most informative dimension, from 0.</param>
/// <param name="Second">The second one; -1 when there is only one.</param>
/// <param name="Gap">Difference of their informations, nat (or of their R², for <see cref="OfR2"/>).</param>
/// <remarks>The largest of two equal estimates with error τ is on average 1.128 τ above the other: a gap of that size says
/// nothing.</remarks>
public readonly record struct InformationGap(int First, int Second, double Gap)
{
    /// <summary>Mean distance of two equal estimates, in units of their error: 2/√π.</summary>
    public const double OfChance = 1.1283791670955126;

    /// <summary>Gaps of information, one for each parameter.</summary>
    /// <param name="informationNat">I(z_i; θ_k), shape (dimensions, parameters), row-major, nat.</param>
    /// <param name="dimensions">Number of dimensions, at least 1.</param>
    /// <param name="parameters">Number of parameters.</param>
    public static InformationGap[] Of(ReadOnlySpan<double> informationNat, int dimensions, int parameters)
    {
        if (dimensions < 1 || informationNat.Length != dimensions * parameters)
        {
            throw new ArgumentException($"{informationNat.Length} numbers are not {dimensions} rows of {parameters}.");
        }
        var gaps = new InformationGap[parameters];
        for (var k = 0; k < parameters; k++)
        {
            var first = 0;
            var second = -1;
            for (var i = 1; i < dimensions; i++)
            {
                var value = informationNat[(i * parameters) + k];
                if (value > informationNat[(first * parameters) + k])
                {
                    (first, second) = (i, first);
                }
                else if (second < 0 || value > informationNat[(second * parameters) + k])
                {
                    second = i;
                }
            }
            var rest = second < 0 ? 0 : informationNat[(second * parameters) + k];
            gaps[k] = new InformationGap(first, second, informationNat[(first * parameters) + k] - rest);
        }
        return gaps;
    }

    /// <summary>The same for R² = 1 - exp(-2 I), which is between 0 and 1 (SAP: Kumar et al. 2018). For normal pairs it is the squared
    /// correlation.</summary>
    /// <inheritdoc cref="Of"/>
    public static InformationGap[] OfR2(ReadOnlySpan<double> informationNat, int dimensions, int parameters) =>
        Of(Array.ConvertAll(informationNat.ToArray(), BoundedR2), dimensions, parameters);

    /// <summary>Information on a scale from 0 to 1: 1 - exp(-2 I), the squared correlation of normal pairs.</summary>
    public static double BoundedR2(double informationNat) => 1 - Math.Exp(-2 * informationNat);
}
