using Galatent.Files;
using Galatent.Latents.Reconstructions;
using Galatent.Latents.Traversals;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>
/// The <c>analysis</c> folder of a model: plain tables with units in the column names. Together with <c>spectra.h5</c> and
/// <c>latents.h5</c> they are enough to redraw every figure of the report. Each table is described by the type of its rows.
/// </summary>
public static class AnalysisFolder
{
    /// <summary>The folder's name beside <c>model/</c>.</summary>
    public const string FolderName = "analysis";

    private const string LossName = "loss.csv";
    private const string PixelsName = "wavelengths.csv";
    private const string SpectraName = "spectra.csv";
    private const string DimensionsName = "dimensions.csv";

    // The final R² of the lines. (The lines.csv of a model folder holds the R² of every epoch.)
    private const string LinesName = "lines.csv";
    private const string ComponentsName = "principal-components.csv";
    private const string ExamplesName = "examples.csv";
    private const string LatentsName = "mutual-information-latents-mu.csv";
    private const string LatentSamplesName = "mutual-information-latents-z.csv";
    private const string ParametersName = "mutual-information-parameters-mu.csv";
    private const string ParametersOfSamplesName = "mutual-information-parameters-z.csv";

    /// <summary>Writes all tables. Each file appears only when it is complete.</summary>
    public static void Write(string folder, AnalysisResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        foreach (var (name, table) in Tables(results))
        {
            table.Write(Path.Combine(folder, name));
        }
    }

    /// <summary>Reads the tables that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InputException">A table is missing or damaged; the message names it.</exception>
    public static AnalysisResults Read(string folder)
    {
        ResultTable Table(string name) => ReadTable(folder, name);
        MutualInformationMatrix? Matrix(string name) =>
            File.Exists(Path.Combine(folder, name)) ? MutualInformationMatrix.FromTable(Table(name)) : null;
        var pixels = PixelError.Columns.Rows(Table(PixelsName));
        var dimensions = DimensionInformativeness.Columns.Rows(Table(DimensionsName));
        var grid = new WavelengthGrid([.. pixels.Select(p => p.WavelengthAngstrom)]);
        var (traversed, traversals) = TraversalTables.Read(folder, grid.Count);
        return new AnalysisResults(
            grid,
            LossSummary.Columns.Row(Table(LossName)),
            new ReconstructionError(
                [.. pixels.Select(p => p.MeanSquaredError)],
                [.. pixels.Select(p => p.Variance)],
                [.. SpectrumError.Columns.Rows(Table(SpectraName)).Select(s => s.SquaredError)]
            ),
            new Informativeness([.. dimensions.Select(d => d.MeanAbsoluteCovariance)], [.. dimensions.Select(d => d.KlNat)]),
            LineR2.Columns.Rows(Table(LinesName)),
            [.. PrincipalComponent.Columns.Rows(Table(ComponentsName)).Select(c => c.Eigenvalue)],
            ExampleTable.Read(Table(ExamplesName)),
            traversed,
            traversals,
            Matrix(LatentsName),
            Matrix(LatentSamplesName),
            Matrix(ParametersName),
            Matrix(ParametersOfSamplesName)
        );
    }

    /// <summary>A table of the folder by its file's name without <c>.csv</c>; null when there is none.</summary>
    /// <exception cref="InputException">The table is damaged.</exception>
    public static ResultTable? Find(string folder, string name) => Has(folder, name) ? ReadTable(folder, name + ".csv") : null;

    /// <summary>Whether a table is there; it is not read.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Its name without extension.</param>
    public static bool Has(string folder, string name) => File.Exists(Path.Combine(folder, name + ".csv"));

    /// <summary>Reads one table of the folder.</summary>
    internal static ResultTable ReadTable(string folder, string name) => ResultTable.Read(Path.Combine(folder, name), "galatent analyze");

    private static IEnumerable<(string Name, ResultTable Table)> Tables(AnalysisResults results)
    {
        var wavelength = results.Grid.WavelengthAngstrom;
        var error = results.Error;
        var informativeness = results.Informativeness;
        yield return (LossName, LossSummary.Columns.Quantities(results.Loss));
        yield return (
            PixelsName,
            PixelError.Columns.Table(wavelength.Select((w, i) => new PixelError(w, error.MeanSquaredError[i], error.Variance[i])))
        );
        yield return (SpectraName, SpectrumError.Columns.Table(error.SquaredErrorPerSpectrum.Select((e, i) => new SpectrumError(i, e))));
        yield return (
            DimensionsName,
            DimensionInformativeness.Columns.Table(
                informativeness.KlNat.Select((kl, d) => new DimensionInformativeness(d, informativeness.MeanAbsoluteCovariance[d], kl))
            )
        );
        yield return (LinesName, LineR2.Columns.Table(results.Lines));
        yield return (ComponentsName, PrincipalComponent.Columns.Table(results.Eigenvalues.Select((e, i) => new PrincipalComponent(i, e))));
        yield return (ExamplesName, ExampleTable.Of(wavelength, results.Examples));
        foreach (var table in TraversalTables.Of(results.TraversedSpectrum, wavelength, results.Traversals))
        {
            yield return table;
        }
        (string, MutualInformationMatrix?)[] matrices =
        [
            (LatentsName, results.Latents),
            (LatentSamplesName, results.LatentSamples),
            (ParametersName, results.Parameters),
            (ParametersOfSamplesName, results.ParametersOfSamples),
        ];
        foreach (var (name, matrix) in matrices)
        {
            if (matrix is not null)
            {
                yield return (name, matrix.ToTable());
            }
        }
    }
}
