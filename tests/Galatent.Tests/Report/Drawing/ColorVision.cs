using SkiaSharp;

namespace Galatent.Tests.Report.Drawing;

/// <summary>How different two colours look, also to readers without receptors for red (protanopia) or green (deuteranopia).</summary>
internal static class ColorVision
{
    /// <summary>Kinds of colour vision, as matrices on linear sRGB: Machado, Oliveira &amp; Fernandes (2009, IEEE Trans. Vis. Comput.
    /// Graph. 15, 1291), severity 1.</summary>
    public static IReadOnlyList<(string Name, double[] Matrix)> Kinds { get; } =
    [
        ("usual", [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        ("protanopia", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]),
        ("deuteranopia", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]),
    ];

    /// <summary>CIEDE2000 of two colours at the least telling kind of vision.</summary>
    public static double LeastDistance(SKColor a, SKColor b) => Kinds.Min(k => Ciede2000(Lab(a, k.Matrix), Lab(b, k.Matrix)));

    /// <summary>CIE L*a*b* (white D65) of an sRGB colour as seen with a kind of vision.</summary>
    public static (double L, double A, double B) Lab(SKColor color, double[] matrix)
    {
        double[] linear = [Linear(color.Red), Linear(color.Green), Linear(color.Blue)];
        double[] seen =
        [
            .. Enumerable.Range(0, 3).Select(i => Math.Clamp(Enumerable.Range(0, 3).Sum(j => matrix[(3 * i) + j] * linear[j]), 0, 1)),
        ];
        var x = ((0.4124564 * seen[0]) + (0.3575761 * seen[1]) + (0.1804375 * seen[2])) / 0.95047;
        var y = (0.2126729 * seen[0]) + (0.7151522 * seen[1]) + (0.0721750 * seen[2]);
        var z = ((0.0193339 * seen[0]) + (0.1191920 * seen[1]) + (0.9503041 * seen[2])) / 1.08883;
        return ((116 * Root(y)) - 16, 500 * (Root(x) - Root(y)), 200 * (Root(y) - Root(z)));
    }

    /// <summary>The colour difference CIEDE2000, in the form of Sharma, Wu &amp; Dalal (2005, Color Res. Appl. 30, 21).</summary>
    public static double Ciede2000((double L, double A, double B) first, (double L, double A, double B) second)
    {
        var chroma = (Math.Sqrt((first.A * first.A) + (first.B * first.B)) + Math.Sqrt((second.A * second.A) + (second.B * second.B))) / 2;
        var g = 0.5 * (1 - Saturation(chroma));
        var (c1, h1) = Polar(first.A * (1 + g), first.B);
        var (c2, h2) = Polar(second.A * (1 + g), second.B);
        var isGrey = c1 * c2 == 0;
        var turn = h2 - h1;
        turn +=
            turn > 180 ? -360
            : turn < -180 ? 360
            : 0;
        var deltaHue = isGrey ? 0 : 2 * Math.Sqrt(c1 * c2) * Sin(turn / 2);
        var sum = h1 + h2;
        var hue =
            isGrey ? sum
            : Math.Abs(h1 - h2) <= 180 ? sum / 2
            : (sum + (sum < 360 ? 360 : -360)) / 2;
        var light = ((first.L + second.L) / 2) - 50;
        var mean = (c1 + c2) / 2;
        var t = 1 - (0.17 * Cos(hue - 30)) + (0.24 * Cos(2 * hue)) + (0.32 * Cos((3 * hue) + 6)) - (0.20 * Cos((4 * hue) - 63));
        var rotation = -Sin(60 * Math.Exp(-Math.Pow((hue - 275) / 25, 2))) * 2 * Saturation(mean);
        var l = (second.L - first.L) / (1 + (0.015 * light * light / Math.Sqrt(20 + (light * light))));
        var c = (c2 - c1) / (1 + (0.045 * mean));
        var h = deltaHue / (1 + (0.015 * mean * t));
        return Math.Sqrt((l * l) + (c * c) + (h * h) + (rotation * c * h));
    }

    private static double Saturation(double chroma) => Math.Sqrt(Math.Pow(chroma, 7) / (Math.Pow(chroma, 7) + Math.Pow(25, 7)));

    private static (double C, double H) Polar(double a, double b) =>
        (Math.Sqrt((a * a) + (b * b)), a == 0 && b == 0 ? 0 : ((Math.Atan2(b, a) * 180 / Math.PI) + 360) % 360);

    private static double Linear(byte value) => value / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);

    private static double Root(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;

    private static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);
}
