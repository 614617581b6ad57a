using System.Globalization;
using Galatent.Explore.Data;
using Galatent.Latents.Dimensionality;
using Galatent.Numerics;

namespace Galatent.Explore.Site;

/// <summary>The input spectra of a site. Simulated ones are nearly linear in a few principal components, so these stand for them, two bytes
/// each. Noise does not compress: of observed spectra the first are kept exactly, and the page shows the reconstruction of the
/// others.</summary>
/// <param name="Remark">What is lost, in one sentence; empty when it cannot be seen.</param>
/// <param name="Tensors">The numbers.</param>
internal sealed record InputSpectra(string Remark, byte[] Tensors)
{
    private const ulong Seed = 1;

    // The components are measured on so many spectra, and judged on others.
    private const int Measured = 4000;
    private const int Judged = 500;

    // Of the reconstruction's squared error: then what is seen between input and reconstruction is the model's.
    private const double LargestShare = 0.02;
    private const int MostExact = 1000;

    private static readonly int[] Counts = [32, 64, 96];

    /// <summary>The spectra of a run.</summary>
    public static InputSpectra Of(ExploredRun run, CancellationToken cancellation) =>
        run.IsObserved || run.Pixels.HasError ? Some(run) : Components(run, cancellation);

    private static InputSpectra Components(ExploredRun run, CancellationToken cancellation)
    {
        var spectra = run.Pixels.Spectra;
        var width = spectra.Grid.Count;
        var rows = run.Order.Rows;
        var sample = rows[..Math.Min(Measured, rows.Length)];
        var judged = rows[^Math.Min(Judged, rows.Length)..];
        var measured = PrincipalComponents.Measure(spectra.Read, width, sample, Seed, Counts[^1], judging: judged);
        var worst = run.Models.Min(ReconstructionError);
        var count = Counts
            .Select(c => Math.Min(c, measured.Eigenvalues.Length))
            .FirstOrDefault(c => measured.SquaredError(c) < LargestShare * worst, Math.Min(Counts[^1], measured.Eigenvalues.Length));
        var places = PrincipalPlaces.Of(spectra, rows, measured, count, [], Environment.ProcessorCount, cancellation);
        var mean = Mean(run, sample);
        var centre = Along(mean, measured.Directions, count);
        var scores = new Half[places.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = (Half)(places[i] - centre[i % count]);
        }
        var error = measured.SquaredError(count);
        var tensors = new TensorFile()
            .Add("mean", Array.ConvertAll(mean, v => (float)v))
            .Add("vectors", Array.ConvertAll(measured.Directions[..(count * width)], v => (float)v), count, width)
            .Add("scores", scores, rows.Length, count)
            .ToBytes();
        var remark = string.Create(
            CultureInfo.InvariantCulture,
            $"Inputs: {count} principal components, squared error {error:G2} (best reconstruction: {worst:G2})."
        );
        return new InputSpectra(remark, tensors);
    }

    private static InputSpectra Some(ExploredRun run)
    {
        var rows = run.Order.Rows[..Math.Min(MostExact, run.Count)];
        var width = run.Pixels.Spectra.Grid.Count;
        var flux = new Half[rows.Length * width];
        var mask = new byte[flux.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var own = run.Pixels.Flux(rows[i]);
            Array.ConvertAll(own, v => (Half)Math.Clamp(v, -65000, 65000)).CopyTo(flux, i * width);
            run.Pixels.Mask(rows[i])?.CopyTo(mask, i * width);
        }
        var remark =
            rows.Length == run.Count
                ? ""
                : $"{rows.Length} of the {run.Count} input spectra are in the site; of the others it shows the reconstruction.";
        var tensors = new TensorFile().Add("flux", flux, rows.Length, width).Add("mask", mask, rows.Length, width).ToBytes();
        return new InputSpectra(remark, tensors);
    }

    private static double ReconstructionError(ExploredModel model) =>
        model.Table("spectra")?.Doubles(Data.ModelColumns.SquaredError).Average() ?? double.PositiveInfinity;

    private static double[] Mean(ExploredRun run, int[] rows)
    {
        var mean = new double[run.Pixels.Spectra.Grid.Count];
        foreach (var row in rows)
        {
            var flux = run.Pixels.Flux(row);
            for (var p = 0; p < mean.Length; p++)
            {
                mean[p] += flux[p] / (double)rows.Length;
            }
        }
        return mean;
    }

    // The mean's own scores: those of the spectra are stored as their distance from these.
    private static double[] Along(double[] mean, double[] directions, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(k => System.Numerics.Tensors.TensorPrimitives.Dot<double>(mean, directions.AsSpan(k * mean.Length, mean.Length))),
        ];
}
