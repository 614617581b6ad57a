using Microsoft.AspNetCore.Http;

namespace Galatent.Explore.Server;

/// <summary>Why a request is not answered: one sentence, without a path of this machine.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Sentence">For people.</param>
internal sealed record Refusal(int Status, string Sentence)
{
    /// <summary>Writes it as <c>application/problem+json</c> (RFC 9457).</summary>
    public Task Write(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(
            new Problem(Status, Sentence),
            ReplyJson.Default.Problem,
            "application/problem+json",
            context.RequestAborted
        );
    }
}

/// <summary>A refusal as JSON.</summary>
internal sealed record Problem(int Status, string Detail);
