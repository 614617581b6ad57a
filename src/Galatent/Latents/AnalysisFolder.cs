using Galatent.Latents.Reconstructions;
using Galatent.Latents.Traversals;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>
/// The <c>analysis</c> folder of a model: plain tables, units in the column names, enough to redraw every figure of the report together
/// with <c>spectra.h5</c> and <c>latents.h5</c>.
/// </summary>
public static class AnalysisFolder
{
    /// <summary>The folder's name beside <c>model/</c>.</summary>
    public const string FolderName = "analysis";

    private const string LatentsName = "mutual-information-latents-mu.csv";
    private const string LatentSamplesName = "mutual-information-latents-z.csv";
    private const string ParametersName = "mutual-information-parameters-mu.csv";
    private const string ParametersOfSamplesName = "mutual-information-parameters-z.csv";

    /// <summary>Writes all tables; each file appears whole or not at all.</summary>
    public static void Write(string folder, AnalysisResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        foreach (var (name, table) in Tables(results))
        {
            table.Write(Path.Combine(folder, name));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InputException">A table is missing or damaged; the message names it.</exception>
    public static AnalysisResults Read(string folder)
    {
        ResultTable Table(string name) => ResultTable.Read(Path.Combine(folder, name));
        MutualInformationMatrix? Matrix(string name) =>
            File.Exists(Path.Combine(folder, name)) ? MutualInformationMatrix.FromTable(Table(name)) : null;
        var wavelengths = Table("wavelengths.csv");
        var dimensions = Table("dimensions.csv");
        var lines = Table("lines.csv");
        var grid = new WavelengthGrid(wavelengths.Doubles("wavelength_angstrom"));
        var (traversed, traversals) = TraversalTables.Read(folder, grid.Count);
        return new AnalysisResults(
            grid,
            LossTable.Read(Table("loss.csv")),
            new ReconstructionError(
                wavelengths.Doubles("mean_squared_error"),
                wavelengths.Doubles("variance"),
                Table("spectra.csv").Doubles("squared_error")
            ),
            new Informativeness(dimensions.Doubles("mean_absolute_covariance"), dimensions.Doubles("kl_nat")),
            [
                .. lines
                    .Texts("line")
                    .Zip(lines.Doubles("wavelength_angstrom"), lines.Doubles("r2", mayBeUndefined: true))
                    .Zip(lines.Doubles("variance"), (l, v) => new LineR2(l.First, l.Second, l.Third) { Variance = v }),
            ],
            Table("principal-components.csv").Doubles("eigenvalue"),
            ExampleTable.Read(Table("examples.csv")),
            traversed,
            traversals,
            Matrix(LatentsName),
            Matrix(LatentSamplesName),
            Matrix(ParametersName),
            Matrix(ParametersOfSamplesName)
        );
    }

    private static IEnumerable<(string Name, ResultTable Table)> Tables(AnalysisResults results)
    {
        var wavelength = results.Grid.WavelengthAngstrom;
        yield return ("loss.csv", LossTable.Of(results.Loss));
        yield return (
            "wavelengths.csv",
            ResultTable.Of(
                ("wavelength_angstrom", wavelength),
                ("mean_squared_error", results.Error.MeanSquaredError),
                ("variance", results.Error.Variance),
                ("r2", [.. Enumerable.Range(0, wavelength.Length).Select(results.Error.R2)])
            )
        );
        yield return (
            "spectra.csv",
            ResultTable.Of(
                ("spectrum", Counting(results.Error.SquaredErrorPerSpectrum.Length)),
                ("squared_error", results.Error.SquaredErrorPerSpectrum)
            )
        );
        var informativeness = results.Informativeness;
        yield return (
            "dimensions.csv",
            ResultTable.Of(
                ("dimension", Counting(informativeness.KlNat.Length)),
                ("mean_absolute_covariance", informativeness.MeanAbsoluteCovariance),
                ("kl_nat", informativeness.KlNat)
            )
        );
        yield return (
            "lines.csv",
            new ResultTable(
                ["line", "wavelength_angstrom", "r2", "variance"],
                [
                    .. results.Lines.Select(l =>
                        new[] { l.Label, ResultTable.Text(l.WavelengthAngstrom), ResultTable.Text(l.R2), ResultTable.Text(l.Variance) }
                    ),
                ]
            )
        );
        yield return (
            "principal-components.csv",
            ResultTable.Of(("component", Counting(results.Eigenvalues.Length)), ("eigenvalue", results.Eigenvalues))
        );
        yield return ("examples.csv", ExampleTable.Of(wavelength, results.Examples));
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

    private static double[] Counting(int n) => [.. Enumerable.Range(0, n).Select(i => (double)i)];
}
