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
    private int _calls;

    private Browser(Process process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page asked for, addresses of data and of the page itself aside.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors that scripts threw, and what the policy of the page forbade.</summary>
    public List<string> Errors { get; } = [];

    // Nothing that a test waits for takes longer, however busy the machine is; a test never waits for ever.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Opens a file.</summary>
    /// <param name="page">The HTML file.</param>
    /// <param name="scripts">Whether scripts run.</param>
    public static async Task<Browser> Open(string page, bool scripts = true)
    {
        return await Started([], async browser =>
        {
            await browser.Call("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !scripts });
            await browser.Go(new Uri(page).AbsoluteUri);
            await browser.Until("location.protocol + document.readyState", "file:complete");
        });
    }

    /// <summary>Visits an address, and waits until the page says that it is idle.</summary>
    /// <param name="address">The address.</param>
    /// <param name="width">Width of the window.</param>
    /// <param name="height">Its height.</param>
    /// <param name="arguments">Further arguments of Chromium.</param>
    public static async Task<Browser> Visit(string address, int width = 1280, int height = 720, params string[] arguments)
    {
        return await Started(arguments, async browser =>
        {
            await browser.Call(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject
                {
                    ["width"] = width,
                    ["height"] = height,
                    ["deviceScaleFactor"] = 1,
                    ["mobile"] = false,
                }
            );
            await browser.Go(address);
            await browser.Idle();
        });
    }

    // A page that does not come must not leave its browser behind.
    private static async Task<Browser> Started(string[] arguments, Func<Browser, Task> prepare)
    {
        var browser = await Start(arguments);
        var isReady = false;
        try
        {
            await prepare(browser);
            isReady = true;
            return browser;
        }
        finally
        {
            if (!isReady)
            {
                await browser.DisposeAsync();
            }
        }
    }

    /// <summary>Goes to an address.</summary>
    public Task Go(string address) => Call("Page.navigate", new JsonObject { ["url"] = address });

    /// <summary>Waits until the page has nothing to do, twice in a row.</summary>
    public async Task Idle()
    {
        await Until("document.body?.dataset.state", "idle");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await Until("document.body?.dataset.state", "idle");
    }

    /// <summary>Waits until an expression has a value, at most two minutes.</summary>
    public async Task Until(string expression, string value)
    {
        var since = TimeProvider.System.GetTimestamp();
        string found;
        while ((found = await Evaluate(expression)) != value)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(since) < Limit,
                $"{expression} is still '{found}', not '{value}'. {string.Join(' ', Errors)}"
            );
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Dark or light, as the system would say.</summary>
    public Task Prefer(string scheme, string motion = "no-preference") =>
        Call(
            "Emulation.setEmulatedMedia",
            new JsonObject
            {
                ["features"] = new JsonArray(
                    new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme },
                    new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = motion }
                ),
            }
        );

    private static async Task<Browser> Start(string[] arguments)
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
                .. arguments,
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
            await browser.Connect();
            foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
            {
                await browser.Call($"{domain}.enable");
            }
            hasBegun = true;
            return browser;
        }
        finally
        {
            // A browser that could not be spoken to would stay behind.
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

    private async Task Connect()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var token = limit.Token;
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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await _socket.SendAsync(message, WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            var answer = await Receive(limit.Token);
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

    private async Task<JsonNode> Receive(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellation);
            message.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }

    [GeneratedRegex(@"^DevTools listening on ws://[^:]+:(\d+)/")]
    private static partial Regex Port();
}
