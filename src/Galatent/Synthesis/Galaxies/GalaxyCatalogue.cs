using Galatent.Files;
using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// Galaxies that the user gives. Needed: redshift, log_sfr_ratio_1..6, log_z_star, log_z_gas, log_u, dust1, dust2, dust_index. Further
/// columns are carried into the file. Names of the pop-cosmos catalogues are understood too (z, logsfr_ratio1..6, log10Z, gaslog10Z,
/// gaslog10U, dust1_fraction = dust1/dust2), and Prospector's (zred, logsfr_ratios_1..6, logzsol, gas_logz, gas_logu). The spectra are
/// normalised and per solar mass formed, so no mass is needed.
/// </summary>
public sealed class GalaxyCatalogue
{
    private static readonly string[] Needed =
    [
        "redshift",
        .. Enumerable.Range(1, 6).Select(j => $"log_sfr_ratio_{j}"),
        "log_z_star",
        "log_z_gas",
        "log_u",
        "dust1",
        "dust2",
        "dust_index",
    ];

    // pop-cosmos (Alsing et al. 2024; Thorp et al. 2025) and Prospector (Johnson et al. 2021).
    private static readonly Dictionary<string, string> OtherNames = new(
        Enumerable
            .Range(1, 6)
            .SelectMany(j =>
                new[] { $"logsfr_ratio{j}", $"logsfr_ratios_{j}" }.Select(other => KeyValuePair.Create(other, $"log_sfr_ratio_{j}"))
            )
    )
    {
        ["z"] = "redshift",
        ["zred"] = "redshift",
        ["log10Z"] = "log_z_star",
        ["logzsol"] = "log_z_star",
        ["gaslog10Z"] = "log_z_gas",
        ["gas_logz"] = "log_z_gas",
        ["gaslog10U"] = "log_u",
        ["gas_logu"] = "log_u",
    };

    private readonly double[][] _values;

    /// <summary>Checks a table.</summary>
    /// <param name="name">The file's name, for messages and provenance.</param>
    /// <param name="table">Its columns.</param>
    /// <exception cref="InputException">A column is missing or a value cannot be used.</exception>
    public GalaxyCatalogue(string name, IReadOnlyList<ParameterColumn> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Name = name;
        table = InOurNames(table);
        var missing = Needed.Where(n => table.All(c => c.Name != n)).ToArray();
        if (missing.Length > 0)
        {
            throw new InputException(
                $"'{name}' lacks the column{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing)} of a catalogue; it has "
                    + $"{string.Join(", ", table.Select(c => c.Name))}."
            );
        }
        _values = [.. Needed.Select(n => table.First(c => c.Name == n).Values)];
        Columns =
        [
            .. table.Select(c =>
                GalaxyColumns.All.FirstOrDefault(k => k.Name == c.Name) is { } known
                    ? c with
                    {
                        Unit = known.Unit,
                        Description = known.Description,
                        // What the model computes with is a double, whatever the table stores.
                        Whole = null,
                    }
                    : c
            ),
        ];
        Count = _values[0].Length;
        if (Count == 0)
        {
            throw new InputException($"'{name}' has no rows; give at least one galaxy.");
        }
        for (var i = 0; i < Count; i++)
        {
            Check(i);
        }
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>All columns, with units where the name is known.</summary>
    public IReadOnlyList<ParameterColumn> Columns { get; }

    /// <summary>What was assumed or left out while reading: one sentence each. For the user's eyes.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>Number of galaxies.</summary>
    public int Count { get; }

    /// <summary>Galaxy <paramref name="row"/>, with a formed mass of 1 Msun.</summary>
    public Galaxy Galaxy(int row)
    {
        double At(int column) => _values[column][row];
        var history = StarFormationHistory.FromLogSfrRatios([At(1), At(2), At(3), At(4), At(5), At(6)], Cosmology.AgeGyr(At(0)), 1);
        return new Galaxy
        {
            Redshift = At(0),
            LogMass = 0,
            LogSfr = Math.Log10(history.Sfr100MsunPerYr),
            LogZStar = At(7),
            LogZGas = At(8),
            LogU = At(9),
            Dust1 = At(10),
            Dust2 = At(11),
            DustIndex = At(12),
            IsQuiescent = false,
            History = history,
        };
    }

    /// <summary>Takes a catalogue from a table: text, Parquet, HDF5, or the parameters of a dataset file (HDF5). Columns of texts that are
    /// not needed are left out.</summary>
    /// <exception cref="InputException">Not usable.</exception>
    public static GalaxyCatalogue Of(ColumnFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var path = file.Source;
        var carried = file.Names.ToLookup(n => !file.IsText(n) || Needed.Contains(n) || OtherNames.ContainsKey(n));
        return new GalaxyCatalogue(path, [.. carried[true].Select(file.Column)])
        {
            Remarks =
            [
                .. carried[false].Select(n => $"'{path}', column '{n}' holds texts, which are not carried into the file: it is left out."),
            ],
        };
    }

    // Names of ours win where both are given.
    private static List<ParameterColumn> InOurNames(IReadOnlyList<ParameterColumn> table)
    {
        var renamed = table
            .Select(c =>
                OtherNames.TryGetValue(c.Name, out var ours) && table.All(other => other.Name != ours) ? c with { Name = ours } : c
            )
            .ToList();
        if (
            renamed.All(c => c.Name != "dust1")
            && renamed.Find(c => c.Name == "dust1_fraction") is { } fraction
            && renamed.Find(c => c.Name == "dust2") is { } dust2
        )
        {
            renamed.Add(new ParameterColumn("dust1", "", "", [.. fraction.Values.Zip(dust2.Values, (f, d) => f * d)]));
        }
        return renamed;
    }

    private void Check(int row)
    {
        for (var c = 0; c < Needed.Length; c++)
        {
            var value = _values[c][row];
            var low = Lowest(Needed[c]);
            var high = Highest(Needed[c]);
            if (!(value >= low && value <= high))
            {
                throw new InputException(
                    $"'{Name}', galaxy {row} (counted from 0): {Needed[c]} is {value}, which must lie between {low} and {high}."
                );
            }
        }
    }

    // Where the model has a meaning: redshift 20 leaves 0.18 Gyr; 20 dex between bins leave one bin; optical depth 100 leaves nothing.
    private static double Lowest(string column) =>
        column switch
        {
            "redshift" or "dust1" or "dust2" => 0,
            "dust_index" => -2,
            "log_z_star" or "log_z_gas" or "log_u" => -10,
            _ => -20,
        };

    private static double Highest(string column) =>
        column switch
        {
            "dust1" or "dust2" => 100,
            "dust_index" => 2,
            "log_z_star" or "log_z_gas" or "log_u" => 10,
            _ => 20,
        };
}
