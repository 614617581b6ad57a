using Galatent.App.Terminal;
using Galatent.Numerics;

namespace Galatent.Tests.App.Terminal;

public sealed class PagePrinterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A browser whose child still writes into the profile for half a second after it has ended.
    [Fact]
    public void A_child_that_still_writes_does_not_spoil_the_print()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The browser of this test is a shell script.");
        Browser(
            """
            for word in "$@"; do
              case "$word" in
                --user-data-dir=*) profile="${word#*=}";;
                --print-to-pdf=*) pdf="${word#*=}";;
              esac
            done
            printf '%%PDF-1.4' > "$pdf"
            (for i in 1 2 3 4 5 6 7 8 9 10; do mkdir -p "$profile/late" && : > "$profile/late/$i"; sleep 0.05; done) > /dev/null 2>&1 &
            """
        );
        File.WriteAllText(_folder.File("page.html"), "page");
        PagePrinter.Find(_folder.Path).Print(_folder.File("page.html"), _folder.File("page.pdf"));
        Assert.Equal("%PDF-1.4", File.ReadAllText(_folder.File("page.pdf")));
    }

    [Fact]
    public void A_browser_that_fails_leaves_no_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The browser of this test is a shell script.");
        Browser("exit 3");
        File.WriteAllText(_folder.File("page.html"), "page");
        var printer = PagePrinter.Find(_folder.Path);
        var fault = Assert.Throws<InputException>(() => printer.Print(_folder.File("page.html"), _folder.File("page.pdf")));
        Assert.Contains("code 3", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("page.pdf")));
    }

    private void Browser(string script)
    {
        var path = _folder.File("chromium");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
