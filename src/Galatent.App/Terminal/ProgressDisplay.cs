using Galatent.App.Options;
using Galatent.Numerics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Galatent.App.Terminal;

/// <summary>Shows a long step on standard error. On a terminal it is a live bar with rate and remaining time, otherwise plain
/// lines.</summary>
internal static class ProgressDisplay
{
    // Without a terminal there is one line at the start, then at most one every ten seconds. So the log of a ten-minute run is one page
    // long.
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private static readonly IAnsiConsole ErrorConsole = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }
    );

    /// <summary>Runs <paramref name="work"/> and shows its progress.</summary>
    /// <param name="label">What is being done, e.g. "simulating".</param>
    /// <param name="unit">What is counted, e.g. "spectra".</param>
    /// <param name="work">The step. It receives the progress sink.</param>
    /// <param name="above">Gives the text above the live bar. It is called at every redraw.</param>
    public static T Run<T>(string label, string unit, Func<IProgress<StepProgress>, T> work, Func<string>? above = null) =>
        !Job.Processes.IsFirst ? work(new NoProgress())
        : Console.IsErrorRedirected ? work(new PlainLines(label, unit))
        : RunLive(label, unit, work, above);

    /// <summary>Shows a remark between steps, on standard error.</summary>
    public static void Say(string text)
    {
        if (Job.Processes.IsFirst)
        {
            Console.Error.WriteLine(SettingNames.InOptions(text));
        }
    }

    /// <summary>Shows several remarks, each on its own line.</summary>
    public static void Say(IReadOnlyList<string> remarks)
    {
        foreach (var remark in remarks)
        {
            Say(remark);
        }
    }

    private static T RunLive<T>(string label, string unit, Func<IProgress<StepProgress>, T> work, Func<string>? above)
    {
        T result = default!;
        ErrorConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RateColumn(unit),
                new RemainingTimeColumn()
            )
            .UseRenderHook((bar, _) => above is null ? bar : new Rows(new Text(above()), bar))
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(label));
                result = work(new LiveTask(task, label));
                task.Value = task.MaxValue;
            });
        return result;
    }

    private sealed class LiveTask(ProgressTask task, string label) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            lock (task)
            {
                task.MaxValue = Math.Max(1, value.Total);
                task.Value = value.Done;
                task.Description = Markup.Escape(value.Detail.Length == 0 ? label : $"{label}: {value.Detail}");
            }
        }
    }

    // With several processes, only the first one shows progress.
    private sealed class NoProgress : IProgress<StepProgress>
    {
        public void Report(StepProgress value) { }
    }

    private sealed class RateColumn(string unit) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed is { } speed ? $"{Format(speed)} {unit}/s" : "");
    }

    private sealed class PlainLines(string label, string unit) : IProgress<StepProgress>
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();
        private readonly Lock _lock = new();
        private TimeSpan _next;

        public void Report(StepProgress value)
        {
            lock (_lock)
            {
                var elapsed = TimeProvider.System.GetElapsedTime(_start);
                if (elapsed < _next && (value.Done < value.Total || value.Total == 0))
                {
                    return;
                }
                _next = elapsed + PlainInterval;
                var rate = value.Done / Math.Max(elapsed.TotalSeconds, 1e-3);
                var left =
                    value.Total > value.Done && value.Done > 0
                        ? $", {TimeSpan.FromSeconds(Math.Ceiling((value.Total - value.Done) / rate)):h\\:mm\\:ss} left"
                        : "";
                var share = value.Total > 0 ? $" {100.0 * value.Done / value.Total:F0} %" : "";
                Console.Error.WriteLine(
                    $"{label}:{share} {value.Done} of {value.Total} {unit}, "
                        + $"{Format(rate)}/s{left}{(value.Detail.Length == 0 ? "" : "; " + value.Detail)}"
                );
            }
        }
    }

    private static string Format(double rate) => rate >= 100 ? $"{rate:F0}" : $"{rate:G3}";
}
