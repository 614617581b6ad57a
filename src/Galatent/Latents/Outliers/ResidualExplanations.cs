using System.Globalization;
using Galatent.Spectra;

namespace Galatent.Latents.Outliers;

/// <summary>
/// Explanations of a residual, each a weighted linear fit beside the model's own tangents (which may take part of it back): other strengths
/// of narrow lines, broad lines, broad features of any place, a red part that belongs to another galaxy, pixels of the night sky, and
/// single pixels.
/// </summary>
internal sealed class ResidualExplanations
{
    private const double SpeedOfLightKmPerS = 299792.458;

    // Two pixels of the study's grid, the width of its lines.
    private const double NarrowSigmaAngstrom = 1.8;
    private static readonly double[] BroadSigmaKmPerS = [700, 1500, 3000];
    private static readonly double[] Broad = [2799.5, 4102.89, 4341.69, 4862.71, 6564.60];

    // A supernova near maximum has features of 50 to 200 Å.
    private const double FeatureSigmaAngstrom = 45;
    private const double FeatureStepAngstrom = 80;

    // Where arms or channels meet: the dichroic of SDSS and BOSS, and the joins of DESI's arms.
    private static readonly double[] Joins = [5780, 5850, 5900, 5950, 6000, 6050, 6100, 6150, 7570];

    private const double SpikeSigma = 5;
    private const double QuietSigma = 2.5;

    private readonly WavelengthGrid _grid;
    private readonly (string Label, float[] Column)[] _narrow;
    private readonly float[][][] _broad;
    private readonly (double Centre, float[] Column)[] _features;

    public ResidualExplanations(WavelengthGrid grid)
    {
        _grid = grid;
        _narrow =
        [
            .. SpectralLines
                .Emission.Where(l => SpectralLines.IsInside(l, grid))
                .Select(l => (SpectralLines.Label(l), Sum(l.WavelengthAngstrom, NarrowSigmaAngstrom, 0))),
        ];
        _broad = [.. BroadSigmaKmPerS.Select(s => Broad.Select(c => Sum([c], 0, s)).ToArray())];
        var count = (int)((grid.WavelengthAngstrom[^1] - grid.WavelengthAngstrom[0]) / FeatureStepAngstrom);
        _features =
        [
            .. Enumerable
                .Range(0, count)
                .Select(k => grid.WavelengthAngstrom[0] + ((k + 0.5) * FeatureStepAngstrom))
                .Select(c => (c, Sum([c], FeatureSigmaAngstrom, 0))),
        ];
    }

    /// <summary>All explanations of one spectrum.</summary>
    public IReadOnlyList<Explanation> Of(ObservedPixels spectrum, LatentFit fit)
    {
        var weights = spectrum.Weights(fit.Model);
        double[] residual = [.. spectrum.Flux.Select((x, j) => weights[j] > 0 ? x - fit.Model[j] : 0.0)];
        var pixels = new Pixels(weights, residual, fit, Math.Log(Math.Max(2, weights.Count(w => w > 0))));
        var own = Gain(pixels, []);
        return
        [
            NarrowLines(pixels, own),
            BroadLines(pixels, own),
            BroadFeatures(pixels, own),
            AnotherRedPart(pixels, own, spectrum.Redshift),
            NightSkyPixels(pixels, spectrum),
            Spikes(pixels),
        ];
    }

    private Explanation NarrowLines(Pixels p, double own)
    {
        var lines = _narrow.Where(l => IsSeen(l.Column, p.Weights)).ToArray();
        var gains = Gains(p, [.. lines.Select(l => l.Column)]);
        var strongest = lines.Zip(gains, (l, gain) => (l.Label, Gain: gain)).DefaultIfEmpty().MaxBy(l => l.Gain);
        return new Explanation(
            "narrow_lines",
            OutlierClass.Astrophysical,
            Gain(p, [.. lines.Select(l => l.Column)]) - own,
            lines.Length * p.PerNumber,
            strongest.Label ?? ""
        );
    }

    private Explanation BroadLines(Pixels p, double own)
    {
        var best = Enumerable
            .Range(0, _broad.Length)
            .Select(k => (Width: BroadSigmaKmPerS[k], Gain: Gain(p, [.. _broad[k].Where(c => IsSeen(c, p.Weights))]) - own))
            .MaxBy(b => b.Gain);
        return new Explanation(
            "broad_lines",
            OutlierClass.Astrophysical,
            best.Gain,
            (Broad.Length + 1) * p.PerNumber,
            string.Create(CultureInfo.InvariantCulture, $"lines of {2.355 * best.Width:F0} km/s full width")
        );
    }

    private Explanation BroadFeatures(Pixels p, double own)
    {
        var features = _features.Where(f => IsSeen(f.Column, p.Weights)).ToArray();
        var gains = Gains(p, [.. features.Select(f => f.Column)]);
        var strongest = features.Zip(gains, (f, gain) => (f.Centre, Gain: gain)).DefaultIfEmpty().MaxBy(f => f.Gain);
        return new Explanation(
            "broad_features",
            OutlierClass.Astrophysical,
            Gain(p, [.. features.Select(f => f.Column)]) - own,
            features.Length * p.PerNumber,
            string.Create(CultureInfo.InvariantCulture, $"near rest {strongest.Centre:F0} Å")
        );
    }

