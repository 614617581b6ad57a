using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Galatent.Explore.Data;
using Galatent.Explore.Physics;
using Galatent.Explore.Uploads;
using Galatent.Files;
using Galatent.Numerics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Galatent.Explore.Server;

/// <summary>The questions that the page asks. Names are looked up in dictionaries and rows are whole numbers: no text of a request becomes
/// part of a path.</summary>
internal sealed partial class ExplorerApi : IDisposable
{
    private const int MostWaiting = 200;
    private const int MostUploads = 2;
    private const int MostUploadsWaiting = 4;

    private readonly ExploredRun _run;
    private readonly PhysicsDesk _physics;
    private readonly UploadDesk _uploads;
    private readonly WorkGate _work;
    private readonly WorkGate _imports = new(MostUploads, MostUploadsWaiting);
    private readonly Lazy<byte[]> _description;

    public ExplorerApi(ExploredRun run, int threads)
    {
        _run = run;
        _work = new WorkGate(threads, MostWaiting);
        _physics = new PhysicsDesk(run, threads);
        _uploads = new UploadDesk(run, _physics, threads);
        _description = new(() => JsonSerializer.SerializeToUtf8Bytes(run.Describe(Capabilities()), ExploreJson.Default.RunDescription));
    }

    /// <summary>Reads and prepares what the first questions will need, so that they are answered at once.</summary>
    public void Prepare()
    {
        _ = _description.Value;
        _ = _run.Models[_run.Chosen].Stored;
        _physics.Prepare();
    }

    /// <summary>Answers a question.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parts">What stands between the slashes of its path, after <c>/api/</c>.</param>
    public Task Answer(HttpContext context, string[] parts) =>
        context.Request.Method switch
        {
            "GET" => Get(context, parts),
            "POST" => Post(context, parts),
            _ => NoQuestion(context),
        };

    // The next explorer at this port may show another run: what has no hash in its address is asked for again.
    private Task Get(HttpContext c, string[] parts) =>
        parts switch
        {
            ["run"] => Replies.Tagged(c, DescriptionTag, () => _description.Value, Json),
            ["order"] => Replies.Tagged(c, RunTag, () => new TensorFile().Add("row", _run.Order.Rows).ToBytes(), Replies.Bytes),
            ["identifiers"] => Replies.Tagged(c, RunTag, Identifiers, Json),
            ["columns", var hash, var name] => Column(c, hash, name),
            ["spectra", var row] => Row(c, row, r => Replies.Tagged(c, Tag($"s{r}"), () => _run.Pixels.Tensors(r), Replies.Bytes)),
            ["models", var hash, .. var rest] => _run.Model(hash) is { } model
                ? OfModel(c, model, rest)
                : NotFound(c, "There is no such model."),
            _ => NoQuestion(c),
        };

    private Task OfModel(HttpContext c, ExploredModel model, string[] parts) =>
        parts switch
        {
            ["decoder"] => Replies.Kept(c, Tag(model.Hash), () => DecoderFile.Exact(model.Stored)),
            ["information"] => Replies.Tagged(c, Tag(model.Hash), () => Information(model), Json),
            ["latents", var row] => Row(c, row, r => Latents(c, model, r)),
            ["usual"] => Working(c, () => _uploads.Prepare(model), b => Replies.Fresh(c, b)),
            _ => NoQuestion(c),
        };

