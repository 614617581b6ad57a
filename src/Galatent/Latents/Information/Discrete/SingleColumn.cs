using Galatent.Numerics;

namespace Galatent.Latents.Information.Discrete;

/// <summary>One column prepared for an entropy or a divergence.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Finite values. Repeated values of a continuous column are kept once; rounded values get random digits.</param>
/// <param name="Kind">How it is treated.</param>
/// <param name="Count">Rows with a finite value.</param>
internal sealed record SingleColumn(string Name, double[] Values, ColumnKind Kind, int Count)
{
    /// <summary>Rows among <see cref="Count"/> that repeat the value of another and are not counted.</summary>
    public int Repeated => Count - Values.Length;

    /// <summary>Prepares a column.</summary>
    /// <param name="column">Values that are not finite are left out.</param>
    /// <param name="seed">Root seed of the random digits.</param>
    /// <param name="everyRow">Whether all rows are kept, because the column is used together with others. Then repeated values get random
    /// digits too.</param>
    /// <exception cref="InputException">Fewer than 10 finite values.</exception>
    public static SingleColumn Of(NamedColumn column, ulong seed, bool everyRow = false)
    {
        var finite = Array.FindAll(column.Values, double.IsFinite);
        if (finite.Length < MutualInformationOptions.LeastCount)
        {
            throw new InputException(
                $"Column '{column.Name}' has {finite.Length} finite values, but at least {MutualInformationOptions.LeastCount} are needed: "
                    + "give more rows."
            );
        }
        if (DistinctValues.ArePlain(column))
        {
            return new SingleColumn(column.Name, finite, ColumnKind.Continuous, finite.Length);
        }
        var kind = ColumnSplit.Of(column with { Values = finite }).Kind;
        if (kind is ColumnKind.Discrete or ColumnKind.Spiked)
        {
            return new SingleColumn(column.Name, finite, kind, finite.Length);
        }
        var distinct = DistinctValues.Of(finite);
        return everyRow || distinct.IsLattice()
            ? new SingleColumn(column.Name, Dithered(distinct, seed), ColumnKind.Rounded, finite.Length)
            : new SingleColumn(column.Name, distinct.Values, ColumnKind.Continuous, finite.Length);
    }

    /// <summary>The values, provided that they have a density.</summary>
    /// <param name="quantity">Name of the requested quantity, e.g. "differential entropy".</param>
    /// <exception cref="InputException">They have no density.</exception>
    public double[] WithDensity(string quantity) =>
        Kind switch
        {
            ColumnKind.Discrete => throw new InputException(
                $"Column '{Name}' takes {Values.Distinct().Count()} values in {Count} rows: it is discrete and has no {quantity}; leave it "
                    + "out."
            ),
            ColumnKind.Spiked => throw new InputException(
                $"Column '{Name}' has one value in many rows and is continuous in the others: it has no {quantity}; leave it out, or take "
                    + "only the rows of one part."
            ),
            _ => Values,
        };

    // Adds to each value a random number that is uniform between the middles of the gaps on either side. So rounded values get the density
    // of the unrounded ones, blurred by one step.
    private static double[] Dithered(DistinctValues distinct, ulong seed)
    {
        var random = new RandomStream(seed, "rounded digits");
        var values = distinct.Values;
        return Array.ConvertAll(distinct.Codes, code =>
        {
            var below = code > 0 ? 0.5 * (values[code] - values[code - 1]) : 0.5 * (values[1] - values[0]);
            var above = code < values.Length - 1 ? 0.5 * (values[code + 1] - values[code]) : below;
            var place = random.NextDouble();
            return values[code] - below + (place * (below + above));
        });
    }
}
