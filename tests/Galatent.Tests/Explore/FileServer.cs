using System.Net;

namespace Galatent.Tests.Explore;

/// <summary>Any web server: gives the files of a folder as they are.</summary>
internal sealed class FileServer : IDisposable
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html",
        [".js"] = "text/javascript",
        [".css"] = "text/css",
        [".svg"] = "image/svg+xml",
        [".json"] = "application/json",
    };

    private readonly HttpListener _listener = new();

    public FileServer(string folder)
    {
        for (var port = 18_765; ; port++)
        {
            try
            {
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(Address = $"http://127.0.0.1:{port}/");
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (port < 18_900)
            {
                // Taken: the next one.
            }
        }
        _ = Serve(folder);
    }

    public string Address { get; private set; }

    public void Dispose() => _listener.Close();

    private async Task Serve(string folder)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var name = context.Request.Url!.AbsolutePath.Trim('/');
            var path = Path.Combine([folder, .. (name.Length == 0 ? "index.html" : name).Split('/')]);
            using var response = context.Response;
            response.StatusCode = File.Exists(path) ? 200 : 404;
            response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
            response.OutputStream.Write(File.Exists(path) ? File.ReadAllBytes(path) : []);
        }
    }
}
