using Galatent.Files;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Study;

/// <summary>The last step: figures and the HTML page of an analysed run.</summary>
public static class StudyReport
{
    /// <summary>Draws the figures, writes the page and says where the page is.</summary>
    /// <param name="folder">The run folder; its models must have been analysed.</param>
    /// <param name="context">Display, cancellation, commands for "How to repeat this".</param>
    /// <returns>The path of the page.</returns>
    public static string Write(string folder, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Checked first: a folder without a run must not become a run folder.
        _ = new RunLayout(folder).Models();
        using var place = ResultFolder.Prepare(folder);
        return WriteInto(folder, context);
    }

    /// <summary>The same, in a folder that the caller has already locked.</summary>
    internal static string WriteInto(string folder, StudyContext context)
    {
        var run = RunFolder.Read(folder);
        if (run.Manifest is { } manifest && context.RepeatCommands is { } commands)
        {
            run = run with { RepeatCommands = commands(manifest, run.Chosen.Beta) };
        }
        var page = context.Display.Show("drawing", "figures", progress => ReportPage.Write(run, folder, progress, context.Cancellation));
        context.Display.Say($"{page}: {new FileInfo(page).Length / 1e6:F1} MB; figures in {new RunLayout(folder).Figures}");
        return page;
    }
}
