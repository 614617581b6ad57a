using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Galatent.Tests.Exports.Explorer;

/// <summary>A page in the Chromium of this machine, without a window. Tests are skipped where there is no Chromium.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Programs =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    // One process of Playwright speaks to all browsers. It ends with the tests.
    private static readonly Lazy<Task<IPlaywright>> Driver = new(Playwright.CreateAsync);

    // Nothing that a test waits for takes longer, however busy the machine is; a test never waits for ever.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly IBrowser _browser;
    private readonly IPage _page;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private Browser(IBrowser browser, IPage page)
    {
        (_browser, _page) = (browser, page);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.IsNavigationRequest)
            {
                _requests.Enqueue(request.Url);
            }
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Enqueue(message.Text);
            }
        };
    }

    /// <summary>What the page asked for, addresses of data and of the page itself aside.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Errors that scripts threw, and what the policy of the page forbade.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Opens a file.</summary>
    /// <param name="page">The HTML file.</param>
    /// <param name="scripts">Whether scripts run.</param>
    public static Task<Browser> Open(string page, bool scripts = true) =>
        Started([], new BrowserNewContextOptions { JavaScriptEnabled = scripts }, browser => browser.Go(new Uri(page).AbsoluteUri));

    /// <summary>Visits an address, and waits until the page says that it is idle.</summary>
    /// <param name="address">The address.</param>
    /// <param name="width">Width of the window.</param>
    /// <param name="height">Its height.</param>
    /// <param name="arguments">Further arguments of Chromium.</param>
    public static Task<Browser> Visit(string address, int width = 1280, int height = 720, params string[] arguments) =>
        Started(
            arguments,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
            },
            async browser =>
            {
                await browser.Go(address);
                await browser.Idle();
            }
        );

    /// <summary>Goes to an address.</summary>
    public Task Go(string address) => Ended(_page.GotoAsync(address));

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
    public Task Prefer(ColorScheme scheme, ReducedMotion motion = ReducedMotion.NoPreference) =>
        _page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = motion });

    /// <summary>The value of an expression, as text.</summary>
    public async Task<string> Evaluate(string expression)
    {
        return await Ended(_page.EvaluateAsync<JsonElement?>(expression)) switch
        {
            { ValueKind: JsonValueKind.True } => "true",
            { ValueKind: JsonValueKind.False } => "false",
            { } value => value.ToString(),
            null => "",
        };
    }

    /// <summary>A key, pressed and let go.</summary>
    public Task Press(string key) => _page.Keyboard.PressAsync(key).WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>Moves the pointer.</summary>
    public Task Point(double x, double y) => _page.Mouse.MoveAsync((float)x, (float)y);

    /// <summary>The page as a PDF with an outline of its headings.</summary>
    /// <param name="widthInch">Width of the paper.</param>
    /// <param name="heightInch">Height of the paper.</param>
    public Task<byte[]> Print(double widthInch, double heightInch) =>
        Ended(
            _page.PdfAsync(
                new PagePdfOptions
                {
                    Width = FormattableString.Invariant($"{widthInch}in"),
                    Height = FormattableString.Invariant($"{heightInch}in"),
                    PrintBackground = true,
                    PreferCSSPageSize = false,
                    Tagged = true,
                    Outline = true,
                }
            )
        );

    /// <summary>Lays the page out as for paper, at a width.</summary>
    /// <param name="pixels">Width of the text, CSS pixels.</param>
    public async Task AsOnPaper(int pixels)
    {
        await _page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await _page.SetViewportSizeAsync(pixels, 1000);
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    // Playwright itself waits for ever for a script.
    private static Task<T> Ended<T>(Task<T> call) => call.WaitAsync(Limit, TestContext.Current.CancellationToken);

    // The driver is a program of its own, which not every system can start.
    private static async Task<IPlaywright> StartedDriver()
    {
        try
        {
            return await Driver.Value;
        }
        catch (PlaywrightException e)
        {
            Assert.Skip($"Playwright cannot start here: {e.Message}");
            throw;
        }
    }

    // A page that does not come must not leave its browser behind.
    private static async Task<Browser> Started(string[] arguments, BrowserNewContextOptions options, Func<Browser, Task> prepare)
    {
        var program = Programs.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "There is no Chromium here (Debian: apt-get install chromium).");
        var driver = await StartedDriver();
        var chromium = await driver.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", .. arguments],
                // Users have scroll bars, which take room.
                IgnoreDefaultArgs = ["--hide-scrollbars"],
                Timeout = (float)Limit.TotalMilliseconds,
            }
        );
        var isReady = false;
        try
        {
            var context = await chromium.NewContextAsync(options);
            context.SetDefaultTimeout((float)Limit.TotalMilliseconds);
            var browser = new Browser(chromium, await context.NewPageAsync());
            await prepare(browser);
            isReady = true;
            return browser;
        }
        finally
        {
            if (!isReady)
            {
                await chromium.DisposeAsync();
            }
        }
    }
}
