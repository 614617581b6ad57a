using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Maps;
using Galatent.Numerics;

namespace Galatent.Explore.Data;

/// <summary>Where the galaxies lie on the self-organising map of an analysis.</summary>
internal static class MapPlacement
{
    /// <summary>Column and row of every galaxy. Those of one unit are spread at random over its square, so that their number is
    /// seen.</summary>
    public static (float[] X, float[] Y) Of(ResultTable table, LatentSet latents, int[] inUse, int count)
    {
        var columns = Array.ConvertAll(inUse, d => table.Doubles(AnalysisResults.DimensionName(d)));
        var rows = (int)table.Doubles("row").Max() + 1;
        var width = (int)table.Doubles("column").Max() + 1;
        double[] weights = [.. Enumerable.Range(0, table.Rows.Count).SelectMany(u => columns.Select(c => c[u]))];
        var map = SelfOrganizingMap.Of(rows, width, weights);
        var (x, y) = (new float[count], new float[count]);
        var point = new double[inUse.Length];
        var random = new RandomStream(1, "explorer map");
        for (var i = 0; i < count; i++)
        {
            var mean = latents.MeanOf(i);
            for (var d = 0; d < inUse.Length; d++)
            {
                point[d] = mean[inUse[d]];
            }
            var unit = map.Nearest(point).First;
            x[i] = (float)((unit % width) + random.NextDouble());
            y[i] = (float)((unit / width) + random.NextDouble());
        }
        return (x, y);
    }
}
