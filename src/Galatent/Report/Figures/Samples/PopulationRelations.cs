using Galatent.Spectra.Quantities;
using Galatent.Synthesis.Galaxies;
using static Galatent.Spectra.Quantities.GalaxyQuantities;

namespace Galatent.Report.Figures.Samples;

/// <summary>The relations between two parameters that the population uses, as curves over a sample. Where they depend on more, they are for
/// z = 1 and the star-forming ridge.</summary>
internal static class PopulationRelations
{
    private const double ExampleRedshift = 1;

    private static readonly (GalaxyQuantity X, GalaxyQuantity Y, Func<(double[] X, double[] Y)> Curve)[] Relations =
    [
        (LogMass, LogZStar, () => Of(7, 12, m => MetallicityRelations.StellarRelation(m).Mean)),
        (LogMass, LogZGas, () => Of(7, 12, m => MetallicityRelations.LogZGas(0, m, Ridge(m)))),
        (LogMass, Redshift, () => Swapped(Of(0.02, 6, MassLimits.LogMassCompleteness))),
        (LogMass, Dust2, () => Of(7, 12, m => DustPriors.HalphaAttenuationMag(m) / 1.80)),
        (LogMass, LogSfr, () => Of(7, 12, Ridge)),
        (DustIndex, Dust2, () => Swapped(Of(0, 2, d => -0.095 + (d * (0.111 - (0.0066 * d)))))),
        (Dust2, LogSfr, () => Swapped(Of(-3, 2.5, s => 0.2 + (0.5 * Math.Max(0, s))))),
    ];

    /// <summary>The curve in the plane of two columns; empty when no relation links them directly.</summary>
    public static (double[] X, double[] Y) Curve(string x, string y) =>
        Array.Find(Relations, r => r.X.Name == x && r.Y.Name == y).Curve?.Invoke() ?? ([], []);

    private static double Ridge(double logMass) => StarFormingSequence.LogRidgeSfr(logMass, ExampleRedshift);

    private static (double[] X, double[] Y) Of(double low, double high, Func<double, double> relation)
    {
        var xs = Enumerable.Range(0, 201).Select(i => low + ((high - low) * i / 200)).ToArray();
        return (xs, Array.ConvertAll(xs, x => relation(x)));
    }

    private static (double[] X, double[] Y) Swapped((double[] X, double[] Y) curve) => (curve.Y, curve.X);
}