    private Task Post(HttpContext c, string[] parts) =>
        parts switch
        {
            ["selection"] => Asked(c, ReplyJson.Default.SelectionRequest, q => SelectionMean.Of(_run, q.Rows)),
            ["simulate"] => Asked(c, ReplyJson.Default.SimulateRequest, q => _physics.Simulate(q)),
            ["derivatives"] => Asked(c, ReplyJson.Default.SimulateRequest, q => _physics.Derivatives(q)),
            ["uploads"] => Upload(c),
            _ => NoQuestion(c),
        };

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        _imports.Dispose();
        _physics.Dispose();
    }

    private const string Json = "application/json";

    private string RunTag => Tag(string.Concat(_run.Models.Select(m => m.Hash)));

    private string DescriptionTag => $"\"{Convert.ToHexString(Sha256Hash.Of(_description.Value))}\"";

    private Capabilities Capabilities() => new(true, _physics.WhyNot, "", _physics.Parameters);

    private string Tag(string name) => $"\"{_run.Hash}-{name}\"";

    private byte[] Identifiers() => JsonSerializer.SerializeToUtf8Bytes(_run.Identifiers, ReplyJson.Default.StringArray);

    private static byte[] Information(ExploredModel model) =>
        JsonSerializer.SerializeToUtf8Bytes(model.Information.Reply, ExploreJson.Default.InformationReply);

    private Task Column(HttpContext context, string hash, string name) =>
        _run.Column(hash, name) is { } column
            ? Working(
                context,
                () => new TensorFile().Add("values", _run.InOrder(column)).ToBytes(),
                b => Replies.Kept(context, $"\"{hash}-{column.Name}\"", () => b)
            )
            : NotFound(context, "There is no such column.");

    private static Task Latents(HttpContext context, ExploredModel model, int row)
    {
        var mu = model.Latents.MeanOf(row);
        var variance = model.Latents.LogVariance.AsSpan(row * mu.Length, mu.Length);
        var sigma = new float[mu.Length];
        for (var d = 0; d < sigma.Length; d++)
        {
            sigma[d] = MathF.Exp(0.5f * variance[d]);
        }
        var bytes = new TensorFile().Add("mu", mu).Add("sigma", sigma).ToBytes();
        return Replies.Kept(context, $"\"{model.Hash}-{row}\"", () => bytes);
    }

    private Task Row(HttpContext context, string text, Func<int, Task> answer) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row < _run.Count
            ? answer(row)
            : NotFound(context, "There is no such spectrum.");

    private static Task NoQuestion(HttpContext context) => NotFound(context, "There is no such question.");

    private static Task NotFound(HttpContext context, string sentence) =>
        new Refusal(StatusCodes.Status404NotFound, sentence).Write(context);

    private async Task Asked<T>(HttpContext context, JsonTypeInfo<T> type, Func<T, byte[]> answer)
        where T : class
    {
        if (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false) is { } question)
        {
            await Working(context, () => answer(question), b => Replies.Fresh(context, b)).ConfigureAwait(false);
        }
        else
        {
            await new Refusal(StatusCodes.Status400BadRequest, "The question is empty.").Write(context).ConfigureAwait(false);
        }
    }

    private async Task Working(HttpContext context, Func<byte[]> work, Func<byte[], Task> reply)
    {
        var bytes = await _work.Run(work, context.RequestAborted).ConfigureAwait(false);
        await (bytes is null ? TooMany(context) : reply(bytes)).ConfigureAwait(false);
    }

    private async Task Upload(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = UploadDesk.MostBytes;
        if (!UploadQuestion.TryRead(context.Request.Query, out var question))
        {
            var sentence = "redshift must be a number from 0 to 20, frame rest or observed.";
            await new Refusal(StatusCodes.Status400BadRequest, sentence).Write(context).ConfigureAwait(false);
            return;
        }
        var bytes = await _imports
            .Run(() => Body(context), content => _uploads.Take(content, question), context.RequestAborted)
            .ConfigureAwait(false);
        await (bytes is null ? TooMany(context) : Replies.Fresh(context, bytes)).ConfigureAwait(false);
    }

    private static async Task<byte[]> Body(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }

    private static Task TooMany(HttpContext context) =>
        new Refusal(StatusCodes.Status429TooManyRequests, "Too many requests are waiting; try again in a moment.").Write(context);

    /// <summary>Turns what a request did wrong into a refusal.</summary>
    public static async Task Guarded(HttpContext context, Func<Task> next)
    {
        Refusal refusal;
        try
        {
            await next().ConfigureAwait(false);
            return;
        }
        catch (InputException e)
        {
            refusal = new(StatusCodes.Status422UnprocessableEntity, WithoutPaths(e.Message));
        }
        catch (BadHttpRequestException e)
        {
            refusal = new(e.StatusCode, "The request is damaged, too slow or too large.");
        }
        catch (JsonException)
        {
            refusal = new(StatusCodes.Status400BadRequest, "The question is not the JSON that is expected.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        if (!context.Response.HasStarted)
        {
            await refusal.Write(context).ConfigureAwait(false);
        }
    }

    /// <summary>A sentence in which the paths of this machine are only names of files.</summary>
    public static string WithoutPaths(string sentence) => Folder().Replace(sentence, "'");

    [GeneratedRegex(@"'[^']*[/\\](?=[^'/\\]+')")]
    private static partial Regex Folder();
}
