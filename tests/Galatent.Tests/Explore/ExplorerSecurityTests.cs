using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Galatent.Explore.Server;
using Galatent.Explore.Uploads;
using Galatent.Numerics;

namespace Galatent.Tests.Explore;

/// <summary>Foreign pages, other users of the machine, and requests that are damaged or too large.</summary>
public sealed class ExplorerSecurityTests(ExploredFolder folder) : IClassFixture<ExploredFolder>, IAsyncLifetime
{
    private const int Minutes = 240_000;
    private const string Json = "Content-Type: application/json\r\n";

    private ExplorerServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await folder.Serve();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Request line and headers beside Host and Authorization, with the status that answers them; 0 for a closed
    /// connection.</summary>
    public static TheoryData<string, string, int> Requests =>
        new()
        {
            { "GET /api/run HTTP/1.1", "", 200 },
            { "GET /api/run HTTP/1.1", "Sec-Fetch-Site: same-origin\r\n", 200 },
            // Rebinding: a foreign name that leads to this machine.
            { "GET /api/run HTTP/1.1", "Host: evil.example\r\n", 421 },
            { "GET / HTTP/1.1", "Host: evil.example\r\n", 421 },
            { "GET /api/run HTTP/1.1", "Host: localhost.evil.example\r\n", 421 },
            { "GET /api/run HTTP/1.1", "Host: 127.0.0.1.evil.example\r\n", 421 },
            { "GET /api/run HTTP/1.1", "Host: \r\n", 421 },
            // Other pages, in the ways that checks of other programs let in.
            { "GET /api/run HTTP/1.1", "Origin: http://evil.example\r\n", 403 },
            { "GET /api/run HTTP/1.1", "Origin: null\r\n", 403 },
            { "GET /api/run HTTP/1.1", "Origin: http://127.0.0.1.evil.example\r\n", 403 },
            { "GET /api/run HTTP/1.1", "Origin: http://127.0.0.1\r\n", 403 },
            { "GET /api/run HTTP/1.1", "Sec-Fetch-Site: cross-site\r\n", 403 },
            { "GET /api/run HTTP/1.1", "Sec-Fetch-Site: same-site\r\n", 403 },
            { "GET /api/run HTTP/1.1", "Sec-Fetch-Site: none\r\n", 403 },
            { "GET /main.js HTTP/1.1", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n", 403 },
            { "GET / HTTP/1.1", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n", 403 },
            { "GET / HTTP/1.1", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n", 200 },
            // The token.
            { "GET /api/run HTTP/1.1", "Authorization: \r\n", 401 },
            { "GET /API/run HTTP/1.1", "Authorization: \r\n", 401 },
            { "GET /Api/spectra/0 HTTP/1.1", "Authorization: \r\n", 401 },
            { "GET /API/run HTTP/1.1", "Sec-Fetch-Site: cross-site\r\n", 403 },
            { "GET /api/run HTTP/1.1", "Authorization: Bearer 00000000000000000000000000000000\r\n", 401 },
            { "GET /api/run?token=00000000000000000000000000000000 HTTP/1.1", "Authorization: Basic eDp5\r\n", 401 },
            { "POST /api/simulate HTTP/1.1", $"Authorization: \r\n{Json}Content-Length: 0\r\n", 401 },
            // What forms of other pages can send.
            { "POST /api/simulate HTTP/1.1", "Content-Type: text/plain\r\nContent-Length: 0\r\n", 415 },
            { "POST /api/uploads HTTP/1.1", "Content-Type: multipart/form-data\r\nContent-Length: 0\r\n", 415 },
            { "POST /api/simulate HTTP/1.1", "Content-Length: 0\r\n", 415 },
            // Names that are no names.
            { "GET /api/columns/x/..%2f..%2fetc%2fpasswd HTTP/1.1", "", 404 },
            { "GET /api/columns/..%5c..%5c/run HTTP/1.1", "", 404 },
            { "GET /api/spectra/-1 HTTP/1.1", "", 404 },
            { "GET /api/spectra/99999999999999999999 HTTP/1.1", "", 404 },
            { "GET /api/spectra/../run.json HTTP/1.1", "", 404 },
            { "GET /..%2f..%2fetc/passwd HTTP/1.1", "", 404 },
            { "GET /appsettings.json HTTP/1.1", "", 404 },
            { "GET /%00 HTTP/1.1", "", 400 },
            { "GET http://evil.example/api/run HTTP/1.1", "", 400 },
            { "DELETE / HTTP/1.1", "", 405 },
            { "TRACE / HTTP/1.1", "", 405 },
            { "PUT /api/run HTTP/1.1", $"{Json}Content-Length: 0\r\n", 404 },
            { "OPTIONS /api/run HTTP/1.1", "Access-Control-Request-Method: GET\r\n", 404 },
            // Sizes.
            { "POST /api/simulate HTTP/1.1", $"{Json}Content-Length: 70000\r\n", 413 },
            { "POST /api/uploads HTTP/1.1", "Content-Type: application/octet-stream\r\nContent-Length: 70000000\r\n", 413 },
            { $"GET /{new string('a', 5000)} HTTP/1.1", "", 414 },
            { "GET / HTTP/1.1", $"X: {new string('a', 17000)}\r\n", 431 },
            { "GET / HTTP/1.1", string.Concat(Enumerable.Range(0, 60).Select(i => $"X{i}: 1\r\n")), 431 },
        };

    [Theory(Timeout = Minutes)]
    [MemberData(nameof(Requests))]
    public async Task A_hostile_request_is_refused_without_a_path(string line, string headers, int status)
    {
        var reply = await Ask(line, headers);
        Assert.StartsWith($"HTTP/1.1 {status} ", reply, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Run, reply, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control-Allow", reply, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Set-Cookie", reply, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\r\nServer:", reply, StringComparison.OrdinalIgnoreCase);
    }

    [Theory(Timeout = Minutes)]
    [InlineData("simulate", "{", 400)]
    [InlineData("simulate", "null", 400)]
    [InlineData("simulate", """{"model":"x","row":0,"parameters":{},"seq":1}""", 422)]
    [InlineData("simulate", """{"model":"x","row":-1,"parameters":{},"seq":1}""", 422)]
    [InlineData("simulate", """{"model":"x","row":0,"parameters":{},"seq":1,"path":"/etc"}""", 400)]
    [InlineData("simulate", """{"model":"MODEL","row":0,"parameters":{"log_z_gas":1e300},"seq":1}""", 422)]
    [InlineData("simulate", """{"model":"MODEL","row":0,"parameters":{"../x":1},"seq":1}""", 422)]
    [InlineData("simulate", """{"model":"MODEL","row":0,"parameters":null,"seq":1}""", 400)]
    [InlineData("selection", """{"rows":[]}""", 422)]
    [InlineData("selection", """{"rows":[300]}""", 422)]
    [InlineData("selection", """{"rows":["1"]}""", 400)]
    [InlineData("uploads?redshift=NaN", "x", 400)]
    [InlineData("uploads?frame=../x", "x", 400)]
    [InlineData("uploads", "no spectrum at all", 422)]
    [InlineData("uploads", "", 422)]
    public async Task A_wrong_question_is_refused_in_one_sentence(string path, string body, int expected)
    {
        using var client = new ExplorerClient(_server);
        var model = (await client.Json("api/run")).GetProperty("models")[0].GetProperty("hash").GetString();
        var type = path.StartsWith("uploads", StringComparison.Ordinal) ? "application/octet-stream" : "application/json";
        var text = body.Replace("MODEL", model, StringComparison.Ordinal);
        var (status, reply) = await client.Post($"api/{path}", Encoding.UTF8.GetBytes(text), type);
        var sentence = Encoding.UTF8.GetString(reply);
        Assert.True(status == expected, $"{status}: {sentence}");
        Assert.Contains("\"detail\":", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Run, sentence, StringComparison.Ordinal);
    }

    [Fact(Timeout = Minutes)]
    public async Task Every_reply_tells_the_browser_what_may_act()
    {
        foreach (var line in new[] { "GET / HTTP/1.1", "GET /api/run HTTP/1.1", "GET /nothing HTTP/1.1" })
        {
            var reply = await Ask(line, "");
            Assert.Contains("Content-Security-Policy: default-src 'none'; script-src 'self';", reply, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", reply, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", reply.Split("\r\n\r\n")[0], StringComparison.Ordinal);
            Assert.Contains("X-Content-Type-Options: nosniff", reply, StringComparison.Ordinal);
            Assert.Contains("Referrer-Policy: no-referrer", reply, StringComparison.Ordinal);
            Assert.Contains("Cross-Origin-Resource-Policy: same-origin", reply, StringComparison.Ordinal);
            Assert.Contains("Cross-Origin-Opener-Policy: same-origin", reply, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Minutes)]
    public async Task Only_this_machine_is_answered_and_tokens_are_128_random_bits()
    {
        Assert.Matches("^[0-9a-f]{32}$", _server.Token);
        await using var other = await folder.Serve();
        Assert.NotEqual(_server.Token, other.Token);
        Assert.NotEqual(_server.Port, other.Port);
        var outside = Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork).FirstOrDefault(a => !IPAddress.IsLoopback(a));
        Assert.SkipWhen(outside is null, "This machine has no other address.");
        using var socket = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() =>
            socket.ConnectAsync(outside, _server.Port, TestContext.Current.CancellationToken).AsTask()
        );
    }

    // ssh -L PORT:localhost:PORT reaches ::1 where localhost is that first. The same token is needed, and no other machine is answered.
    [Fact(Timeout = Minutes)]
    public async Task Loopback_of_IPv6_is_answered_too()
    {
        Assert.SkipWhen(!Loopbacks().Contains(IPAddress.IPv6Loopback), "This machine has no ::1.");
        using var http = new HttpClient();
        var address = $"http://[::1]:{_server.Port}/";
        using var page = await http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var refused = await http.GetAsync(new Uri(address + "api/run"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "api/run");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _server.Token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static IEnumerable<IPAddress> Loopbacks() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(n => n.NetworkInterfaceType == NetworkInterfaceType.Loopback)
            .SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address);

    [Fact(Timeout = Minutes)]
    public async Task A_taken_port_is_an_error_in_one_sentence()
    {
        var options = new ExploreOptions(folder.Run) { Port = _server.Port };
        var e = await Assert.ThrowsAsync<InputException>(() => ExplorerServer.Start(options, _ => { }));
        Assert.Contains("--port", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Minutes)]
    public async Task A_file_that_a_browser_has_is_not_sent_again()
    {
        using var client = new ExplorerClient(_server);
        using var first = await client.Send(new HttpRequestMessage(HttpMethod.Get, "main.js"));
        var request = new HttpRequestMessage(HttpMethod.Get, "main.js");
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        using var second = await client.Send(request);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public void A_small_file_that_unpacks_to_a_huge_one_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[3 << 20]);
        }
        InflatedSize.Require(packed.ToArray(), 4 << 20);
        var e = Assert.Throws<InputException>(() => InflatedSize.Require(packed.ToArray(), 2 << 20));
        Assert.Contains("2 MB", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Minutes)]
    public async Task Work_that_waits_is_limited()
    {
        using var gate = new WorkGate(1, 1);
        using var go = new ManualResetEventSlim();
        var cancellation = TestContext.Current.CancellationToken;
        string Slow()
        {
            go.Wait(ExplorerClient.Limit, cancellation);
            return "done";
        }
        var (first, second) = (gate.Run(Slow, cancellation), gate.Run(Slow, cancellation));
        Assert.Null(await gate.Run(Slow, cancellation));
        go.Set();
        Assert.All(await Task.WhenAll(first, second), answer => Assert.Equal("done", answer));
        Assert.Equal("done", await gate.Run(() => "done", cancellation));
    }

    // A file may have 64 MB: who sends one counts from the first byte, not from when all of it lies in memory.
    [Fact(Timeout = Minutes)]
    public async Task Uploads_that_are_still_being_sent_are_limited_too()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var slow = new List<TcpClient>();
        using var client = new ExplorerClient(_server);
        Task<(int Status, byte[] Body)> Whole() => client.Post("api/uploads", "no spectrum"u8.ToArray(), "application/octet-stream");
        try
        {
            var head =
                $"POST /api/uploads HTTP/1.1\r\nHost: 127.0.0.1:{_server.Port}\r\nAuthorization: Bearer {_server.Token}\r\n"
                + "Content-Type: application/octet-stream\r\nContent-Length: 60000000\r\n\r\n";
            var status = 0;
            for (var started = DateTime.UtcNow; status != 429 && DateTime.UtcNow - started < ExplorerClient.Limit; )
            {
                // The server ends those that send nothing for some seconds, so there are always fresh ones.
                var one = new TcpClient();
                slow.Add(one);
                await one.ConnectAsync(IPAddress.Loopback, _server.Port, cancellation);
                await one.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + "begin"), cancellation);
                status = (await Whole()).Status;
                Assert.True(status is 422 or 429, $"{status}");
            }
            Assert.Equal(429, status);
        }
        finally
        {
            slow.ForEach(s => s.Dispose());
        }
        for (var started = DateTime.UtcNow; (await Whole()).Status != 422; )
        {
            Assert.True(DateTime.UtcNow - started < ExplorerClient.Limit, "places of those who left are not free again");
            await Task.Delay(50, cancellation);
        }
    }

    [Fact]
    public void Sentences_lose_the_folders_of_this_machine()
    {
        Assert.Equal("'a.fits' is damaged, see 'b'.", ExplorerApi.WithoutPaths("'/home/x y/a.fits' is damaged, see 'b'."));
        Assert.Equal("'a.h5' is old.", ExplorerApi.WithoutPaths(@"'C:\data\a.h5' is old."));
    }

    // A busy machine may take longer for the headers than the server waits; then it is asked again.
    private async Task<string> Ask(string line, string headers)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await AskOnce(line, headers);
            }
            catch (IOException) when (attempt < 3)
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }
    }

    // Byte by byte, as no client library would send it.
    private async Task<string> AskOnce(string line, string headers)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ExplorerClient.Limit);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Port, limit.Token);
        var own = headers.Contains("Host:", StringComparison.Ordinal) ? "" : $"Host: 127.0.0.1:{_server.Port}\r\n";
        var token = headers.Contains("Authorization:", StringComparison.Ordinal) ? "" : $"Authorization: Bearer {_server.Token}\r\n";
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n{own}{token}{headers}Connection: close\r\n\r\n"), limit.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(limit.Token);
    }
}
