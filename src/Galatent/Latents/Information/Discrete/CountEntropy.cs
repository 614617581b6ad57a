namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// Entropy from counts, nearly unbiased, in the form H = a - (1/n) sum c g(c). It is built in two steps.
/// First the jackknife (Zahl 1977, Ecology 58, 907), which in closed form has g(c) = f(c) = c ln c - (c - 1) ln(c - 1).
/// Then twice this estimate minus its mean over all halves of the rows (the extrapolation of Strong et al. 1998, PRL 80, 197). That mean is
/// a sum over the hypergeometric distribution and is computed exactly.
/// </summary>
/// <remarks>
/// For the information of 1,000 tables with 0.05 to 0.4 occupied cells per row, the bias was less than a third of the scatter. With the
/// estimator of Miller (1955) it was 1 to 8 times the scatter, with Grassberger (2003) and Chao, Wang and Jost (2013) up to twice.
/// </remarks>
/// <param name="total">n, at least 2: the sum of all counts.</param>
internal sealed class CountEntropy(int total)
{
    private const double Negligible = 1e-18;

    private readonly Dictionary<int, double> _terms = [];

    /// <summary>a: the entropy when every row has its own class.</summary>
    public double Highest { get; } = (2 * Difference(total)) - Difference(total / 2);

    /// <summary>c g(c) / n of one count.</summary>
    public double Term(int count)
    {
        if (count == 0)
        {
            return 0;
        }
        if (!_terms.TryGetValue(count, out var term))
        {
            term = count * ((2 * Difference(count)) - InHalves(count)) / total;
            _terms.Add(count, term);
        }
        return term;
    }

    /// <summary>The entropy, nat.</summary>
    public double Of(IEnumerable<int> counts) => Highest - counts.Sum(Term);

    private static double Difference(int count) => count < 2 ? 0 : Math.Log(count) - ((count - 1) * Math.Log(1 - (1.0 / count)));

    // Mean of f(1 + k), where k of the other c - 1 rows of the class are among the other n/2 - 1 rows of a half. The sum starts at the most
    // likely k and goes outwards; each probability follows from the one before.
    private double InHalves(int count)
    {
        var others = count - 1;
        var drawn = (total / 2) - 1;
        var all = total - 1;
        var mode = (int)((drawn + 1.0) * (others + 1.0) / (all + 2.0));
        mode = Math.Clamp(mode, Math.Max(0, drawn + others - all), Math.Min(others, drawn));
        var mass = 1.0;
        var mean = Difference(1 + mode);
        var weight = 1.0;
        for (var k = mode; k < Math.Min(others, drawn) && weight > Negligible; k++)
        {
            weight *= (double)(others - k) * (drawn - k) / ((k + 1.0) * (all - others - drawn + k + 1.0));
            (mass, mean) = (mass + weight, mean + (weight * Difference(2 + k)));
        }
        weight = 1;
        for (var k = mode; k > Math.Max(0, drawn + others - all) && weight > Negligible; k--)
        {
            weight *= k * (all - others - drawn + (double)k) / ((others - k + 1.0) * (drawn - k + 1.0));
            (mass, mean) = (mass + weight, mean + (weight * Difference(k)));
        }
        return mean / mass;
    }
}
