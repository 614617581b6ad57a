using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>
/// The typeface of all figures: DejaVu Sans Condensed, embedded (43 + 47 kB). So a figure looks the same on machines without fonts, such as
/// compute nodes and containers.
/// </summary>
internal sealed class FigureFonts : IFontResolver
{
    /// <summary>The family name for plots.</summary>
    public const string Family = "Galatent Sans";

    private const string RegularName = "DejaVuSansCondensed.ttf";
    private const string BoldName = "DejaVuSansCondensed-Bold.ttf";

    private static readonly Lazy<SKTypeface> RegularFace = new(() => Load(RegularName));
    private static readonly Lazy<SKTypeface> BoldFace = new(() => Load(BoldName));

    // ScottPlot has one list of font resolvers per process. Ours is added once, at the front, and responds only to its own family name.
    private static readonly Lazy<bool> Registered = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new FigureFonts());
        return true;
    });

    private FigureFonts() { }

    /// <summary>Registers <see cref="Family"/> with ScottPlot.</summary>
    public static void Register() => _ = Registered.Value;

    /// <summary>The typeface, for text outside plots.</summary>
    public static SKTypeface Typeface(bool bold) => bold ? BoldFace.Value : RegularFace.Value;

    /// <summary>The bytes of the regular typeface.</summary>
    public static byte[] RegularBytes() => Bytes(RegularName);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? Load(weight >= FontWeight.SemiBold ? BoldName : RegularName) : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? Load(bold ? BoldName : RegularName) : null;

    private static SKTypeface Load(string name) => SKTypeface.FromData(SKData.CreateCopy(Bytes(name)));

    private static byte[] Bytes(string name)
    {
        using var stream = typeof(FigureFonts).Assembly.GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
