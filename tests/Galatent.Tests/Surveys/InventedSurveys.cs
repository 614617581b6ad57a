using Galatent.Tests.Files.Fits;

namespace Galatent.Tests.Surveys;

/// <summary>Files of surveys that tests write themselves: a flat spectrum with one bump, on wavelengths that cover the normalisation
/// window at rest.</summary>
internal static class InventedSurveys
{
    public const int Pixels = 400;
    public const double Redshift = 0.1;

    /// <summary>Observed wavelengths, Å: 4400 to 8390 in steps of 10.</summary>
    public static double[] Wavelength { get; } = [.. Enumerable.Range(0, Pixels).Select(i => 4400.0 + (10 * i))];

    /// <summary>Flux with a slope and a bump at pixel 250.</summary>
    public static double[] Flux { get; } =
    [.. Enumerable.Range(0, Pixels).Select(i => 10 + (0.01 * i) + (20 * Math.Exp(-0.5 * Math.Pow((i - 250) / 4.0, 2))))];

    /// <summary>Inverse variance that grows.</summary>
    public static double[] Ivar { get; } = [.. Enumerable.Range(0, Pixels).Select(i => 4 + (0.01 * i))];

    public static double[] Error => Array.ConvertAll(Ivar, v => 1 / Math.Sqrt(v));

    /// <summary>An SDSS spec file; columns and HDUs in any order.</summary>
    public static void Sdss(
        Stream file,
        string type = "GALAXY",
        long warning = 0,
        double redshift = Redshift,
        int rotate = 0,
        bool isCatalogueFirst = false,
        string idForm = "K"
    )
    {
        TestColumn[] columns =
        [
            TestColumn.Singles("flux", Flux),
            TestColumn.Singles("loglam", Array.ConvertAll(Wavelength, Math.Log10)),
            TestColumn.Singles("ivar", Ivar),
            TestColumn.Ints(
                "and_mask",
                [
                    .. Enumerable
                        .Range(0, Pixels)
                        .Select(i =>
                            i == 7 ? 1L << 23
                            : i % 2 == 0 ? 16L
                            : 0
                        ),
                ]
            ),
            TestColumn.Singles("wdisp", [.. Enumerable.Repeat(1.0, Pixels)]),
        ];
        var id = 4565525861424406528;
        TestColumn[] catalogue =
        [
            TestColumn.Doubles("Z", [redshift]),
            TestColumn.Doubles("Z_ERR", [1e-5]),
            TestColumn.Ints("ZWARNING", [warning]),
            TestColumn.Texts("CLASS", 6, [type]),
            idForm == "K"
                ? TestColumn.Longs("SPECOBJID", [id + long.MinValue], ("TZERO", "9223372036854775808"))
                : TestColumn.Texts("SPECOBJID", 22, [id.ToString(System.Globalization.CultureInfo.InvariantCulture)]),
            TestColumn.Doubles("PLUG_RA", [150.1]),
            TestColumn.Doubles("PLUG_DEC", [2.2]),
        ];
        columns = [.. columns[(rotate % columns.Length)..], .. columns[..(rotate % columns.Length)]];
        catalogue = [.. catalogue[(rotate % catalogue.Length)..], .. catalogue[..(rotate % catalogue.Length)]];
        FitsTables.Primary(file);
        if (isCatalogueFirst)
        {
            FitsTables.Table(file, "SPALL", 1, catalogue);
        }
        FitsTables.Table(file, "COADD", Pixels, columns);
        if (!isCatalogueFirst)
        {
            FitsTables.Table(file, "SPECOBJ", 1, catalogue);
        }
    }

    /// <summary>A DESI coadd with arms B and R on one grid of 0.8 Å that overlap, for targets of these numbers.</summary>
    public static void Desi(Stream file, long[] ids, string[] types, long[] status, string[] arms, double ripple = 0)
    {
        FitsTables.Primary(file);
        FitsTables.Table(
            file,
            "FIBERMAP",
            ids.Length,
            [TestColumn.Longs("TARGETID", ids), TestColumn.Texts("OBJTYPE", 3, types), TestColumn.Ints("COADD_FIBERSTATUS", status)]
        );
        foreach (var arm in arms)
        {
            var first = arm == "B" ? 0 : 2000;
            var count = arm == "B" ? 2100 : 2400;
            double[] wavelength = [.. Enumerable.Range(first, count).Select(i => 4400 + (0.8 * i))];
            double[] Block(double value) => [.. Enumerable.Repeat(value, ids.Length * count)];
            // Many equal numbers in a row are no data.
            double[] Flux(double value) => [.. Block(value).Select((v, i) => v + (ripple * Math.Sin(i)))];
            FitsWriter.Image(file, false, [count], wavelength, FitsWriter.Card("EXTNAME", $"'{arm}_WAVELENGTH'"));
            FitsWriter.Image(file, false, [ids.Length, count], Flux(arm == "B" ? 2 : 4), FitsWriter.Card("EXTNAME", $"'{arm}_FLUX'"));
            FitsWriter.Image(file, false, [ids.Length, count], Block(arm == "B" ? 1 : 3), FitsWriter.Card("EXTNAME", $"'{arm}_IVAR'"));
            FitsWriter.Image(file, false, [ids.Length, count], Block(0), FitsWriter.Card("EXTNAME", $"'{arm}_MASK'"));
        }
    }
}
