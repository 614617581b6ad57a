using Galatent.Latents.Analyses;
using Galatent.Latents.Reconstructions;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Spectra.Lines;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Indices;

/// <summary>Equivalent widths, D4000n and colours of reconstructions minus those of the inputs, on held-out spectra: errors in the field's
/// own numbers.</summary>
internal sealed class IndexAnalysis : ILatentAnalysis
{
    private const int Block = 256;

    public string Name => "spectral-indices";

    public string Description => "equivalent widths, D4000n and colours of reconstructions against inputs";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var unit = input.Spectra.Provenance.FluxUnit;
        var isPerHertz = SpectrumProvenance.IsPerHertz(unit)
            ?? throw new InputException(
                $"This analysis needs to know whether flux is per hertz or per ångström, but its unit is '{unit}'."
            );
        var measures = Measures(input.Spectra.Grid);
        if (measures.Length == 0)
        {
            throw new InputException(
                "This analysis needs pixels that cover D4000n, a line or the bands of a colour; these spectra run from "
                    + $"{input.Spectra.Grid.WavelengthAngstrom[0]:F0} to {input.Spectra.Grid.WavelengthAngstrom[^1]:F0} Å."
            );
        }
        var rows = input.Split.Validation.Length > 0 ? input.Split.Validation : input.Split.Training;
        double[][] truth = [.. measures.Select(_ => new double[rows.Length])];
        double[][] decoded = [.. measures.Select(_ => new double[rows.Length])];
        for (var first = 0; first < rows.Length; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            var own = rows.AsSpan(first, Math.Min(Block, rows.Length - first));
            var flux = new float[own.Length * input.Spectra.Grid.Count];
            input.Spectra.Read(own, flux);
            var means = LatentSet.Rows(input.Latents.Mu, own, input.Latents.Dimensions);
            Fill(truth, flux, first, measures, input.Spectra.Grid, isPerHertz);
            Fill(decoded, input.Decode(means, own.Length), first, measures, input.Spectra.Grid, isPerHertz);
            progress?.Report(new StepProgress(first + own.Length, rows.Length));
        }
        var classes = Classes(input, rows);
        var table = IndexRow.Columns.Table(
            measures.SelectMany((m, i) => classes.Select(c => Row(m, c.Name, c.Members, truth[i], decoded[i])))
        );
        var (emission, remarks) = Emission(input, rows, isPerHertz);
        return new AnalysisOutput([new AnalysisTable(Name, table), .. emission], remarks);
    }

    private (AnalysisTable[] Tables, string[] Remarks) Emission(AnalysisInput input, int[] rows, bool isPerHertz)
    {
        try
        {
            var found = EmissionTruth.Rows(input, rows, isPerHertz);
            return (found.Count == 0 ? [] : [new AnalysisTable(Name + "-emission", EmissionRow.Columns.Table(found))], []);
        }
        catch (InputException e)
        {
            return ([], [$"widths are not compared with the emission itself. {e.Message}"]);
        }
    }

    private static (string Name, int[] Members)[] Classes(AnalysisInput input, int[] rows)
    {
        int[] all = [.. Enumerable.Range(0, rows.Length)];
        if (ExampleSpectra.LogSsfr(input.Spectra.Parameters) is not { } activity)
        {
            return [("all", all)];
        }
        bool IsQuiescent(int i) => activity[rows[i]] < ExampleSpectra.QuiescentLogSsfr;
        return [("all", all), ("star-forming", [.. all.Where(i => !IsQuiescent(i))]), ("quiescent", [.. all.Where(IsQuiescent)])];
    }

    private static IndexRow Row(Measure measure, string name, int[] members, double[] truth, double[] decoded)
    {
        int[] defined = [.. members.Where(i => double.IsFinite(truth[i]) && double.IsFinite(decoded[i]))];
        var inputs = Array.ConvertAll(defined, i => truth[i]);
        var differences = Array.ConvertAll(defined, i => decoded[i] - truth[i]);
        return new IndexRow(
            measure.Name,
            measure.Unit,
            name,
            members.Length,
            members.Length - defined.Length,
            SampleMoments.Median(inputs),
            SampleMoments.RobustDeviation(inputs),
            SampleMoments.Median(differences),
            SampleMoments.RobustDeviation(differences)
        );
    }

    private static void Fill(double[][] values, float[] flux, int first, Measure[] measures, WavelengthGrid grid, bool isPerHertz)
    {
        var count = flux.Length / grid.Count;
        var other = new float[grid.Count];
        for (var i = 0; i < count; i++)
        {
            var spectrum = flux.AsSpan(i * grid.Count, grid.Count);
            spectrum.CopyTo(other);
            DerivedQuantities.Convert(grid, other, !isPerHertz);
            for (var m = 0; m < measures.Length; m++)
            {
                values[m][first + i] = measures[m].Of(grid, measures[m].IsPerHertz == isPerHertz ? spectrum : other);
            }
        }
    }

    private static Measure[] Measures(WavelengthGrid grid) =>
        [
            .. LineWindow
                .All.Where(w => w.IsInside(grid))
                .Select(w => new Measure("equivalent_width_" + w.Name, "angstrom", false, (g, f) => EquivalentWidth.Of(g, f, w).Value)),
            .. BreakStrength.IsInside(grid)
                ? [new Measure(GalaxyQuantities.BreakStrength.Name, "", true, (g, f) => BreakStrength.Of(g, f).Value)]
                : Array.Empty<Measure>(),
            .. BandColour.All.Where(c => c.IsInside(grid)).Select(c => new Measure(c.Name, "mag", true, c.Of)),
        ];

    private delegate double Measuring(WavelengthGrid grid, ReadOnlySpan<float> flux);

    private sealed record Measure(string Name, string Unit, bool IsPerHertz, Measuring Of);
}
