using ScottPlot;

namespace Galatent.Report.Drawing;

/// <summary>
/// Colours that can be told apart with any colour vision: Okabe &amp; Ito (2008) for categories, viridis for quantities. Purple is
/// darker and green lighter than theirs: without red or green receptors (Machado, Oliveira &amp; Fernandes 2009) any two of
/// <see cref="Categories"/> are 12 apart or more by CIEDE2000. Blue
/// beside the usual purple (#7B3294) was 7, green (#009E73) beside grey 10.
/// </summary>
internal static class FigurePalette
{
    public static Color Ink { get; } = Color.FromHex("#222222");

    public static Color Faint { get; } = Color.FromHex("#B8B8B8");

    public static Color Grey { get; } = Color.FromHex("#777777");

    public static Color Blue { get; } = Color.FromHex("#0072B2");

    public static Color Vermillion { get; } = Color.FromHex("#D55E00");

    public static Color Green { get; } = Color.FromHex("#00AB7A");

    public static Color Purple { get; } = Color.FromHex("#4A1486");

    public static Color Orange { get; } = Color.FromHex("#E69F00");

    public static Color Sky { get; } = Color.FromHex("#56B4E9");

    /// <summary>The colours of lines and marks; a test holds their distances.</summary>
    public static IReadOnlyList<Color> Categories { get; } = [Ink, Faint, Grey, Blue, Vermillion, Green, Purple, Orange, Sky];

    /// <summary>One colour per model, in order of beta. The first four differ in hue and in lightness, so they can be told apart in grey
    /// print. More models than colours are steps of viridis, without its yellow end, which is too light on white.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="count">Number of models.</param>
    public static Color Model(int index, int count) => count > Models.Count ? Viridis(0.92 * index / (count - 1)) : Models[index];

    private static IReadOnlyList<Color> Models { get; } = [Orange, Blue, Purple, Green, Vermillion, Sky, Ink, Grey];

    /// <summary>Viridis at <paramref name="fraction"/> in [0, 1].</summary>
    public static Color Viridis(double fraction) => new ScottPlot.Colormaps.Viridis().GetColor(Math.Clamp(fraction, 0, 1));

    /// <summary>From white through <paramref name="hue"/> to its dark shade, for density maps and heat maps.</summary>
    public static IColormap Shades(Color hue) =>
        new ScottPlot.Colormaps.CustomInterpolated([Colors.White, hue.Lighten(.45), hue, hue.Darken(.55)]);
}
