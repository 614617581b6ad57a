using System.Globalization;
using System.Text;
using System.Text.Json;
using Galatent.App.Terminal;
using Galatent.Numerics;
using Galatent.Surveys;

namespace Galatent.App;

/// <summary>What an import, or a merge of its parts, tells at its end: how many spectra were written, and why others were not.</summary>
internal static class ImportOutcome
{
    private const int MostSentences = 20;

    /// <summary>Prints remarks and the table of reasons.</summary>
    /// <param name="summary">What was done.</param>
    /// <param name="path">The dataset.</param>
    /// <param name="isPart">Whether it is a part, which is written in any case.</param>
    /// <param name="isJson">Whether the table is JSON.</param>
    /// <param name="hasFigures">Whether figures were asked for.</param>
    /// <exception cref="InputException">No spectrum was written.</exception>
    public static void Tell(ImportSummary summary, string path, bool isPart, bool isJson, bool hasFigures = false)
    {
        var table = SurveyImport.TableOf(path);
        ProgressDisplay.Say(summary.Sentences(MostSentences));
        if (isJson)
        {
            PrintJson(summary, path, table);
        }
        else
        {
            Print(summary, path, table);
        }
        if (isPart)
        {
            ProgressDisplay.Say(
                $"{path} is a part: 'galatent merge' joins all parts, and then leaves out what is a repeat of an object among them."
                    + (hasFigures && summary.Written == 0 ? " It has no spectrum, so there is no figure." : "")
            );
        }
        else if (summary.Written == 0)
        {
            throw new InputException(
                $"No spectrum was written, so there is no '{path}'{(hasFigures ? " and no figure" : "")}; '{table}' tells why, spectrum by "
                    + "spectrum."
            );
        }
    }

    private static void Print(ImportSummary summary, string path, string table)
    {
        var kindWidth = summary.Counts.Select(c => c.Kind.Length).DefaultIfEmpty().Max();
        foreach (var (outcome, words, kind, count) in summary.Counts)
        {
            Console.Out.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{count, 8}  {kind.PadRight(kindWidth)}  {words} ({outcome})")
            );
        }
        Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{summary.Read} spectra read, {summary.Written} written")
                + (summary.Written > 0 ? $" to {path}" : "")
                + $"; what became of each: {table}"
        );
    }

    private static void PrintJson(ImportSummary summary, string path, string table)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("read", summary.Read);
            json.WriteNumber("written", summary.Written);
            json.WriteString("file", summary.Written > 0 ? path : null);
            json.WriteString("table", table);
            json.WriteStartArray("outcomes");
            foreach (var (outcome, _, kind, count) in summary.Counts)
            {
                json.WriteStartObject();
                json.WriteString("outcome", outcome);
                json.WriteString("kind", kind);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        Console.Out.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