    private Explanation AnotherRedPart(Pixels p, double own, double redshift)
    {
        var best = (Join: double.NaN, Gain: 0.0);
        foreach (var join in Joins)
        {
            var from = WavelengthGrid.LowerBound(_grid.WavelengthAngstrom, join / (1 + redshift));
            float[] Red(float[] column) => [.. column.Select((v, j) => j >= from ? v : 0)];
            var red = Red(p.Fit.Model);
            if (!IsSeen(red, p.Weights) || p.Weights.AsSpan(0, from).IndexOfAnyExcept(0.0) < 0)
            {
                continue;
            }
            var gain = Gain(p, [red, .. p.Fit.Tangents.Select(Red)]) - own;
            best = gain > best.Gain ? (join, gain) : best;
        }
        return new Explanation(
            "splice",
            OutlierClass.Artefact,
            best.Gain,
            (p.Fit.Tangents.Length + 2) * p.PerNumber,
            string.Create(CultureInfo.InvariantCulture, $"step at observed {best.Join:F0} Å")
        );
    }

    private Explanation NightSkyPixels(Pixels p, ObservedPixels spectrum)
    {
        var stretch = 1 + spectrum.Redshift;
        var (best, sum, count) = ((Low: double.NaN, High: double.NaN), 0.0, 0);
        var most = 0.0;
        foreach (var range in NightSky.StrongLines.Concat(NightSky.Telluric))
        {
            var (first, end) = _grid.Range(range.LowAngstrom / stretch, range.HighAngstrom / stretch);
            var own = 0.0;
            for (var j = first; j < end; j++)
            {
                own += p.Weights[j] * p.Residual[j] * p.Residual[j];
                count += p.Weights[j] > 0 ? 1 : 0;
            }
            sum += own;
            (best, most) = own > most ? (range, own) : (best, most);
        }
        // Chance leaves one for each pixel, with a spread of the root of twice their number; three of them.
        return new Explanation(
            "night_sky",
            OutlierClass.Artefact,
            sum,
            count + (3 * Math.Sqrt(2.0 * count)) + p.PerNumber,
            string.Create(CultureInfo.InvariantCulture, $"observed {best.Low:F0}-{best.High:F0} Å")
        );
    }

    private Explanation Spikes(Pixels p)
    {
        var (gain, penalty, place, most) = (0.0, 0.0, -1, 0.0);
        double Significance(int j) => Math.Abs(p.Residual[j]) * Math.Sqrt(p.Weights[j]);
        for (var j = 3; j < p.Residual.Length - 3; j++)
        {
            var own = Significance(j);
            if (own > SpikeSigma && Significance(j - 3) < QuietSigma && Significance(j + 3) < QuietSigma)
            {
                gain += own * own;
                penalty += SpikeSigma * SpikeSigma;
                (place, most) = own > most ? (j, own) : (place, most);
            }
        }
        return new Explanation(
            "single_pixels",
            OutlierClass.Artefact,
            gain,
            penalty + p.PerNumber,
            place < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"rest {_grid.WavelengthAngstrom[place]:F0} Å")
        );
    }

    // What a fit of the model's tangents and further columns takes from chi².
    private static double Gain(Pixels p, float[][] columns) => Equations(p, columns).Gain();

    // What each column takes by itself beside the tangents.
    private static double[] Gains(Pixels p, float[][] columns) =>
        Equations(p, []).FurtherGains(p.Fit.Tangents, columns, p.Weights, p.Residual);

    private static WeightedEquations Equations(Pixels p, float[][] columns)
    {
        float[][] all = [.. p.Fit.Tangents, .. columns];
        var equations = new WeightedEquations(all.Length);
        equations.Add(all, p.Weights, p.Residual);
        for (var k = 0; k < p.Fit.Tangents.Length; k++)
        {
            equations.AddPrior(k, 1, 0);
        }
        return equations;
    }

    private static bool IsSeen(float[] column, double[] weights)
    {
        var (all, seen) = (0.0, 0.0);
        for (var j = 0; j < column.Length; j++)
        {
            all += Math.Abs(column[j]);
            seen += weights[j] > 0 ? Math.Abs(column[j]) : 0;
        }
        return seen > 0.3 * all;
    }

    private float[] Sum(double[] centres, double sigmaAngstrom, double sigmaKmPerS) =>
        [
            .. _grid.WavelengthAngstrom.Select(w =>
                (float)
                    centres.Sum(c =>
                    {
                        var distance = (w - c) / Math.Max(sigmaAngstrom, c * sigmaKmPerS / SpeedOfLightKmPerS);
                        return Math.Abs(distance) < 6 ? Math.Exp(-0.5 * distance * distance) : 0;
                    })
            ),
        ];

    private sealed record Pixels(double[] Weights, double[] Residual, LatentFit Fit, double PerNumber);
}
