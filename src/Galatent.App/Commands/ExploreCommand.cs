using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Explore.Server;
using Galatent.Explore.Site;
using Galatent.Numerics;

namespace Galatent.App.Commands;

/// <summary><c>galatent explore</c>: a page in the browser on which a run is explored.</summary>
internal static class ExploreCommand
{
    private const int LargestPort = 65535;

    public static Command Create()
    {
        var run = new Argument<string>("run")
        {
            Description = "The run folder; its models must have been analysed.",
            DefaultValueFactory = _ => "galatent-run",
        };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only print the address." };
        var port = new Option<int?>("--port")
        {
            Description = "The port; by default the first free one of 8765 to 8784.",
            HelpName = "N",
        }.Checked(p => p is null or (>= 1 and <= LargestPort), "must lie between 1 and 65535");
        var listen = new Option<string?>("--listen")
        {
            Description =
                "Let other machines reach it by this name or address of this machine. Whoever has the address with its token sees the run, "
                + "and nothing is encrypted on the way.",
            HelpName = "NAME",
        };
        var export = new Option<string?>("--export")
        {
            Description = "Write the page and its data into this folder instead, for any web server: all but physics and import.",
            HelpName = "DIR",
        };
        var threads = CommonOptions.Threads();
        var command = new Command("explore", "Opens a page in the browser: galaxies, latents, physics and your own spectra of a run.")
        {
            run,
            noBrowser,
            port,
            listen,
            export,
            threads,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(run);
            if (parsed.GetValue(export) is { } site)
            {
                Export(folder, site);
                return;
            }
            var (address, name) = Listen(parsed.GetValue(listen));
            var options = new ExploreOptions(folder)
            {
                Port = parsed.GetValue(port),
                Listen = address,
                ListenName = name,
                Threads = parsed.GetValue(threads),
            };
            Serve(options, parsed.GetValue(noBrowser)).GetAwaiter().GetResult();
        });
        return command;
    }

    private static async Task Serve(ExploreOptions options, bool noBrowser)
    {
        Interruption.ExpectNothing();
        var server = await ExplorerServer.Start(options, ProgressDisplay.Say).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            Console.Out.WriteLine(server.AddressWithToken);
            if (options.Listen is null)
            {
                ProgressDisplay.Say(RemoteHints.Of(server.Port, noBrowser, Environment.GetEnvironmentVariable));
            }
            else
            {
                ProgressDisplay.Say(
                    "note: whoever reaches this machine and has this address sees the run; the connection is not encrypted. Without "
                        + "--listen only this machine is answered."
                );
            }
            using var opened = noBrowser ? null : BrowserPage.Open(server.AddressWithToken, Environment.GetEnvironmentVariable);
            ProgressDisplay.Say("Ctrl-C ends the explorer.");
            var stopped = Task.Delay(Timeout.Infinite, Interruption.Token);
            // The page is there before the run is read. A run that cannot be read ends the command, too.
            if (await Task.WhenAny(server.Ready, stopped).ConfigureAwait(false) == server.Ready)
            {
                await server.Ready.ConfigureAwait(false);
            }
            await stopped.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        ProgressDisplay.Say(Interruption.Ended);
    }

    private static void Export(string folder, string site)
    {
        if (OutputPath.IsSame(folder, site))
        {
            throw new InputException($"--export '{site}' is the run itself; give another folder.");
        }
        using var place = OutputPath.Folder(site);
        Interruption.ExpectStartOver();
        var (files, bytes, remarks) = ProgressDisplay.Run("exporting", "steps", progress =>
            StaticSite.Write(folder, site, progress, Interruption.Token)
        );
        ProgressDisplay.Say(remarks);
        ProgressDisplay.Say(FormattableString.Invariant($"{site}: {files} files, {bytes / 1e6:F1} MB; show it with any web server, e.g."));
        ProgressDisplay.Say($"  python3 -m http.server --directory {site}");
    }

    private static (IPAddress? Address, string? Name) Listen(string? text)
    {
        if (text is null)
        {
            return (null, null);
        }
        IPAddress? address;
        try
        {
            address = IPAddress.TryParse(text, out var given) ? given : Dns.GetHostAddresses(text).FirstOrDefault();
        }
        catch (SocketException e)
        {
            throw new InputException($"--listen '{text}' is no name of this machine ({e.Message.TrimEnd('.')}).", e);
        }
        if (address is null)
        {
            throw new InputException($"--listen '{text}' has no address; give the name or address by which others reach this machine.");
        }
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            throw new InputException(
                $"--listen {text} would answer under any name, which lets foreign pages in; give the name or address by which others reach "
                    + "this machine."
            );
        }
        return (address, address.AddressFamily == AddressFamily.InterNetworkV6 && address.ToString() == text ? $"[{text}]" : text);
    }
}
