using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Galatent.Tests.Exports.Explorer;

/// <summary>A page in Chromium without a window, spoken to by the Chrome DevTools Protocol. Tests are skipped where there is no
/// Chromium.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    private static readonly string[] Programs =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly TemporaryFolder _profile;

    // A page that crashed answers no call; without an end the test would wait for ever.
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken
    );
    private int _calls;

    private Browser(Process process, TemporaryFolder profile)
    {
        (_process, _profile) = (process, profile);
        _patience.CancelAfter(TimeSpan.FromMinutes(5));
    }

    /// <summary>What the page asked for, addresses of data and of the page itself aside.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors that scripts threw, and what the policy of the page forbade.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Opens a file.</summary>
    /// <param name="page">The HTML file.</param>
    /// <param name="scripts">Whether scripts run.</param>
    public static async Task<Browser> Open(string page, bool scripts = true)
    {
        var program = Programs.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "There is no Chromium here (Debian: apt-get install chromium).");
        var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(
            program!,
            [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile.Path}",
                "about:blank",
            ]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var browser = new Browser(Process.Start(start)!, profile);
        var hasBegun = false;
        try
        {
            await browser.Begin(page, scripts);
            hasBegun = true;
            return browser;
        }
        finally
        {
            if (!hasBegun)
            {
                await browser.DisposeAsync();
            }
        }
    }

    /// <summary>The value of an expression, as text.</summary>
    public async Task<string> Evaluate(string expression)
    {
        var answer = await Call(
            "Runtime.evaluate",
            new JsonObject
            {
                ["expression"] = expression,
                ["returnByValue"] = true,
                ["awaitPromise"] = true,
            }
        );
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]?["value"]?.ToString() ?? "";
    }

    /// <summary>A key, pressed and let go.</summary>
    public async Task Press(string key, int code)
    {
        foreach (var type in new[] { "rawKeyDown", "keyUp" })
        {
            await Call(
                "Input.dispatchKeyEvent",
                new JsonObject
                {
                    ["type"] = type,
                    ["key"] = key,
                    ["code"] = key,
                    ["windowsVirtualKeyCode"] = code,
                }
            );
        }
    }

    /// <summary>The page as a PDF with an outline of its headings.</summary>
    /// <param name="widthInch">Width of the paper.</param>
    /// <param name="heightInch">Height of the paper.</param>
    public async Task<byte[]> Print(double widthInch, double heightInch)
    {
        var answer = await Call(
            "Page.printToPDF",
            new JsonObject
            {
                ["paperWidth"] = widthInch,
                ["paperHeight"] = heightInch,
                ["printBackground"] = true,
                ["generateTaggedPDF"] = true,
                ["generateDocumentOutline"] = true,
            }
        );
        return Convert.FromBase64String((string)answer["data"]!);
    }

    /// <summary>Lays the page out as for paper, at a width.</summary>
    /// <param name="pixels">Width of the text, CSS pixels.</param>
    public async Task AsOnPaper(int pixels)
    {
        await Call("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "print" });
        await Call(
            "Emulation.setDeviceMetricsOverride",
            new JsonObject
            {
                ["width"] = pixels,
                ["height"] = 1000,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = false,
            }
        );
    }

    /// <summary>Moves the pointer.</summary>
    public async Task Point(double x, double y) =>
        await Call(
            "Input.dispatchMouseEvent",
            new JsonObject
            {
                ["type"] = "mouseMoved",
                ["x"] = x,
                ["y"] = y,
            }
        );

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _patience.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        // Its children end a moment later, and one may still write into the profile.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                _profile.Dispose();
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task Begin(string page, bool scripts)
    {
        await Connect();
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
        {
            await Call($"{domain}.enable");
        }
        await Call("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !scripts });
        await Call("Page.navigate", new JsonObject { ["url"] = new Uri(page).AbsoluteUri });
        while (await Evaluate("location.protocol + document.readyState") != "file:complete")
        {
            await Task.Delay(50, _patience.Token);
        }
    }

    private async Task Connect()
    {
        var token = _patience.Token;
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(token);
            Assert.True(line is not null, "Chromium ended at once.");
        } while (!Port().IsMatch(line));
        // Read on, or Chromium would wait once its pipes are full.
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        using var http = new HttpClient();
        var tabs = await http.GetFromJsonAsync<JsonArray>($"http://127.0.0.1:{Port().Match(line).Groups[1].Value}/json", token);
        var tab = tabs!.First(t => (string)t!["type"]! == "page")!;
        await _socket.ConnectAsync(new Uri((string)tab["webSocketDebuggerUrl"]!), token);
    }

    private async Task<JsonObject> Call(string method, JsonObject? parameters = null)
    {
        var id = ++_calls;
        var message = JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["id"] = id,
                ["method"] = method,
                ["params"] = parameters ?? [],
            }
        );
        await _socket.SendAsync(message, WebSocketMessageType.Text, true, _patience.Token);
        while (true)
        {
            var answer = await Receive();
            if ((int?)answer["id"] == id)
            {
                Assert.True(answer["error"] is null, answer.ToJsonString());
                return answer["result"]!.AsObject();
            }
            Note((string?)answer["method"], answer["params"]);
        }
    }

    private void Note(string? method, JsonNode? parameters)
    {
        switch (method)
        {
            case "Network.requestWillBeSent" when (string)parameters!["request"]!["url"]! is var url:
                if (!url.StartsWith("data:", StringComparison.Ordinal) && url != (string?)parameters["documentURL"])
                {
                    Requests.Add(url);
                }
                break;
            case "Runtime.exceptionThrown":
                Errors.Add(parameters!.ToJsonString());
                break;
            case "Log.entryAdded" when (string?)parameters!["entry"]!["level"] == "error":
                Errors.Add(parameters.ToJsonString());
                break;
        }
    }

    private async Task<JsonNode> Receive()
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _patience.Token);
            message.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }

    [GeneratedRegex(@"^DevTools listening on ws://[^:]+:(\d+)/")]
    private static partial Regex Port();
}
