using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// Galaxies given by the user. Needed columns: redshift, the six ratios of star-formation rates, both metallicities, log U, both optical
/// depths of dust and the slope of the dust curve. Further columns are copied to the output file.
/// The names of the pop-cosmos catalogues and of Prospector are also accepted (<see cref="GalaxyQuantity.OtherNames"/>), and so is
/// dust1_fraction = dust1/dust2.
/// The spectra are normalised and per solar mass formed, so no mass is needed.
/// </summary>
public sealed class GalaxyCatalogue
{
    // pop-cosmos gives dust1 as a fraction of dust2.
    private const string Dust1Share = "dust1_fraction";

    private static readonly GalaxyQuantity[] Needed =
    [
        GalaxyQuantities.Redshift,
        .. GalaxyQuantities.LogSfrRatios,
        GalaxyQuantities.LogZStar,
        GalaxyQuantities.LogZGas,
        GalaxyQuantities.LogU,
        GalaxyQuantities.Dust1,
        GalaxyQuantities.Dust2,
        GalaxyQuantities.DustIndex,
    ];

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
        var missing = Needed.Select(q => q.Name).Where(n => table.All(c => c.Name != n)).ToArray();
        if (missing.Length > 0)
        {
            throw new InputException(
                $"'{name}' lacks the column{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing)} of a catalogue; it has "
                    + $"{string.Join(", ", table.Select(c => c.Name))}."
            );
        }
        _values = [.. Needed.Select(q => table.First(c => c.Name == q.Name).Values)];
        Columns =
        [
            .. table.Select(c =>
                GalaxyQuantities.Named(c.Name) is { IsAlwaysStored: true } known
                    ? c with
                    {
                        Unit = known.Unit,
                        Description = known.Description,
                        // The model computes with doubles, whatever type the table has.
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

    /// <summary>What was assumed or left out while reading, one sentence each. They should be shown to the user.</summary>
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

    /// <summary>Reads a catalogue from a table: text, Parquet, HDF5, or the parameters of a dataset file (HDF5). Text columns that are not
    /// needed are left out.</summary>
    /// <exception cref="InputException">The table cannot be used.</exception>
    public static GalaxyCatalogue Of(ColumnFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var path = file.Source;
        var carried = file.Names.ToLookup(n => !file.IsText(n) || Array.Exists(Needed, q => q.Name == n || q.OtherNames.Contains(n)));
        return new GalaxyCatalogue(path, [.. carried[true].Select(file.Column)])
        {
            Remarks =
            [
                .. carried[false].Select(n => $"'{path}', column '{n}' holds texts, which are not copied into the file: it is left out."),
            ],
        };
    }

    // Our own names take precedence when both are given.
    private static List<ParameterColumn> InOurNames(IReadOnlyList<ParameterColumn> table)
    {
        var renamed = table
            .Select(c =>
                Array.Find(Needed, q => q.OtherNames.Contains(c.Name)) is { Name: var ours } && table.All(other => other.Name != ours)
                    ? c with
                    {
                        Name = ours,
                    }
                    : c
            )
            .ToList();
        if (
            renamed.All(c => c.Name != GalaxyQuantities.Dust1.Name)
            && renamed.Find(c => c.Name == Dust1Share) is { } fraction
            && renamed.Find(c => c.Name == GalaxyQuantities.Dust2.Name) is { } dust2
        )
        {
            renamed.Add(new ParameterColumn(GalaxyQuantities.Dust1.Name, "", "", [.. fraction.Values.Zip(dust2.Values, (f, d) => f * d)]));
        }
        return renamed;
    }

    private void Check(int row)
    {
        for (var c = 0; c < Needed.Length; c++)
        {
            var value = _values[c][row];
            if (!Needed[c].IsInRange(value))
            {
                throw new InputException(
                    $"'{Name}', galaxy {row} (counted from 0): {Needed[c].Name} is {value}, which must lie between "
                        + $"{Needed[c].Range.Low} and {Needed[c].Range.High}."
                );
            }
        }
    }
}
