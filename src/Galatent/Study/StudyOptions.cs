using System.Globalization;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra;
using Galatent.Synthesis.Galaxies;
using Galatent.Training;

namespace Galatent.Study;

/// <summary>The settings of a run of the whole study. All settings that change the results are stored in <c>run.json</c>
/// (<see cref="RunManifest"/>).</summary>
public sealed record StudyOptions
{
    /// <summary>Value of <see cref="RunManifest.StellarPopulations"/> for the populations that come with the program.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>Fewest spectra with which every stage works.</summary>
    public const int LeastCount = 100;

    /// <summary>Recipe: one of <see cref="TrainingOptions.Presets"/>.</summary>
    public string Preset { get; init; } = TrainingOptions.DefaultPreset;

    /// <summary>Number of spectra, at least 100; the preset's when null.</summary>
    public int? Count { get; init; }

    /// <summary>Weights of the divergence (eq. 8 of the study), one training each; positive and different.</summary>
    public IReadOnlyList<double> Betas { get; init; } = TrainingOptions.StudyBetas;

    /// <summary>Population model: one of the names of <see cref="SelectionPresets"/>.</summary>
    public string Population { get; init; } = SelectionPresets.NameOf(new PopulationOptions().Selection);

    /// <summary>File of the stellar populations; the built-in ones when null.</summary>
    public string? StellarPopulations { get; init; }

    /// <summary>Root of all random numbers, not negative.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Number of seeds, at least 1: the study is done with <see cref="Seed"/> and the whole numbers after it, spectra included.
    /// </summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Where to compute; the number of threads does not change results.</summary>
    public ComputeOptions Compute { get; init; } = new();

    /// <summary>Runtime, system and processor; stored in <c>run.json</c> for information only.</summary>
    public string Environment { get; init; } = "";

    /// <summary>These settings as a manifest without finished stages.</summary>
    /// <exception cref="InputException">A setting is out of its range.</exception>
    public RunManifest Manifest()
    {
        var preset = StudyPreset.ForName(Preset);
        if (Count < LeastCount)
        {
            throw new InputException($"{Count} spectra are too few for the study; give at least {LeastCount}.");
        }
        if (Betas.Count == 0 || Betas.Any(b => !(b > 0 && double.IsFinite(b))) || Betas.Distinct().Count() < Betas.Count)
        {
            throw new InputException(
                $"The values of beta, {string.Join(", ", Betas.Select(b => b.ToString(CultureInfo.InvariantCulture)))}, must be positive "
                    + "and different."
            );
        }
        if (Seed < 0)
        {
            throw new InputException($"The seed is {Seed}; it must not be negative.");
        }
        if (Seeds < 1 || Seed > long.MaxValue - (Seeds - 1))
        {
            throw new InputException($"{Seeds} seeds from {Seed} on cannot be; give at least 1, and a smaller first seed.");
        }
        _ = SelectionPresets.Named(Population);
        return new RunManifest
        {
            Generator = SpectrumProvenance.ThisProgram,
            Preset = preset.Name,
            Seed = Seed,
            Seeds = Seeds > 1 ? Seeds : null,
            Count = Count ?? preset.Count,
            Population = Population,
            StellarPopulations = StellarPopulations ?? BuiltIn,
            Betas = [.. Betas.Order()],
            Device = Compute.Device,
            Threads = Compute.ThreadCount,
            Environment = Environment,
        };
    }
}
