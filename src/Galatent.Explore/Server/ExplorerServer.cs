using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Galatent.Explore.Data;
using Galatent.Numerics;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Galatent.Explore.Server;

/// <summary>The explorer of one run, on this machine's loopback address: a page, and answers to its questions.</summary>
public sealed class ExplorerServer : IAsyncDisposable
{
    private const int FirstPort = 8765;
    private const int PortsTried = 20;

    // Another program may take a free port before it is listened on.
    private const int FreePortsTried = 3;

    // A system may know IPv6 and have no such address, as containers do.
    private static readonly Lazy<bool> HasLoopback6 = new(() =>
    {
        if (!Socket.OSSupportsIPv6)
        {
            return false;
        }
        using var trial = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            trial.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private readonly KestrelServer _web;
    private readonly ExploredRun _run;
    private readonly ExplorerApi _api;

    private ExplorerServer(KestrelServer web, ExploredRun run, ExplorerApi api, string name, AccessToken token)
    {
        (_web, _run, _api) = (web, run, api);
        Port = new Uri(web.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
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
        _web.Dispose();
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

    private static async Task<KestrelServer> Listening(ExploreOptions options, ExplorerApi api, RequestGuard guard, Action<string> say)
    {
        int[] ports = options.Port is { } only ? [only] : [.. Enumerable.Range(FirstPort, PortsTried), .. new int[FreePortsTried]];
        foreach (var port in ports)
        {
            var web = Make(options, port == 0 && options.Listen is null ? FreePort() : port, say);
            try
            {
                await web.StartAsync(new ExplorerApplication(api, guard), CancellationToken.None).ConfigureAwait(false);
                return web;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                web.Dispose();
                // An address that is not this machine's stays so at every port.
                if (options.Port is not null || e is SocketException { SocketErrorCode: not SocketError.AddressAlreadyInUse })
                {
                    var place = options.Listen is { } address ? $"port {port} of {address}" : $"port {port}";
                    throw new InputException($"Cannot listen on {place} ({e.Message.TrimEnd('.')}); choose another with --port.", e);
                }
            }
        }
        throw new InputException("No port of this machine is free; close another program, or choose a port with --port.");
    }

    // Kestrel alone, without the host around it: no file of settings, no variable of the environment and no folder of the user decides what
    // it does, and a published galatent carries 5 MB of ASP.NET Core instead of 27.
    private static KestrelServer Make(ExploreOptions options, int port, Action<string> say)
    {
        var kestrel = new KestrelServerOptions();
        Configure(kestrel, options, port);
        var log = new ErrorLog(say);
        return new(Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), log), log);
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
        // Where localhost is ::1 first, as behind some ssh tunnels.
        if (options.Listen is null && HasLoopback6.Value)
        {
            kestrel.Listen(IPAddress.IPv6Loopback, port);
        }
    }

    // Port 0 would be another port at each address.
    private static int FreePort()
    {
        using var trial = new TcpListener(IPAddress.Loopback, 0);
        trial.Start();
        return ((IPEndPoint)trial.LocalEndpoint).Port;
    }
}
