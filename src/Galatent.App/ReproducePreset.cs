using Galatent.Numerics;
using Galatent.Training;

namespace Galatent.App;

/// <summary>How large a run of the whole study is.</summary>
/// <param name="Name">The preset's name; that of its training recipe too.</param>
/// <param name="Count">Number of spectra, training and validation together.</param>
/// <param name="InformationSpectra">Spectra for mutual information: 5,000 give a standard error of about 0.015 nat.</param>
internal sealed record ReproducePreset(string Name, int Count, int InformationSpectra)
{
    public static IReadOnlyList<string> Names { get; } = ["quick", "standard", "thesis"];

    /// <summary>The study's split: 80 % train, 20 % judge.</summary>
    public const double ValidationFraction = 0.2;

    public TrainingOptions Training => TrainingOptions.ForPreset(Name);

    public static ReproducePreset ForName(string name) =>
        name switch
        {
            "quick" => new("quick", 20_000, 5_000),
            "standard" => new("standard", 100_000, 20_000),
            "thesis" => new("thesis", 100_000, 20_000),
            _ => throw new InputException($"There is no preset '{name}'; choose {string.Join(", ", Names)}."),
        };
}
