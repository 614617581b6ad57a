using Galatent.Synthesis.Galaxies;

namespace Galatent.Report.Figures.Samples;

/// <summary>The relations between two parameters that the population is made of, as curves to draw over a sample; at z = 1, on the
/// star-forming ridge, where they depend on it.</summary>
internal static class PopulationRelations
{
    private const double Redshift = 1;

    /// <summary>The curve in the plane of two columns, empty when no relation links them directly.</summary>
    public static (double[] X, double[] Y) Curve(string x, string y) =>
        (x, y) switch
        {
            ("log_mass", "log_z_star") => Of(7, 12, m => MetallicityRelations.StellarRelation(m).Mean),
            ("log_mass", "log_z_gas") => Of(7, 12, m => MetallicityRelations.LogZGas(0, m, Ridge(m))),
            ("log_mass", "redshift") => Swapped(Of(0.02, 6, MassLimits.LogMassCompleteness)),
            ("log_mass", "dust2") => Of(7, 12, m => DustPriors.HalphaAttenuationMag(m) / 1.80),
            ("log_mass", "log_sfr") => Of(7, 12, Ridge),
            ("dust_index", "dust2") => Swapped(Of(0, 2, d => -0.095 + (d * (0.111 - (0.0066 * d))))),
            ("dust2", "log_sfr") => Swapped(Of(-3, 2.5, s => 0.2 + (0.5 * Math.Max(0, s)))),
            _ => ([], []),
        };

    private static double Ridge(double logMass) => StarFormingSequence.LogRidgeSfr(logMass, Redshift);

    private static (double[] X, double[] Y) Of(double low, double high, Func<double, double> relation)
    {
        var xs = Enumerable.Range(0, 201).Select(i => low + ((high - low) * i / 200)).ToArray();
        return (xs, Array.ConvertAll(xs, x => relation(x)));
    }

    private static (double[] X, double[] Y) Swapped((double[] X, double[] Y) curve) => (curve.Y, curve.X);
}
