using Galatent.Numerics;
using Galatent.Training;

namespace Galatent.Study;

/// <summary>How large a run of the whole study is.</summary>
/// <param name="Name">The preset's name; that of its training recipe too.</param>
/// <param name="Count">Number of spectra, training and validation together.</param>
/// <param name="InformationSpectra">Spectra for mutual information: 5,000 give a standard error of about 0.015 nat.</param>
public sealed record StudyPreset(string Name, int Count, int InformationSpectra)
{
    /// <summary>The study's split: 80 % train, 20 % judge.</summary>
    public const double ValidationFraction = 0.2;

    /// <summary>Names that <see cref="ForName"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["quick", "standard", "thesis"];

    /// <summary>How the networks are trained.</summary>
    public TrainingOptions Training => TrainingOptions.ForPreset(Name);

    /// <summary>The preset of a name.</summary>
    /// <exception cref="InputException">There is no such preset.</exception>
    public static StudyPreset ForName(string name) =>
        name switch
        {
            "quick" => new("quick", 20_000, 5_000),
            "standard" => new("standard", 100_000, 20_000),
            "thesis" => new("thesis", 100_000, 20_000),
            _ => throw new InputException($"There is no preset '{name}'; choose {string.Join(", ", Names)}."),
        };
}
