using System.Globalization;
using Galatent.Files;

namespace Galatent.Latents.Reconstructions;

/// <summary><c>examples.csv</c>: the example spectra and their reconstructions in columns.</summary>
internal static class ExampleTable
{
    private const string FluxSuffix = " flux";
    private const string ReconstructedSuffix = " reconstructed";

    public static ResultTable Of(double[] wavelengthAngstrom, IReadOnlyList<Reconstruction> examples) =>
        ResultTable.Of([
            ("wavelength_angstrom", wavelengthAngstrom),
            .. examples.SelectMany(e =>
                new[] { (Stem(e) + FluxSuffix, (IReadOnlyList<double>)e.Flux), (Stem(e) + ReconstructedSuffix, e.Reconstructed) }
            ),
        ]);

    public static Reconstruction[] Read(ResultTable table) =>
        [
            .. table
                .Header.Where(h => h.EndsWith(FluxSuffix, StringComparison.Ordinal))
                .Select(h =>
                {
                    var stem = h[..^FluxSuffix.Length];
                    var space = stem.LastIndexOf(' ');
                    return new Reconstruction(
                        stem[..space],
                        int.Parse(stem[(space + 1)..], CultureInfo.InvariantCulture),
                        table.Doubles(h),
                        table.Doubles(stem + ReconstructedSuffix)
                    );
                }),
        ];

    private static string Stem(Reconstruction example) => string.Create(CultureInfo.InvariantCulture, $"{example.Name} {example.Spectrum}");
}
