using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Training;

namespace Galatent.Tests.Training;

/// <summary>Invented galaxies of four known parameters, curved in them, seen by a spectrograph of 3800-9200 Å at redshifts up to 0.5 that
/// have nothing to do with the parameters, with noise of various strength: small enough to train on within seconds.</summary>
internal sealed class MiniSurvey
{
    public const int Pixels = 126;
    public const int Parameters = 4;
    public const int Latent = 6;

    public static WavelengthGrid Grid { get; } = new([.. Enumerable.Range(0, Pixels).Select(i => 2600.0 + (50 * i))]);

    public static double[] Redshifts { get; } = [0, 0.1, 0.2, 0.3, 0.4, 0.5];

    public MiniSurvey(int count, ulong seed)
    {
        (Count, Truth, Redshift) = (count, new double[count * Parameters], new double[count]);
        Whole = new float[count * Pixels];
        for (var i = 0; i < count; i++)
        {
            var stream = new RandomStream(seed, "mini survey", (ulong)i);
            for (var k = 0; k < Parameters; k++)
            {
                Truth[(i * Parameters) + k] = stream.NextNormal();
            }
            Redshift[i] = 0.5 * stream.NextDouble();
            Galaxy(Truth.AsSpan(i * Parameters, Parameters)).CopyTo(Whole, i * Pixels);
        }
    }

    public int Count { get; }

    public double[] Truth { get; }

    public double[] Redshift { get; }

    /// <summary>Flux without noise and gaps.</summary>
    public float[] Whole { get; }

    /// <summary>1 in pixels that the spectrograph shows at a redshift.</summary>
    public static float[] Window(double redshift) =>
        [.. Grid.WavelengthAngstrom.Select(w => w * (1 + redshift) is >= 3800 and <= 9200 ? 1f : 0)];

    /// <summary>Spectra with noise, and inverse variances that are 0 where nothing is seen.</summary>
    /// <param name="noiseSeed">Another one repeats the observation.</param>
    /// <param name="redshift">Redshift of each galaxy's window.</param>
    public (float[] Flux, float[] Ivar) Observe(ulong noiseSeed, double[] redshift)
    {
        var (flux, ivar) = (new float[Whole.Length], new float[Whole.Length]);
        for (var i = 0; i < Count; i++)
        {
            var window = Window(redshift[i]);
            var strength = new RandomStream(7, "strength", (ulong)i);
            var sigma = 0.03 * Math.Pow(5, strength.NextDouble());
            var stream = new RandomStream(noiseSeed, "noise", (ulong)i);
            for (var j = 0; j < Pixels; j++)
            {
                var at = (i * Pixels) + j;
                flux[at] = window[j] > 0 ? (float)(Whole[at] + (sigma * stream.NextNormal())) : 0;
                ivar[at] = window[j] > 0 && stream.NextDouble() > 0.02 ? (float)(1 / (sigma * sigma)) : 0;
            }
        }
        return (flux, ivar);
    }

    /// <summary>Trains a small network as <c>quick</c> does, on spectra whose gaps are filled for its mean spectrum only.</summary>
    public static void Train(float[] flux, float[] ivar, string folder, bool maskChannel, AugmentationOptions augmentation, int epochs)
    {
        var count = flux.Length / Pixels;
        var filled = Filled(flux, ivar);
        var spectra = new SpectrumSet(Grid, filled, new double[count], [], new SpectrumProvenance("test", 1, "", 5000, 5500, "", ""));
        using var weights = new PixelWeightSource(ivar, Pixels);
        Trainer.Run(
            spectra,
            DataSplit.Random(count, 0.1, 1),
            TrainingOptions.ForPreset(TrainingOptions.Quick) with
            {
                Epochs = epochs,
                Beta = 2,
                Network = new NetworkOptions
                {
                    LatentDimensions = Latent,
                    Channels = [8, 8, 16, 16, 32, 32],
                    LinearPath = true,
                    MaskChannel = maskChannel,
                },
                Objective = ObjectiveList.Default with { PixelWeighting = PixelWeighting.InverseVariance },
                Augmentation = augmentation,
            },
            new ComputeOptions { Threads = 1 },
            folder,
            new TrainingContext(TimeProvider.System),
            weights
        );
    }

    /// <summary>Gaps filled with what components of these very spectra expect, in two rounds from the mean.</summary>
    public static float[] Filled(float[] flux, float[] ivar)
    {
        var count = flux.Length / Pixels;
        var mean = new double[Pixels];
        for (var j = 0; j < Pixels; j++)
        {
            var good = Enumerable.Range(0, count).Where(i => ivar[(i * Pixels) + j] > 0).ToArray();
            mean[j] = good.Length > 0 ? good.Average(i => (double)flux[(i * Pixels) + j]) : 1;
        }
        float[] filled = [.. flux.Select((f, at) => ivar[at] > 0 ? f : (float)mean[at % Pixels])];
        for (var round = 0; round < 2; round++)
        {
            var before = filled;
            var fill = Galatent.Spectra.Gaps.GapFill.Measure(
                (rows, to) =>
                {
                    for (var i = 0; i < rows.Length; i++)
                    {
                        before.AsSpan(rows[i] * Pixels, Pixels).CopyTo(to[(i * Pixels)..]);
                    }
                },
                count,
                Pixels
            );
            var next = (float[])flux.Clone();
            for (var i = 0; i < count; i++)
            {
                var known = ivar.AsSpan(i * Pixels, Pixels).ToArray();
                fill.Fill(next.AsSpan(i * Pixels, Pixels), Array.ConvertAll(known, w => (byte)(w > 0 ? 0 : 1)), known);
            }
            filled = next;
        }
        return filled;
    }

    // A tilted and bent continuum, a break at 4000 Å, and lines whose ratio depends on their strength.
    private static float[] Galaxy(ReadOnlySpan<double> p)
    {
        var flux = new float[Pixels];
        for (var j = 0; j < Pixels; j++)
        {
            var x = (Grid.WavelengthAngstrom[j] - 5250) / 2500;
            var continuum = Math.Exp((0.25 * p[0] * x) + (0.12 * p[1] * x * x));
            var step = 1 - (0.2 * (1 + Math.Tanh(p[2])) / (1 + Math.Exp(8 * (x + 0.5))));
            double Line(double at, double height) => height * Math.Exp(-0.5 * Math.Pow((Grid.WavelengthAngstrom[j] - at) / 60, 2));
            var strength = Math.Exp(0.5 * p[3]);
            var lines = Line(6563, 0.5 * strength) + Line(5007, 0.3 * strength * strength) + Line(3727, 0.3 * strength);
            flux[j] = (float)((continuum * step) + lines);
        }
        return flux;
    }
}
