using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Galatent.Explore.Server;

/// <summary>Replies of the kinds that the page asks for.</summary>
internal static class Replies
{
    /// <summary>The media type of numbers.</summary>
    public const string Bytes = "application/octet-stream";

    /// <summary>Numbers of a file that does not change while its hash stands in the address: the browser keeps them.</summary>
    public static Task Kept(HttpContext context, string tag, Func<byte[]> content)
    {
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Tagged(context, tag, content, Bytes);
    }

    /// <summary>Content that the browser asks about each time, and gets only when it has changed.</summary>
    public static Task Tagged(HttpContext context, string tag, Func<byte[]> content, string type)
    {
        if (context.Response.Headers.CacheControl.Count == 0)
        {
            context.Response.Headers.CacheControl = "private, no-cache";
        }
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return Send(context, content(), type);
    }

    /// <summary>An answer to a question of the moment.</summary>
    public static Task Fresh(HttpContext context, byte[] content)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Send(context, content, Bytes);
    }

    private static Task Send(HttpContext context, byte[] content, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }
}

/// <summary>A question to the simulator.</summary>
/// <param name="Model">Hash of the model that encodes.</param>
/// <param name="Row">The galaxy whose parameters hold where none is given.</param>
/// <param name="Parameters">Parameters with other values, by their names in files.</param>
/// <param name="Seq">Number of the question, given back with the answer: a page drops answers to old questions.</param>
internal sealed record SimulateRequest(string Model, int Row, Dictionary<string, double> Parameters, long Seq);

/// <summary>A question about the mean of some spectra.</summary>
/// <param name="Rows">Their rows.</param>
internal sealed record SelectionRequest(int[] Rows);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(SimulateRequest))]
[JsonSerializable(typeof(SelectionRequest))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ReplyJson : JsonSerializerContext;
