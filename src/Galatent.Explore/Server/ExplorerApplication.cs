using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Galatent.Explore.Server;

/// <summary>What happens to a request: headers for the browser, the guard, then the page's files or an answer.</summary>
/// <param name="api">Answers questions.</param>
/// <param name="guard">Refuses what others send.</param>
internal sealed class ExplorerApplication(ExplorerApi api, RequestGuard guard) : IHttpApplication<HttpContext>
{
    /// <inheritdoc/>
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    /// <inheritdoc/>
    public void DisposeContext(HttpContext context, Exception? exception) { }

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(HttpContext context)
    {
        SecurityHeaders.Add(context.Response);
        if (guard.Verdict(context.Request) is { } refusal)
        {
            await refusal.Write(context).ConfigureAwait(false);
            return;
        }
        await ExplorerApi.Guarded(context, () => Answer(context)).ConfigureAwait(false);
    }

    private Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (RequestGuard.IsApi(context.Request))
        {
            return api.Answer(context, path.Split('/')[2..]);
        }
        return PageFiles.All.TryGetValue(path == "/" ? PageFiles.Index : path[1..], out var file)
            ? Replies.Tagged(context, file.Tag, () => file.Content, file.Type)
            : new Refusal(StatusCodes.Status404NotFound, "There is no such page.").Write(context);
    }
}
