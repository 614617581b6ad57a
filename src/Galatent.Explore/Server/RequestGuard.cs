using Microsoft.AspNetCore.Http;

namespace Galatent.Explore.Server;

/// <summary>
/// Which requests are answered. A web page elsewhere can make a browser send requests to this machine (cross-site), and can even
/// give its own host name this machine's address (DNS rebinding). So the name, the origin and the token are all checked.
/// </summary>
/// <param name="token">The secret.</param>
/// <param name="listenName">A name beside those of loopback; null for none.</param>
internal sealed class RequestGuard(AccessToken token, string? listenName)
{
    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Why a request is refused; null when it is answered.</summary>
    public Refusal? Verdict(HttpRequest request)
    {
        var isApi = IsApi(request);
        if (!IsOwn(request.Host))
        {
            return new(
                StatusCodes.Status421MisdirectedRequest,
                "This explorer is not reached under that name; use the address it printed."
            );
        }
        if (request.Headers.Origin is { Count: > 0 } origin && origin != $"http://{request.Host.Value}")
        {
            return new(StatusCodes.Status403Forbidden, "Requests of other pages are refused.");
        }
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && (isApi || !IsPageLoad(request, site!)))
        {
            return new(StatusCodes.Status403Forbidden, "Requests from other pages are refused.");
        }
        if (!isApi)
        {
            return request.Method is "GET" or "HEAD" ? null : new(StatusCodes.Status405MethodNotAllowed, "Only GET is answered here.");
        }
        if (!token.IsIn(request.Headers.Authorization.ToString()))
        {
            return new(StatusCodes.Status401Unauthorized, "The token is missing or wrong; open the address that the program printed.");
        }
        // A form of another page can send text/plain or multipart without asking; these two types it cannot.
        return request.Method != "POST" || MediaType(request) is "application/json" or "application/octet-stream"
            ? null
            : new(StatusCodes.Status415UnsupportedMediaType, "Send application/json or application/octet-stream.");
    }

    /// <summary>Whether it is a question, in letters of any case, and not a file of the page.</summary>
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private bool IsOwn(HostString host) =>
        OwnNames.Contains(host.Host, StringComparer.OrdinalIgnoreCase)
        || (listenName is not null && host.Host.Equals(listenName, StringComparison.OrdinalIgnoreCase));

    // A person who follows a link, or opens the file that leads here, comes from elsewhere. The page alone holds nothing secret, and must
    // not be shown inside another.
    private static bool IsPageLoad(HttpRequest request, string site) =>
        site == "none" || (request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document");

    private static string MediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}
