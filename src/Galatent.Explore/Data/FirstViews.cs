using System.Globalization;
using Galatent.Latents;

namespace Galatent.Explore.Data;

/// <summary>What the page shows before anything was chosen: the strongest pair of dimension and parameter.</summary>
internal static class FirstViews
{
    private const int MostCompared = 100_000;

    /// <summary>The first view of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="columns">Its columns.</param>
    public static FirstView Of(ExploredModel model, ExploredColumn[] columns)
    {
        string[] byKl = [.. model.InUse.OrderByDescending(d => model.KlNat[d]).Select(AnalysisResults.DimensionName)];
        var strongest = model.Information.Strongest();
        var x = strongest?.Dimension ?? byKl[0];
        var y = byKl.FirstOrDefault(d => d != x) ?? columns.First(c => c.Name != x).Name;
        return new FirstView(
            x,
            y,
            strongest?.Parameter ?? ModelColumns.SquaredError,
            Typical(model),
            strongest is { } pair
                ? model.Information.Sentences()[pair.Parameter]
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{byKl[0]} has the largest KL, {model.KlNat.Max():F1} nat; no parameter of these galaxies is known to share with it."
                )
        );
    }

    // The galaxy nearest to the median of every dimension in use, in units of its spread: no outlier, and near where most are. Of a million
    // galaxies, 100,000 evenly spaced ones have as typical a one.
    private static int Typical(ExploredModel model)
    {
        var latents = model.Latents;
        var step = Math.Max(1, latents.Count / MostCompared);
        var squares = new double[(latents.Count + step - 1) / step];
        foreach (var d in model.InUse)
        {
            double[] values = [.. Enumerable.Range(0, squares.Length).Select(i => (double)latents.Mu[(i * step * latents.Dimensions) + d])];
            var center = Numerics.SampleMoments.Median(values);
            var spread = Math.Max(Numerics.SampleMoments.Deviation(values), 1e-12);
            for (var i = 0; i < squares.Length; i++)
            {
                squares[i] += (values[i] - center) / spread * ((values[i] - center) / spread);
            }
        }
        return step * Array.IndexOf(squares, squares.Min());
    }
}
