using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>How mutual information is estimated. The defaults are calibrated: see docs/notes/mutual-information-calibration.md.</summary>
public sealed record MutualInformationOptions
{
    /// <summary>Bootstrap resamples, at least 10. They give the standard error and the bias. With 50 the standard error is known to 10
    /// %.</summary>
    public int Replicas { get; init; } = 50;

    /// <summary>Random permutations for the p-value, at least 99. The smallest p-value is 1 / (permutations + 1). All pairs of a table
    /// share them.</summary>
    public int Permutations { get; init; } = 9999;

    /// <summary>Neighbours of the independent check by Kraskov, Stoegbauer and Grassberger; 0 turns the check off.</summary>
    public int Neighbours { get; init; } = 3;

    /// <summary>How the mixtures are fitted.</summary>
    public MixtureFitOptions Fit { get; init; } = new();

    /// <summary>Fewest usable rows of a pair.</summary>
    public const int LeastCount = 10;

    /// <summary>Refuses settings that cannot work, and reports all of them together.</summary>
    /// <exception cref="InputException">A setting is out of range.</exception>
    public void Validate()
    {
        string[] faults =
        [
            .. Replicas < 10 ? [$"{nameof(Replicas)} is {Replicas} and must be at least 10"] : Array.Empty<string>(),
            .. Permutations < 99 ? [$"{nameof(Permutations)} is {Permutations} and must be at least 99"] : Array.Empty<string>(),
            .. Neighbours < 0 ? [$"{nameof(Neighbours)} is {Neighbours} and must not be negative"] : Array.Empty<string>(),
            .. Fit.Folds < 2 ? [$"{nameof(Fit.Folds)} is {Fit.Folds} and must be at least 2"] : Array.Empty<string>(),
            .. Fit.MaxComponents < 1
                ? [$"{nameof(Fit.MaxComponents)} is {Fit.MaxComponents} and must be at least 1"]
                : Array.Empty<string>(),
            .. Fit.Patience < 1 ? [$"{nameof(Fit.Patience)} is {Fit.Patience} and must be at least 1"] : Array.Empty<string>(),
            .. !(Fit.Tolerance > 0) ? [$"{nameof(Fit.Tolerance)} is {Fit.Tolerance} and must be positive"] : Array.Empty<string>(),
            .. Fit.MaxIterations < 1 || Fit.MaxFoldIterations < 1 ? ["the iteration limits must be at least 1"] : Array.Empty<string>(),
        ];
        if (faults.Length > 0)
        {
            throw new InputException($"The options of the mutual information cannot be used: {string.Join("; ", faults)}.");
        }
    }
}
