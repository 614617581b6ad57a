using Galatent.Files;
using Galatent.Latents;

namespace Galatent.Explore.Data;

/// <summary>The columns of one model: its dimensions in use, embeddings of them, and its scores.</summary>
internal static class ModelColumns
{
    /// <summary>Name of the reconstruction error.</summary>
    public const string SquaredError = "squared_error";

    /// <summary>Name before that of a dimension: its posterior standard deviation.</summary>
    public const string DeviationPrefix = "sd_";

    private static readonly string[] Roles = ["training", "held out"];

    /// <summary>All columns.</summary>
    public static ExploredColumn[] Of(ExploredRun run, ExploredModel model)
    {
        int[] dimensions = [.. model.InUse.OrderByDescending(d => model.KlNat[d])];
        var columns = new List<ExploredColumn>();
        columns.AddRange(dimensions.Select(d => Mean(model, d)));
        columns.AddRange(Principal(model));
        columns.AddRange(OnMap(run, model));
        columns.AddRange(Scores(run, model));
        columns.AddRange(dimensions.Select(d => Deviation(model, d)));
        return [.. columns];
    }

    private static ExploredColumn Mean(ExploredModel model, int d)
    {
        var name = AnalysisResults.DimensionName(d);
        var told = model.Information.Tells(name);
        return new(name, name, "", told.Length == 0 ? name : string.Join(", ", told.Select(t => t.Words)), ExploredColumn.Dimensions, () =>
            Column(model.Latents.Mu, model.Latents.Dimensions, d, v => v)
        );
    }

    private static ExploredColumn Deviation(ExploredModel model, int d)
    {
        var name = AnalysisResults.DimensionName(d);
        return new(DeviationPrefix + name, $"σ({name})", "", $"posterior deviation of {name}", ExploredColumn.Scores, () =>
            Column(model.Latents.LogVariance, model.Latents.Dimensions, d, v => MathF.Exp(0.5f * v))
        );
    }

    private static IEnumerable<ExploredColumn> Principal(ExploredModel model)
    {
        if (model.InUse.Length < 2)
        {
            return [];
        }
        var axes = new Lazy<float[][]>(() => PrincipalAxes.Of(model.Latents, model.InUse));
        return Enumerable
            .Range(0, PrincipalAxes.Count)
            .Select(a => new ExploredColumn(
                $"principal_{a + 1}",
                $"principal axis {a + 1}",
                "",
                $"principal axis {a + 1} of the latents",
                ExploredColumn.Embeddings,
                () => axes.Value[a]
            ));
    }

    // The unit of the self-organising map that is nearest to a galaxy, with the galaxies of a unit spread over its square.
    private static IEnumerable<ExploredColumn> OnMap(ExploredRun run, ExploredModel model)
    {
        if (model.Table("map") is not { } table || !model.InUse.All(d => table.IndexOf(AnalysisResults.DimensionName(d)) >= 0))
        {
            return [];
        }
        var places = new Lazy<(float[] X, float[] Y)>(() => MapPlacement.Of(table, model.Latents, model.InUse, run.Count));
        return
        [
            new("map_x", "map column", "", "self-organising map, column", ExploredColumn.Embeddings, () => places.Value.X),
            new("map_y", "map row", "", "self-organising map, row", ExploredColumn.Embeddings, () => places.Value.Y),
        ];
    }

    private static IEnumerable<ExploredColumn> Scores(ExploredRun run, ExploredModel model)
    {
        // A table of a million rows takes a second to read: that waits until somebody asks for it.
        if (model.HasTable("spectra"))
        {
            var errors = new Lazy<float[]>(() =>
                ByRow(model.Table("spectra")!, SquaredError, run.Count, v => (float)Math.Log10(Math.Max(v, 1e-30)))
            );
            yield return new(
                SquaredError,
                "log squared error",
                "",
                "log10 of the squared error of the reconstruction",
                ExploredColumn.Scores,
                () => errors.Value
            );
        }
        if (model.HasTable("outliers"))
        {
            var scores = new Lazy<float[]>(() => ByRow(model.Table("outliers")!, "score_nat", run.Count, v => (float)v));
            yield return new("outlier_score", "outlier score", "nat", "outlier score (held-out)", ExploredColumn.Scores, () =>
                scores.Value
            );
        }
        if (model.IsHeldOut(run.Count) is { } held)
        {
            yield return new("split", "split", "", "training or held out", ExploredColumn.Scores, () =>
                Array.ConvertAll(held, h => h ? 1f : 0f)
            )
            {
                Categories = Roles,
            };
        }
    }

    private static float[] ByRow(ResultTable table, string column, int count, Func<double, float> convert)
    {
        var values = new float[count];
        Array.Fill(values, float.NaN);
        var rows = table.Doubles("spectrum");
        var numbers = table.Doubles(column, mayBeUndefined: true);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= 0 && rows[i] < count)
            {
                values[(int)rows[i]] = convert(numbers[i]);
            }
        }
        return values;
    }

    private static float[] Column(float[] values, int width, int d, Func<float, float> convert)
    {
        var column = new float[values.Length / width];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = convert(values[(i * width) + d]);
        }
        return column;
    }
}
