using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Report.Figures;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;

namespace Galatent.App;

/// <summary><c>galatent simulate --one</c>: the spectrum of one galaxy as a table and a figure.</summary>
internal static class SingleSpectrum
{
    /// <summary>
    /// Writes <c>PATH.csv</c> and the figure as <c>PATH.png</c>, <c>.svg</c> and <c>.pdf</c>, and optionally <c>PATH-derivatives.csv</c>.
    /// <paramref name="path"/> may end with one of these extensions or .h5 (<see cref="Stem"/>).
    /// </summary>
    public static void Write(string path, SspLibrary library, SimulationOptions options, Galaxy galaxy, bool derivatives)
    {
        var stem = Path.GetFullPath(Stem(path));
        var parts = SpectrumParts.Of(library, options, galaxy);
        Table(parts, options, galaxy).Write(stem + ".csv");
        if (derivatives)
        {
            Derivatives(new SpectrumDerivatives(library, options.For(galaxy)).Of(galaxy), options).Write(stem + "-derivatives.csv");
        }
        SingleSpectrumFigure.Make(Path.GetFileName(stem), parts, options.Unit, galaxy).Save(Path.GetDirectoryName(stem)!);
    }

    /// <summary>Reports which parameters of a galaxy lie beyond the tables.</summary>
    public static void TellHeld(SspLibrary library, Galaxy galaxy)
    {
        var beyond = library.Beyond(galaxy);
        (TableLimits Limit, GalaxyQuantity Quantity, double Value, double[] Nodes)[] axes =
        [
            (TableLimits.StellarMetallicity, GalaxyQuantities.LogZStar, galaxy.LogZStar, library.Stars.LogZ),
            (TableLimits.GasMetallicity, GalaxyQuantities.LogZGas, galaxy.LogZGas, library.Lines.LogZ),
            (TableLimits.Ionisation, GalaxyQuantities.LogU, galaxy.LogU, library.Lines.LogU),
        ];
        foreach (var (_, quantity, value, nodes) in axes.Where(a => beyond.HasFlag(a.Limit)))
        {
            ProgressDisplay.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"note: the galaxy's {quantity.Name} is {value:G4}, beyond the table, which covers {nodes[0]:G4} to "
                        + $"{nodes[^1]:G4}; the end of the table is used"
                )
            );
        }
    }

    /// <summary>The files that <see cref="Write"/> may write.</summary>
    public static string[] Files(string path) =>
        [Stem(path) + ".csv", Stem(path) + ".png", Stem(path) + ".svg", Stem(path) + ".pdf", Stem(path) + "-derivatives.csv"];

    /// <summary>A path without the extension of a table, figure or spectrum file. Any other ending, as in <c>galaxy.5</c>, belongs to the
    /// name.</summary>
    public static string Stem(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".PNG" or ".SVG" or ".PDF" or ".H5" or ".HDF5"
            ? Path.ChangeExtension(path, null)
            : path;

    private static ResultTable Derivatives(SpectrumWithDerivatives spectrum, SimulationOptions options) =>
        new(
            ["wavelength_angstrom", "total", .. spectrum.Derivatives.Select(d => "d_" + d.Parameter)],
            [
                .. spectrum.Flux.Select(
                    (flux, i) =>
                        (string[])
                            [
                                Wavelength(options.Grid.WavelengthAngstrom[i]),
                                Number(flux),
                                .. spectrum.Derivatives.Select(d => Number(d.Flux[i])),
                            ]
                ),
            ]
        )
        {
            Remarks =
            [
                "derivatives of the normalised flux per unit of each parameter (dex, optical depth, redshift); norm = "
                    + $"{Number(spectrum.Norm)} {options.UnitName}",
                "derivatives of ln norm: "
                    + string.Join(", ", spectrum.Derivatives.Select(d => $"{d.Parameter} = {Number(d.Norm / spectrum.Norm)}")),
            ],
        };

    private static ResultTable Table(SpectrumParts parts, SimulationOptions options, Galaxy galaxy) =>
        new(
            ["wavelength_angstrom", "total", "stars", "gas", "without_dust"],
            [
                .. parts.Total.Select(
                    (total, i) =>
                        (string[])
                            [
                                Wavelength(parts.Grid.WavelengthAngstrom[i]),
                                Number(total),
                                Number(parts.Stars[i]),
                                Number(parts.Gas[i]),
                                Number(parts.WithoutDust[i]),
                            ]
                ),
            ]
        )
        {
            Remarks =
            [
                string.Join(
                    ", ",
                    Stated(galaxy).Select(c => $"{c.Name} = {Number(c.Value(galaxy))}{(c.Unit.Length > 0 ? " " + c.Unit : "")}")
                ),
                .. galaxy.Continuous is { } history
                    ? (string[])[$"star-formation history: {history.Description.ReplaceLineEndings(" ")}"]
                    : [],
                $"multiply by {Number(parts.Norm * galaxy.MassFormedMsun)} for luminosity in "
                    + options.UnitName.Replace(" per solar mass formed", "", StringComparison.Ordinal),
            ],
        };

    // Ratios of bins describe a history of seven bins. A continuous history has none.
    private static IEnumerable<GalaxyColumn> Stated(Galaxy galaxy) =>
        GalaxyColumns.All.Where(c => galaxy.Continuous is null || !GalaxyQuantities.LogSfrRatios.Contains(c.Quantity));

    // A rate of -inf belongs to a galaxy without young stars. It is written as "-inf", which readers in other languages know; .NET would
    // write another word.
    private static string Number(double value) => double.IsNegativeInfinity(value) ? "-inf" : ResultTable.Text(value, "G7");

    private static string Wavelength(double angstrom) => ResultTable.Text(angstrom, "G9");
}
