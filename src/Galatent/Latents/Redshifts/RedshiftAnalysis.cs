using System.Globalization;
using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Spectra.Gaps;

namespace Galatent.Latents.Redshifts;

/// <summary>How far the latents of a galaxy move when a survey sees it at other redshifts: the rest-frame spectra are cut to what the
/// window of SDSS shows at each, and encoded again. Nothing else changes: no noise, no resolution.</summary>
internal sealed class RedshiftAnalysis : ILatentAnalysis
{
    private const int MostSpectra = 2000;
    private const int Block = 64;

    private static readonly double[] Redshifts = [0, 0.1, 0.2, 0.3, 0.4, 0.5];

    public string Name => "redshift";

    public string Description => "how far latents of the same galaxy move when SDSS's window shows it at redshift 0 to 0.5";

    public bool IsDefault => false;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var inUse = input.RequireInUse(1);
        input.RequireSpectra();
        var rows = input.InformationRows() is var all && all.Length > MostSpectra ? all[..MostSpectra] : all;
        var fill = input.EncodeSeen is null ? GapFill.Measure(input.Spectra.Read, input.Spectra.Count, input.Spectra.Grid.Count) : null;
        var views = new LatentPosterior[Redshifts.Length];
        var seen = new double[Redshifts.Length];
        for (var k = 0; k < Redshifts.Length; k++)
        {
            (views[k], seen[k]) = View(input, rows, Redshifts[k], fill, cancellation);
            progress?.Report(new StepProgress(k + 1, Redshifts.Length));
        }
        double[][] Columns(Func<LatentPosterior, float[]> of, int d) =>
            [.. views.Select(v => Enumerable.Range(0, v.Count).Select(i => (double)of(v)[(i * v.Dimensions) + d]).ToArray())];
        LatentShift[] shifts = [.. inUse.Select(d => LatentShift.Of(Redshifts, Columns(v => v.Mu, d), Columns(v => v.LogVariance, d)))];
        return new AnalysisOutput(
            [new AnalysisTable(Name, Table(inUse, shifts)), new AnalysisTable(Name + "-views", Views(views, seen, inUse, shifts))],
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"between redshift 0 and 0.5 in SDSS's window the latents of {rows.Length} galaxies move by "
                        + $"{LatentShift.Together(shifts):G2} of their spread; the least of {shifts.Length} dimensions by "
                )
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"{shifts.Min(s => s.ShiftOverSpread):G2}, the most by {shifts.Max(s => s.ShiftOverSpread):G2}."
                    ),
            ]
        );
    }

    private static ResultTable Table(int[] inUse, LatentShift[] shifts) =>
        new(
            ["dimension", "spread", "posterior_sigma", "shift", "shift_over_spread", "shift_over_sigma", "slope_over_spread"],
            [
                .. inUse.Zip(shifts, (d, s) =>
                    (string[])
                        [
                            AnalysisResults.DimensionName(d),
                            ResultTable.Text(s.Spread),
                            ResultTable.Text(s.Sigma),
                            ResultTable.Text(s.Shift),
                            ResultTable.Text(s.ShiftOverSpread),
                            ResultTable.Text(s.ShiftOverSigma),
                            ResultTable.Text(s.Slope / s.Spread),
                        ]
                ),
            ]
        );

    // Differences from the first view, in units of each dimension's spread.
    private static ResultTable Views(LatentPosterior[] views, double[] seen, int[] inUse, LatentShift[] shifts) =>
        new(
            ["redshift", "share_of_pixels_seen", "rms_shift_over_spread", "rms_mean_shift_over_spread"],
            [
                .. Redshifts.Select(
                    (z, k) =>
                    {
                        var (all, common) = Difference(views[0], views[k], inUse, shifts);
                        return new[] { ResultTable.Text(z), ResultTable.Text(seen[k]), ResultTable.Text(all), ResultTable.Text(common) };
                    }
                ),
            ]
        );

    private static (double All, double Common) Difference(LatentPosterior first, LatentPosterior other, int[] inUse, LatentShift[] shifts)
    {
        var (all, common) = (0.0, 0.0);
        foreach (var (d, shift) in inUse.Zip(shifts))
        {
            double[] differences =
            [
                .. Enumerable
                    .Range(0, first.Count)
                    .Select(i => ((double)other.Mu[(i * other.Dimensions) + d] - first.Mu[(i * first.Dimensions) + d]) / shift.Spread),
            ];
            all += differences.Average(x => x * x) / inUse.Length;
            common += Math.Pow(differences.Average(), 2) / inUse.Length;
        }
        return (Math.Sqrt(all), Math.Sqrt(common));
    }

    private static (LatentPosterior View, double Seen) View(
        AnalysisInput input,
        int[] rows,
        double redshift,
        GapFill? fill,
        CancellationToken cancellation
    )
    {
        var grid = input.Spectra.Grid;
        var width = grid.Count;
        var inWindow = grid.WavelengthAngstrom.Select(w => SurveyWindow.Shows(w, redshift)).ToArray();
        var dimensions = input.Latents.Dimensions;
        var (mu, logVariance) = (new float[rows.Length * dimensions], new float[rows.Length * dimensions]);
        var total = 0.0;
        for (var start = 0; start < rows.Length; start += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = rows.AsSpan(start, Math.Min(Block, rows.Length - start));
            var flux = new float[part.Length * width];
            var good = new float[flux.Length];
            input.Spectra.Read(part, flux);
            for (var i = 0; i < part.Length; i++)
            {
                Mark(input.Spectra, part[i], inWindow, good.AsSpan(i * width, width));
                fill?.Fill(flux.AsSpan(i * width, width), Array.ConvertAll(good[(i * width)..((i + 1) * width)], g => (byte)(1 - g)), []);
            }
            total += good.Sum(g => (double)g);
            var posterior = input.EncodeSeen is { } encode ? encode(flux, good) : input.Encode(flux);
            posterior.Mu.CopyTo(mu, start * dimensions);
            posterior.LogVariance.CopyTo(logVariance, start * dimensions);
        }
        return (new LatentPosterior(rows.Length, dimensions, mu, logVariance), total / rows.Length / width);
    }

    // What is bad stays bad.
    private static void Mark(ISpectrumSource spectra, int row, bool[] inWindow, Span<float> good)
    {
        good.Fill(1);
        (spectra as FilledSpectra)?.ReadGood(row, good);
        for (var j = 0; j < good.Length; j++)
        {
            good[j] = inWindow[j] ? good[j] : 0;
        }
        if (!good.ContainsAnyExcept(0f))
        {
            throw new InputException(
                $"This analysis needs good pixels that SDSS's window (3800-9200 Å) shows, but spectrum {row} has none."
            );
        }
    }
}
