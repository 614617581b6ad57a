using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents.Reconstructions;

/// <summary>Where reconstructions fail, by wavelength and by line, beside principal components and the best linear VAE of as many
/// dimensions. The bright lines hold most of the variance, so that one number for all pixels hides the others.</summary>
internal sealed class ReconstructionAnalysis : ILatentAnalysis
{
    private const int Block = 256;

    /// <summary>Below this wavelength, in Å, a quiescent galaxy has hardly any light.</summary>
    private const double UltravioletAngstrom = 1500;

    // The tenth of the spectra with the lowest specific star-formation rate.
    private const int QuiescentPart = 10;

    private static readonly double[] BandEdgesAngstrom = [0, 1500, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, double.PositiveInfinity];

    private static readonly string[] Columns = ["network", "principal_components", "linear_vae"];

    public string Name => "reconstruction";

    public string Description => "R2 by wavelength and line, negative flux, quiescent ultraviolet, beside PCA and the linear VAE";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        var grid = input.Spectra.Grid;
        var components = Components(input);
        var mean = MeanOf(input, cancellation);
        var principal = LinearReconstruction.Principal(mean, components, inUse.Length);
        var linear = LinearReconstruction.OfVae(mean, components, inUse.Length, input.Results.Loss.Beta);
        int[] rows = input.Split.Validation.Length > 0 ? input.Split.Validation : input.Split.Training;
        var quiescent = Quiescent(input.Spectra, rows);
        var ultraviolet = grid.Range(0, Math.BitDecrement(UltravioletAngstrom)).End;
        // The last is the input itself: simulated spectra have no negative flux, observed ones may.
        ReconstructionTally[] tallies =
        [
            .. Enumerable.Range(0, Columns.Length + 1).Select(_ => new ReconstructionTally(grid.Count, ultraviolet)),
        ];
        for (var first = 0; first < rows.Length; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = first;
            var own = rows.AsSpan(first, Math.Min(Block, rows.Length - first));
            var flux = new float[own.Length * grid.Count];
            input.Spectra.Read(own, flux);
            var network = input.Decode(LatentSet.Rows(input.Latents.Mu, own, input.Latents.Dimensions), own.Length);
            float[][] models = [network, principal.Of(flux), linear.Of(flux), flux];
            for (var m = 0; m < models.Length; m++)
            {
                tallies[m].Add(flux, models[m], i => quiescent[start + i]);
            }
            progress?.Report(new StepProgress(first + own.Length, rows.Length));
        }
        ReconstructionError[] errors = [.. tallies.Take(Columns.Length).Select(t => t.Error)];
        int[] dimensions = [inUse.Length, principal.Dimensions, linear.Dimensions];
        string[] remarks = [$"{rows.Length} held-out spectra, decoded posterior means; models of {inUse.Length} dimensions at most"];
        return new AnalysisOutput(
            new AnalysisTable(Name, Summary(tallies, errors, dimensions, grid) with { Remarks = remarks }),
            new AnalysisTable(Name + "-bands", Bands(grid, errors) with { Remarks = remarks }),
            new AnalysisTable(Name + "-lines", Lines(grid, errors) with { Remarks = remarks }),
            new AnalysisTable(Name + "-pixels", Pixels(grid, errors) with { Remarks = remarks })
        );
    }

    private static PrincipalComponents Components(AnalysisInput input) =>
        input.Results.Components is { } known && known.Variance.Length == input.Spectra.Grid.Count
            ? known
            : LinearData.Measure(
                input.Spectra.Read,
                input.Spectra.Grid.Count,
                input.Split,
                input.Options.Seed,
                input.Latents.Dimensions,
                [],
                input.Options.Threads
            );

    private static float[] MeanOf(AnalysisInput input, CancellationToken cancellation)
    {
        var pixels = input.Spectra.Grid.Count;
        var sum = new double[pixels];
        var rows = input.Split.Training;
        var flux = new float[Block * pixels];
        for (var first = 0; first < rows.Length; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            var own = rows.AsSpan(first, Math.Min(Block, rows.Length - first));
            input.Spectra.Read(own, flux.AsSpan(0, own.Length * pixels));
            for (var i = 0; i < own.Length * pixels; i++)
            {
                sum[i % pixels] += flux[i];
            }
        }
        return Array.ConvertAll(sum, s => (float)(s / rows.Length));
    }

    private static bool[] Quiescent(ISpectrumSource spectra, int[] rows)
    {
        var activity = ExampleSpectra.Activity(spectra);
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(i => activity[rows[i]]).ThenBy(i => i)];
        var isQuiescent = new bool[rows.Length];
        foreach (var i in order.Take(Math.Max(1, rows.Length / QuiescentPart)))
        {
            isQuiescent[i] = true;
        }
        return isQuiescent;
    }

    private static ResultTable Summary(ReconstructionTally[] tallies, ReconstructionError[] errors, int[] dimensions, WavelengthGrid grid)
    {
        string[] Row(string quantity, Func<int, double> ofModel, double ofInput) =>
            [quantity, .. Enumerable.Range(0, Columns.Length).Select(m => ResultTable.Text(ofModel(m))), ResultTable.Text(ofInput)];
        string[] Ratio(string suffix, double probability) =>
            Row(
                "quiescent_ultraviolet_ratio" + suffix,
                m => tallies[m].UltravioletRatio(probability),
                tallies[^1].UltravioletRatio(probability)
            );
        return new ResultTable(
            ["quantity", .. Columns, "input"],
            [
                Row("dimensions", m => dimensions[m], double.NaN),
                Row("squared_error", m => errors[m].MeanSquaredErrorPerSpectrum, 0),
                Row("unexplained_variance", m => errors[m].MeanSquaredErrorPerSpectrum / errors[m].TotalVariance, 0),
                Row("median_r2_of_pixels", m => MedianR2(errors[m], 0, grid.Count), 1),
                Row("lowest_r2_of_lines", m => LineR2.Lowest(LineR2.At(grid, errors[m]))?.R2 ?? double.NaN, 1),
                Row("spectra_with_negative_flux", m => tallies[m].NegativeSpectra, tallies[^1].NegativeSpectra),
                Row("pixels_with_negative_flux", m => tallies[m].NegativePixels, tallies[^1].NegativePixels),
                Row("quiescent_ultraviolet_spectra", m => tallies[m].UltravioletSpectra, tallies[^1].UltravioletSpectra),
                Ratio("", 0.5),
                Ratio("_16", 0.16),
                Ratio("_84", 0.84),
            ]
        );
    }

    private static ResultTable Bands(WavelengthGrid grid, ReconstructionError[] errors)
    {
        var total = errors[0].TotalVariance;
        var rows = new List<string[]>();
        for (var b = 1; b < BandEdgesAngstrom.Length; b++)
        {
            var (first, end) = grid.Range(BandEdgesAngstrom[b - 1], Math.BitDecrement(BandEdgesAngstrom[b]));
            if (first == end)
            {
                continue;
            }
            int[] defined = [.. Enumerable.Range(first, end - first).Where(p => double.IsFinite(errors[0].R2(p)))];
            var worst = defined.Length > 0 ? defined.MinBy(p => errors[0].R2(p)) : -1;
            double[] numbers =
            [
                grid.WavelengthAngstrom[first],
                grid.WavelengthAngstrom[end - 1],
                end - first,
                errors[0].Variance[first..end].Sum() / total,
                .. errors.Select(e => MedianR2(e, first, end)),
                worst < 0 ? double.NaN : grid.WavelengthAngstrom[worst],
                .. errors.Select(e => worst < 0 ? double.NaN : e.R2(worst)),
            ];
            rows.Add(Array.ConvertAll(numbers, v => ResultTable.Text(v)));
        }
        return new ResultTable(
            [
                "low_angstrom",
                "high_angstrom",
                "pixels",
                "variance_share",
                .. Columns.Select(c => c + "_median_r2"),
                "worst_angstrom",
                .. Columns.Select(c => c + "_worst_r2"),
            ],
            rows
        );
    }

    private static double MedianR2(ReconstructionError error, int first, int end) =>
        SampleMoments.Median([.. Enumerable.Range(first, end - first).Select(error.R2).Where(double.IsFinite)]);

    private static ResultTable Lines(WavelengthGrid grid, ReconstructionError[] errors)
    {
        var total = errors[0].TotalVariance;
        return new ResultTable(
            ["line", "wavelength_angstrom", "variance_share", .. Columns.Select(c => c + "_r2")],
            [
                .. LineR2
                    .At(grid, errors[0])
                    .Select(line =>
                        (string[])
                            [
                                line.Label,
                                ResultTable.Text(line.WavelengthAngstrom),
                                ResultTable.Text(line.Variance / total),
                                .. errors.Select(e => ResultTable.Text(e.R2(grid.Nearest(line.WavelengthAngstrom)))),
                            ]
                    ),
            ]
        );
    }

    private static ResultTable Pixels(WavelengthGrid grid, ReconstructionError[] errors) =>
        ResultTable.Of([
            ("wavelength_angstrom", grid.WavelengthAngstrom),
            ("variance", errors[0].Variance),
            .. errors.Select((e, m) => (Columns[m] + "_r2", (IReadOnlyList<double>)[.. Enumerable.Range(0, grid.Count).Select(e.R2)])),
        ]);
}
