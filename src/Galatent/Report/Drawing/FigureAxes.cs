using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Galatent.Report.Drawing;

/// <summary>Limits and ticks that follow from rules, not from measured text. So they are the same on every machine.</summary>
internal static class FigureAxes
{
    /// <summary>Ticks of an axis whose data are log10 of the values.</summary>
    public sealed class LogTicks : NumericManual;

    /// <summary>Ticks of an axis with a name at each whole number, whether they are written or not.</summary>
    public sealed class NameTicks(IReadOnlyList<string> names) : NumericManual
    {
        public IReadOnlyList<string> Names { get; } = names;
    }

    // Decades below which whole digits give one tick or two; ticks then stand as on a linear axis.
    private const double ShortLog = 0.4;

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A linear axis with a tick at every multiple of <paramref name="step"/>. 0 gives about five ticks.</summary>
    public static void Linear(IAxis axis, double low, double high, double step = 0, bool labels = true)
    {
        (axis.Range.Min, axis.Range.Max) = (low, high);
        var ticks = new NumericManual();
        foreach (var (position, text) in Ticks(low, high, 5, step))
        {
            ticks.AddMajor(position, labels ? text : "");
        }
        axis.TickGenerator = ticks;
    }

    /// <summary>Positions and texts of ticks at the multiples of a step. By default the step is the round number that gives about
    /// <paramref name="aim"/> ticks.</summary>
    public static IEnumerable<(double Position, string Text)> Ticks(double low, double high, double aim, double step = 0)
    {
        step = step > 0 ? step : NiceStep((high - low) / aim);
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        for (var k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
        {
            yield return (k * step, Number(k * step, decimals));
        }
    }

    /// <summary>A linear axis with two or three ticks, for small panels.</summary>
    public static void Few(IAxis axis, double low, double high, bool labels = true) =>
        Linear(axis, low, high, NiceStep((high - low) / 2.6), labels);

    /// <summary>An axis of wavelengths, Å, with ticks at every 1000 or 2000 Å where it is long.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="range">Its ends.</param>
    /// <param name="labels">Whether ticks have numbers.</param>
    /// <param name="isNarrow">Whether the panel is narrower than half of the page.</param>
    public static void Wavelength(IAxis axis, (double Low, double High) range, bool labels = true, bool isNarrow = false)
    {
        var span = range.High - range.Low;
        Linear(
            axis,
            range.Low,
            range.High,
            span > 5000 ? (isNarrow ? 2000 : 1000)
                : isNarrow ? NiceStep(span / 3.5)
                : 0,
            labels
        );
    }

    /// <summary>A logarithmic axis. Its data are log10 of the values.</summary>
    public static void Log(IAxis axis, double lowLog10, double highLog10, bool labels = true)
    {
        (axis.Range.Min, axis.Range.Max) = (lowLog10, highLog10);
        var ticks = new LogTicks();
        if (highLog10 - lowLog10 < ShortLog)
        {
            foreach (var (value, text) in Ticks(Math.Pow(10, lowLog10), Math.Pow(10, highLog10), 4))
            {
                ticks.AddMajor(Math.Log10(value), labels ? text : "");
            }
            axis.TickGenerator = ticks;
            return;
        }
        var every = Math.Max(1, (int)Math.Ceiling((highLog10 - lowLog10) / 7));
        // One power of ten alone says little, so short axes also have labels at 2 and 5.
        var fine = labels && highLog10 - lowLog10 < 1.6;
        var finest = labels && highLog10 - lowLog10 < 0.6;
        for (var decade = (int)Math.Floor(lowLog10); decade <= highLog10 + 1e-9; decade++)
        {
            if (decade >= lowLog10 - 1e-9)
            {
                ticks.AddMajor(decade, labels && decade % every == 0 ? PowerOfTen(decade) : "");
            }
            for (var m = 2; m <= 9 && every == 1; m++)
            {
                var minor = decade + Math.Log10(m);
                if (minor < lowLog10 || minor > highLog10)
                {
                    continue;
                }
                if (finest || (fine && (m == 2 || m == 5)))
                {
                    ticks.AddMajor(minor, Number(m * Math.Pow(10, decade), Math.Max(0, -decade)));
                }
                else
                {
                    ticks.AddMinor(minor);
                }
            }
        }
        axis.TickGenerator = ticks;
    }

    /// <summary>A symmetric axis for numbers of both signs that span decades. Its data are asinh of the values: linear near 0, logarithmic
    /// beyond 1. Ticks at 0, ±1, ±3, ±10 and on.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="most">The largest value shown, either sign.</param>
    public static void SymmetricLog(IAxis axis, double most)
    {
        (axis.Range.Min, axis.Range.Max) = (-Math.Asinh(most), Math.Asinh(most));
        var ticks = new NumericManual();
        ticks.AddMajor(0, "0");
        for (var k = 0; Step(k) <= most; k++)
        {
            ticks.AddMajor(Math.Asinh(Step(k)), Number(Step(k), 0));
            ticks.AddMajor(-Math.Asinh(Step(k)), Number(-Step(k), 0));
        }
        axis.TickGenerator = ticks;

        static double Step(int k) => Math.Pow(10, k / 2) * (k % 2 == 0 ? 1 : 3);
    }

    /// <summary>One label per integer position 0, 1, 2, ... The axis goes from -0.5 to n - 0.5.</summary>
    public static void Categories(IAxis axis, IReadOnlyList<string> names, bool labels = true)
    {
        (axis.Range.Min, axis.Range.Max) = (-0.5, names.Count - 0.5);
        var ticks = new NameTicks(names);
        for (var i = 0; i < names.Count; i++)
        {
            ticks.AddMajor(i, labels ? names[i] : "");
        }
        axis.TickGenerator = ticks;
        // A tick that is not seen keeps the names below off the frame.
        axis.MajorTickStyle.Length = axis is IXAxis ? 4 : 0;
        axis.MajorTickStyle.Color = Colors.Transparent;
    }

    /// <summary>An axis without ticks.</summary>
    public static void None(IAxis axis, double low, double high)
    {
        (axis.Range.Min, axis.Range.Max) = (low, high);
        axis.TickGenerator = new NumericManual();
    }

    /// <summary>A power of ten in its usual form: 0.1, 1, 10, 100, otherwise 10⁻³.</summary>
    public static string PowerOfTen(int exponent) =>
        exponent switch
        {
            -1 => "0.1",
            0 => "1",
            1 => "10",
            2 => "100",
            _ => PowerOfTenAlways(exponent),
        };

    /// <summary>A power of ten with its exponent: 10⁻³, 10².</summary>
    public static string PowerOfTenAlways(int exponent) =>
        "10"
        + (exponent < 0 ? "⁻" : "")
        + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(d => Superscripts[d - '0']));

    /// <summary>A number with a true minus sign.</summary>
    public static string Number(double value, int decimals) =>
        (Math.Abs(value) < 0.5 * Math.Pow(10, -decimals) ? 0 : value)
            .ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            .Replace('-', '−');

    private static double NiceStep(double rough)
    {
        if (!(rough > 0))
        {
            return 1;
        }
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power
            * (rough / power) switch
            {
                < 1.5 => 1,
                < 3.5 => 2,
                < 7.5 => 5,
                _ => 10,
            };
    }
}
