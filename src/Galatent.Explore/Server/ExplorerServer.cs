using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Galatent.Explore.Data;
using Galatent.Numerics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Galatent.Explore.Server;

/// <summary>The explorer of one run, on this machine's loopback address: a page, and answers to its questions.</summary>
public sealed class ExplorerServer : IAsyncDisposable
{
    private const int FirstPort = 8765;
    private const int PortsTried = 20;

    private readonly WebApplication _web;
    private readonly ExploredRun _run;
    private readonly ExplorerApi _api;

    private ExplorerServer(WebApplication web, ExploredRun run, ExplorerApi api, string name, AccessToken token)
    {
        (_web, _run, _api) = (web, run, api);
        Port = new Uri(web.Urls.First()).Port;
        Address = string.Create(CultureInfo.InvariantCulture, $"http://{name}:{Port}/");
        Token = token.Text;
        Ready = Task.Run(api.Prepare);
    }

    /// <summary>Where it listens, without the token.</summary>
    public string Address { get; }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>The secret that questions need.</summary>
    public string Token { get; }

    /// <summary>The address that a person opens. Browsers do not send what stands after #.</summary>
    public string AddressWithToken => $"{Address}#token={Token}";

    /// <summary>Ends when everything that first questions need has been read.</summary>
    public Task Ready { get; }

    /// <summary>Starts it.</summary>
    /// <param name="options">How it is served.</param>
    /// <param name="say">Receives errors of the program, one line each.</param>
    /// <exception cref="InputException">The run cannot be read, or the port is taken.</exception>
    public static async Task<ExplorerServer> Start(ExploreOptions options, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(options);
        var run = ExploredRun.Open(options.RunFolder);
        var api = new ExplorerApi(run, options.Threads);
        var isUp = false;
        try
        {
            var token = AccessToken.New();
            var name = options.ListenName ?? options.Listen?.ToString();
            var web = await Listening(options, api, new RequestGuard(token, name), say).ConfigureAwait(false);
            isUp = true;
            return new ExplorerServer(web, run, api, name ?? "127.0.0.1", token);
        }
        finally
        {
            if (!isUp)
            {
                api.Dispose();
                run.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Open connections are closed at once: a page asks again, and nothing is lost.
        using (var now = new CancellationTokenSource(TimeSpan.Zero))
        {
            await _web.StopAsync(now.Token).ConfigureAwait(false);
        }
        await _web.DisposeAsync().ConfigureAwait(false);
        // Stopping must not wait for what is still being prepared.
        if (Ready.IsCompleted)
        {
            Close();
        }
        else
        {
            _ = Ready.ContinueWith(_ => Close(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Close()
    {
        _api.Dispose();
        _run.Dispose();
    }

    private static async Task<WebApplication> Listening(ExploreOptions options, ExplorerApi api, RequestGuard guard, Action<string> say)
    {
        int[] ports = options.Port is { } only ? [only] : [.. Enumerable.Range(FirstPort, PortsTried), 0];
        foreach (var port in ports)
        {
            var web = Make(options, port, api, guard, say);
            try
            {
                await web.StartAsync().ConfigureAwait(false);
                return web;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                await web.DisposeAsync().ConfigureAwait(false);
                // An address that is not this machine's stays so at every port.
                if (options.Port is not null || e is SocketException)
                {
                    var place = options.Listen is { } address ? $"port {port} of {address}" : $"port {port}";
                    throw new InputException($"Cannot listen on {place} ({e.Message.TrimEnd('.')}); choose another with --port.", e);
                }
            }
        }
        throw new InputException("No port of this machine is free; close another program, or choose a port with --port.");
    }

    // An empty builder: no file of settings, no variable of the environment and no folder of the user decides what the server does.
    private static WebApplication Make(ExploreOptions options, int port, ExplorerApi api, RequestGuard guard, Action<string> say)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "galatent" });
        builder.Logging.AddProvider(new ErrorLog(say)).SetMinimumLevel(LogLevel.Error);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, port));
        var web = builder.Build();
        web.Use(
            async (context, next) =>
            {
                SecurityHeaders.Add(context.Response);
                if (guard.Verdict(context.Request) is { } refusal)
                {
                    await refusal.Write(context).ConfigureAwait(false);
                    return;
                }
                await ExplorerApi.Guarded(context, () => next(context)).ConfigureAwait(false);
            }
        );
        api.Map(web);
        foreach (var (name, file) in PageFiles.All)
        {
            web.MapMethods(name == PageFiles.Index ? "/" : $"/{name}", ["GET", "HEAD"], c =>
                Replies.Tagged(c, file.Tag, () => file.Content, file.Type)
            );
        }
        return web;
    }

    private static void Configure(KestrelServerOptions kestrel, ExploreOptions options, int port)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = 64 << 10;
        limits.MinRequestBodyDataRate = new MinDataRate(10_000, TimeSpan.FromSeconds(5));
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MaxConcurrentConnections = 400;
        limits.MaxRequestHeaderCount = 50;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestLineSize = 4 << 10;
        kestrel.Listen(options.Listen ?? IPAddress.Loopback, port);
    }
}
