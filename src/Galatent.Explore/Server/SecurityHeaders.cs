using Microsoft.AspNetCore.Http;

namespace Galatent.Explore.Server;

/// <summary>What a browser is told with every reply.</summary>
internal static class SecurityHeaders
{
    /// <summary>Nothing from elsewhere acts or is loaded; an export has the same policy in its page.</summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; "
        + "base-uri 'none'; form-action 'none'";

    /// <summary>Adds them.</summary>
    public static void Add(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = $"{ContentPolicy}; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
