using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Training;

namespace Galatent.Study;

/// <summary>The size of a run of the whole study.</summary>
/// <param name="Name">The preset's name, also the name of its training recipe.</param>
/// <param name="Count">Number of spectra, training and validation together.</param>
/// <param name="InformationSpectra">Spectra for mutual information: 5,000 give a standard error of about 0.015 nat.</param>
public sealed record StudyPreset(string Name, int Count, int InformationSpectra)
{
    private static readonly StudyPreset[] All =
    [
        new(TrainingOptions.Quick, 20_000, 5_000),
        new(TrainingOptions.Standard, 100_000, 20_000),
        new(TrainingOptions.Thesis, 100_000, 20_000),
    ];

    /// <summary>The preset that is used when none is named.</summary>
    public static StudyPreset Default => ForName(TrainingOptions.DefaultPreset);

    /// <summary>Share of the validation spectra: the study's.</summary>
    public const double ValidationFraction = DataSplit.StudyValidationFraction;

    /// <summary>How the networks are trained.</summary>
    public TrainingOptions Training => TrainingOptions.ForPreset(Name);

    /// <summary>The preset with this name.</summary>
    /// <exception cref="InputException">There is no such preset.</exception>
    public static StudyPreset ForName(string name) =>
        Array.Find(All, p => p.Name == name)
        ?? throw new InputException($"There is no preset '{name}'; choose {string.Join(", ", All.Select(p => p.Name))}.");
}
