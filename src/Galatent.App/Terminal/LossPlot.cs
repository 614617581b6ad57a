using System.Globalization;
using Galatent.Training;

namespace Galatent.App.Terminal;

/// <summary>
/// The history of a training as text: validation loss (o) and training loss (.) by epoch, and the loss of the best linear VAE (-). A good
/// network ends below that line. The axis is logarithmic when all losses are positive, otherwise linear (a bound in nat may be negative).
/// </summary>
internal static class LossPlot
{
    private const int Margin = 10;

    /// <summary>Draws the epochs.</summary>
    /// <param name="epochs">Finished epochs, at least one.</param>
    /// <param name="width">Characters in a line, at least 40.</param>
    /// <param name="height">Lines of the plot itself, at least 4. Two more lines follow.</param>
    public static IReadOnlyList<string> Draw(IReadOnlyList<EpochRecord> epochs, int width, int height)
    {
        var linear = epochs[^1].LinearLoss;
        double[] values =
        [
            .. epochs.Select(e => e.ValidationLoss),
            .. epochs.Select(e => e.TrainingLoss),
            .. linear is { } l ? [l] : Array.Empty<double>(),
        ];
        var isLogarithmic = values.Min() > 0;
        double Scale(double value) => isLogarithmic ? Math.Log10(value) : value;
        var low = Scale(values.Min());
        var high = Scale(values.Max());
        var span = Math.Max(high - low, 1e-9 + (1e-3 * Math.Abs(high)));
        var columns = width - Margin;
        var canvas = Enumerable.Range(0, height).Select(_ => new string(' ', columns).ToCharArray()).ToArray();
        int Row(double value) => (int)Math.Round((high - Scale(value)) / span * (height - 1));
        if (linear is { } line)
        {
            Array.Fill(canvas[Row(line)], '-');
        }
        Mark(canvas, epochs, columns, e => Row(e.TrainingLoss), '.');
        Mark(canvas, epochs, columns, e => Row(e.ValidationLoss), 'o');
        var rows = canvas
            .Select(
                (row, i) =>
                    Label(i % 3 == 0 || i == height - 1 ? Unscale(high - (span * i / (height - 1)), isLogarithmic) : null)
                    + new string(row).TrimEnd()
            )
            .ToList();
        rows.Add(new string(' ', Margin) + Axis(epochs, columns));
        rows.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{new string(' ', Margin)}loss: o validation {epochs[^1].ValidationLoss:G4}, . training "
                    + $"{epochs[^1].TrainingLoss:G4}{(linear is { } best ? $", - best linear VAE {best:G4}" : "")}"
            )
        );
        return rows;
    }

    private static void Mark(char[][] canvas, IReadOnlyList<EpochRecord> epochs, int columns, Func<EpochRecord, int> row, char mark)
    {
        for (var i = 0; i < epochs.Count; i++)
        {
            canvas[row(epochs[i])][Column(i, epochs.Count, columns)] = mark;
        }
    }

    // Up to 20 epochs are four columns apart. More epochs share the width.
    private static int Column(int index, int count, int columns) => (int)(index * Math.Min(4.0, (columns - 1) / Math.Max(1.0, count - 1)));

    private static string Axis(IReadOnlyList<EpochRecord> epochs, int columns)
    {
        var last = string.Create(CultureInfo.InvariantCulture, $"epoch {epochs[^1].Epoch}");
        var at = Column(epochs.Count - 1, epochs.Count, columns);
        return at < 4 ? last : epochs[0].Epoch.ToString(CultureInfo.InvariantCulture).PadRight(Math.Max(2, at - last.Length + 1)) + last;
    }

    private static double Unscale(double value, bool isLogarithmic) => isLogarithmic ? Math.Pow(10, value) : value;

    private static string Label(double? value) =>
        (value is { } v ? v.ToString("G3", CultureInfo.InvariantCulture) : "").PadLeft(Margin - 2) + " |";
}
