using System.Globalization;
using System.Text.Json;
using Galatent.Explore.Data;
using Galatent.Explore.Physics;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;
using Galatent.Surveys;

namespace Galatent.Explore.Uploads;

/// <summary>
/// A spectrum of a person's own, through the same import as <c>galatent import</c>, then encoded and judged. The file lies in a folder of
/// its own that only this user can read, under a name of ours, as long as it is imported; nothing of it is kept.
/// </summary>
internal sealed class UploadDesk(ExploredRun run, PhysicsDesk engines, int threads)
{
    /// <summary>Largest file.</summary>
    public const long MostBytes = 64L << 20;

    private const int MostSpectra = 20;
    private const int ShownNeighbours = 10;

    // An import of one file takes a fraction of a second; one that takes this long is no spectrum.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, Lazy<JudgedModel>> _judged = run.Models.ToDictionary(
        m => m.Hash,
        m => new Lazy<JudgedModel>(() => new JudgedModel(run, m, engines.Engine(m), threads))
    );

    /// <summary>Measures what is usual for a model, some seconds, so that the first file does not wait for it.</summary>
    public byte[] Prepare(ExploredModel model)
    {
        _ = _judged[model.Hash].Value;
        return [];
    }

    /// <summary>Imports, encodes and judges a file.</summary>
    /// <exception cref="InputException">It holds no spectrum that can be used.</exception>
    public byte[] Take(byte[] content, UploadQuestion question)
    {
        if (content.Length == 0)
        {
            throw new InputException("The file is empty.");
        }
        InflatedSize.Require(content);
        var model = question.Model.Length == 0 ? run.Models[run.Chosen] : run.Model(question.Model);
        if (model is null)
        {
            throw new InputException("There is no such model.");
        }
        var folder = Directory.CreateTempSubdirectory("galatent-upload-");
        try
        {
            return Imported(folder.FullName, content, question, model);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private byte[] Imported(string folder, byte[] content, UploadQuestion question, ExploredModel model)
    {
        const string name = "spectrum";
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        var result = Path.Combine(folder, "imported.h5");
        var options = new SurveyOptions
        {
            Grid = run.Pixels.Spectra.Grid,
            IsRest = question.IsRest,
            SelectAll = true,
            LeastCoverage = 0,
            LeastRedshift = 0,
            KeepRepeats = true,
            AllowUncalibrated = true,
            Redshifts = question.Redshift is { } z ? Redshifts(folder, name, z) : null,
            Threads = threads,
        };
        ImportSummary summary;
        try
        {
            using var time = new CancellationTokenSource(MostTime);
            summary = SurveyImport.Run(result, [(path, true)], options, cancellation: time.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new InputException($"The import took longer than {MostTime.TotalSeconds:F0} seconds and was stopped.", e);
        }
        if (summary.Written == 0)
        {
            throw new InputException(WhyNothing(summary));
        }
        using var pixels = new PixelRows(result);
        model.Description.RequireAlike(pixels.Spectra);
        ImportedSpectrum[] written = [.. summary.Spectra.Where(s => s.IsWritten)];
        return Judged(model, pixels, written, Math.Min(written.Length, MostSpectra), summary.Remarks);
    }

    private byte[] Judged(ExploredModel model, PixelRows pixels, ImportedSpectrum[] written, int count, IReadOnlyList<string> remarks)
    {
        var judge = _judged[model.Hash].Value;
        var width = pixels.Spectra.Grid.Count;
        var (flux, filled, mask) = (new float[count * width], new float[count * width], new byte[count * width]);
        var error = new float[count * width];
        for (var i = 0; i < count; i++)
        {
            var at = i * width;
            pixels.Flux(i).CopyTo(flux, at);
            pixels.Mask(i)?.CopyTo(mask, at);
            (pixels.Error(i) ?? [.. Enumerable.Repeat(float.NaN, width)]).CopyTo(error, at);
            flux.AsSpan(at, width).CopyTo(filled.AsSpan(at));
            var weights = Array.ConvertAll(error[at..(at + width)], e => float.IsNaN(e) ? 0 : 1 / (e * e));
            judge.Fill(filled.AsSpan(at, width), mask.AsSpan(at, width), pixels.HasError ? weights : []);
        }
        var posterior = engines.Encode(model, filled, mask);
        var neighbours = new int[count * ShownNeighbours];
        var spectra = new UploadedSpectrum[count];
        for (var i = 0; i < count; i++)
        {
            var good = mask.AsSpan(i * width, width).Count((byte)0) / (double)width;
            spectra[i] = Judge(model, judge, posterior, i, written[i], good, neighbours.AsSpan(i * ShownNeighbours, ShownNeighbours));
        }
        var report = new UploadReport(spectra, written.Length - count, [.. remarks.Select(Server.ExplorerApi.WithoutPaths)]);
        return new TensorFile()
            .Note("report", JsonSerializer.Serialize(report, UploadJson.Default.UploadReport))
            .Add("flux", flux, count, width)
            .Add("filled", filled, count, width)
            .Add("error", error, count, width)
            .Add("mu", posterior.Mu, count, posterior.Dimensions)
            .Add("sigma", Array.ConvertAll(posterior.LogVariance, v => MathF.Exp(0.5f * v)), count, posterior.Dimensions)
            .Add("neighbours", neighbours, count, ShownNeighbours)
            .Add("mask", mask, count, width)
            .ToBytes();
    }

    private UploadedSpectrum Judge(
        ExploredModel model,
        JudgedModel judge,
        LatentPosterior posterior,
        int i,
        ImportedSpectrum spectrum,
        double good,
        Span<int> neighbours
    )
    {
        var d = posterior.Dimensions;
        var mu = posterior.Mu.AsSpan(i * d, d);
        var nearest = judge.Neighbours.Nearest(mu, LatentNeighbours.Looked);
        neighbours.Fill(-1);
        nearest.AsSpan(0, Math.Min(neighbours.Length, nearest.Length)).CopyTo(neighbours);
        var outlier = judge.Outlier(mu, posterior.LogVariance.AsSpan(i * d, d));
        static double? Known(double value) => double.IsFinite(value) ? value : null;
        return new UploadedSpectrum(
            spectrum.ObjectId,
            spectrum.Kind,
            Known(spectrum.Redshift),
            Known(spectrum.SignalToNoise),
            good,
            outlier?.Score,
            outlier?.PValue,
            Estimates(judge, nearest),
            [.. spectrum.Remarks.Select(Server.ExplorerApi.WithoutPaths), .. Reliability(model, outlier, good)]
        );
    }

    private EstimatedParameter[] Estimates(JudgedModel judge, int[] nearest) =>
        [
            .. ComparedParameters
                .Of(run.Pixels.Spectra.Parameters)
                .Where(p => Array.TrueForAll(p.Values, double.IsFinite))
                .Select(p => (Column: p, Estimate: judge.Neighbours.Estimate(nearest, p.Values)))
                .Select(p => new EstimatedParameter(
                    p.Column.Name,
                    GalaxyQuantities.WordsOf(p.Column.Name),
                    p.Column.Unit,
                    p.Estimate.Median,
                    p.Estimate.Low,
                    p.Estimate.High,
                    p.Estimate.Coverage
                )),
        ];

    private static IEnumerable<string> Reliability(ExploredModel model, (double Score, double PValue)? outlier, double good)
    {
        if (outlier is { PValue: < 0.01 } unusual)
        {
            yield return FormattableString.Invariant(
                $"Its latents are unusual among the spectra that trained the model (p = {unusual.PValue:G2}): "
            ) + "the parameters of its neighbours say little about it.";
        }
        if (good < 1)
        {
            var pixels = model.Description.WavelengthAngstrom.Length;
            yield return FormattableString.Invariant($"{100 * (1 - good):F0} % of the model's {pixels} pixels have no data; ")
                + (model.Description.Network.MaskChannel ? "the model was told which." : "the model saw them filled from what it decodes.");
        }
    }

    private static string Redshifts(string folder, string name, double redshift)
    {
        var path = Path.Combine(folder, "redshifts.csv");
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"file,redshift\n{name},{redshift:R}\n"));
        return path;
    }

    private static string WhyNothing(ImportSummary summary)
    {
        var first = summary.Spectra.Count > 0 ? summary.Spectra[0] : null;
        var why = first is null ? "it holds no spectrum" : Reason.InWords(first.Outcome);
        var detail = first is { Detail.Length: > 0 } ? $" ({first.Detail.TrimEnd('.')})" : "";
        var remedy = first?.Outcome == Reason.NoRedshift ? " Give the redshift, or say that the wavelengths are at rest." : "";
        return $"No spectrum could be used: {why}{detail}.{remedy}";
    }
}
