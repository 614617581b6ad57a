using System.Globalization;
using System.Text;
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
    /// Writes <c>PATH.csv</c>, <c>PATH.png</c> and <c>PATH.svg</c>, and <c>PATH-derivatives.csv</c> when asked for; <paramref name="path"/>
    /// may end with one of these extensions or .h5 (<see cref="Stem"/>).
    /// </summary>
    public static void Write(string path, SspLibrary library, SimulationOptions options, Galaxy galaxy, bool derivatives)
    {
        var stem = Path.GetFullPath(Stem(path));
        var parts = SpectrumParts.Of(library, options, galaxy);
        AtomicFile.WriteText(stem + ".csv", Table(parts, options, galaxy));
        if (derivatives)
        {
            AtomicFile.WriteText(
                stem + "-derivatives.csv",
                Derivatives(new SpectrumDerivatives(library, options.For(galaxy)).Of(galaxy), options)
            );
        }
        SingleSpectrumFigure.Make(Path.GetFileName(stem), parts, options.Unit, galaxy).Save(Path.GetDirectoryName(stem)!);
    }

    /// <summary>Says which parameters of a galaxy lie beyond the tables.</summary>
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
                    $"note: the galaxy's {quantity.Name} is {value:G4}, beyond the table, which reaches from {nodes[0]:G4} to "
                        + $"{nodes[^1]:G4}; it is held at the table's end"
                )
            );
        }
    }

    /// <summary>The files that <see cref="Write"/> may write.</summary>
    public static string[] Files(string path) =>
        [Stem(path) + ".csv", Stem(path) + ".png", Stem(path) + ".svg", Stem(path) + "-derivatives.csv"];

    /// <summary>A path without the extension of a table, figure or spectrum file; any other end, as that of <c>galaxy.5</c>, belongs to the
    /// name.</summary>
    public static string Stem(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".PNG" or ".SVG" or ".H5" or ".HDF5"
            ? Path.ChangeExtension(path, null)
            : path;

    private static string Derivatives(SpectrumWithDerivatives spectrum, SimulationOptions options)
    {
        var text = new StringBuilder(
            "# derivatives of the normalised flux per unit of each parameter (dex, optical depth, redshift); norm = "
        )
            .Append(Number(spectrum.Norm))
            .Append(' ')
            .AppendLine(options.UnitName);
        text.Append("# derivatives of ln norm: ")
            .AppendJoin(", ", spectrum.Derivatives.Select(d => $"{d.Parameter} = {Number(d.Norm / spectrum.Norm)}"))
            .AppendLine();
        text.Append("wavelength_angstrom,total,").AppendJoin(',', spectrum.Derivatives.Select(d => "d_" + d.Parameter)).AppendLine();
        for (var i = 0; i < spectrum.Flux.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{options.Grid.WavelengthAngstrom[i]:G9},{Number(spectrum.Flux[i])},")
                .AppendJoin(',', spectrum.Derivatives.Select(d => Number(d.Flux[i])))
                .AppendLine();
        }
        return text.ToString();
    }

    private static string Number(double value) => value.ToString("G7", CultureInfo.InvariantCulture);

    private static string Table(SpectrumParts parts, SimulationOptions options, Galaxy galaxy)
    {
        var text = new StringBuilder();
        text.Append("# ")
            .AppendJoin(
                ", ",
                GalaxyColumns.All.Select(c => $"{c.Name} = {Number(c.Value(galaxy))}{(c.Unit.Length > 0 ? " " + c.Unit : "")}")
            )
            .AppendLine();
        text.Append("# multiply by ")
            .Append(Number(parts.Norm * galaxy.History.TotalMassFormedMsun))
            .Append(" for luminosity in ")
            .AppendLine(options.UnitName.Replace(" per solar mass formed", "", StringComparison.Ordinal));
        text.AppendLine("wavelength_angstrom,total,stars,gas,without_dust");
        for (var i = 0; i < parts.Total.Length; i++)
        {
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"{parts.Grid.WavelengthAngstrom[i]:G9},{Number(parts.Total[i])},{Number(parts.Stars[i])},"
                        + $"{Number(parts.Gas[i])},{Number(parts.WithoutDust[i])}"
                )
                .AppendLine();
        }
        return text.ToString();
    }
}
