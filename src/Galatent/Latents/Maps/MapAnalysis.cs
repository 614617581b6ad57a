using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Numerics;

namespace Galatent.Latents.Maps;

/// <summary>A self-organising map of the posterior means in use, coloured by the median of each parameter.</summary>
internal sealed class MapAnalysis : ILatentAnalysis
{
    public string Name => "map";

    public string Description => "self-organising map of the latents, 15 x 15 units, with the medians of parameters";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(2);
        var latents = input.Latents;
        double[] points = [.. Enumerable.Range(0, latents.Count).SelectMany(i => inUse.Select(d => (double)latents.MeanOf(i)[d]))];
        var map = SelfOrganizingMap.Train(points, inUse.Length, new SelfOrganizingMapOptions(), input.Options.Threads, cancellation);
        var places = map.Place(points, input.Options.Threads, cancellation);
        // The map itself needs no parameters. Without them it is not coloured.
        var parameters = input.Spectra.Parameters.Count == 0 ? [] : ComparedParameters.Of(input.Spectra.Parameters);
        progress?.Report(new StepProgress(1, 1));
        return new AnalysisOutput(
            [
                new AnalysisTable(Name, Units(map, places, input.NamesInUse, parameters)),
                new AnalysisTable(Name + "-quality", Quality(map, places, parameters)),
            ],
            parameters.Length > 0 ? [] : ["the spectra have no known parameters, so the map has no medians of them."]
        );
    }

    private static ResultTable Units(SelfOrganizingMap map, MapPlaces places, string[] names, ParameterColumn[] parameters)
    {
        IReadOnlyList<double> Each(Func<int, double> value) => [.. Enumerable.Range(0, map.UnitCount).Select(value)];
        var counts = places.Counts(map.UnitCount);
        return ResultTable.Of([
            ("row", Each(u => u / map.Columns)),
            ("column", Each(u => u % map.Columns)),
            ("spectra", Each(u => counts[u])),
            .. names.Select((name, d) => (name, Each(u => map[u][d]))),
            .. parameters.Select(p => ("median_" + p.Name, (IReadOnlyList<double>)places.Medians(p.Values, map.UnitCount))),
        ]);
    }

    private static ResultTable Quality(SelfOrganizingMap map, MapPlaces places, ParameterColumn[] parameters) =>
        new(
            ["quantity", "value", "standard_error", "by_chance"],
            [
                Row("quantization_error", places.QuantizationError, double.NaN, double.NaN),
                Row(
                    "topographic_error",
                    places.TopographicError,
                    Math.Sqrt(places.TopographicError * (1 - places.TopographicError) / places.Units.Length),
                    map.ChanceOfApart()
                ),
                .. parameters.Select(p =>
                    Row(
                        "explained_variance_" + p.Name,
                        places.ExplainedVariance(p.Values, map.UnitCount),
                        places.ExplainedVarianceError(p.Values, map.UnitCount),
                        places.ExpectedByChance(map.UnitCount)
                    )
                ),
            ]
        );

    private static string[] Row(string quantity, double value, double error, double chance) =>
        [quantity, ResultTable.Text(value), ResultTable.Text(error), ResultTable.Text(chance)];
}
