using Galatent.Files;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents.Analyses;

/// <summary>All that an analysis may look at.</summary>
/// <param name="Spectra">The spectra, with their known quantities.</param>
/// <param name="Latents">Their latent representations, in the same order.</param>
/// <param name="Split">Which spectra trained the model, and which are held out.</param>
/// <param name="Results">The results so far: losses, informativeness, mutual information.</param>
/// <param name="Encode">Encoder: takes normalised flux of shape (m, n_wave), returns the posteriors.</param>
/// <param name="Decode">Decoder: takes latents of shape (m, dimensions) and m, returns normalised flux of shape (m, n_wave).</param>
/// <param name="Options">Seed, threads, number of spectra for mutual information.</param>
public sealed record AnalysisInput(
    ISpectrumSource Spectra,
    LatentSet Latents,
    DataSplit Split,
    AnalysisResults Results,
    Func<float[], LatentPosterior> Encode,
    Func<float[], int, float[]> Decode,
    ModelAnalysisOptions Options
)
{
    /// <summary>Fewest spectra from which shares, correlations and permutations mean something.</summary>
    public const int LeastSpectra = 200;

    /// <summary>Simulates spectra again with other parameters: takes columns like those of <see cref="Spectra"/>, returns normalised flux
    /// of shape (m, n_wave). Null when the spectra do not come from the simulator.</summary>
    public Func<IReadOnlyList<ParameterColumn>, float[]>? Simulate { get; init; }

    /// <summary>As <see cref="Simulate"/>, the galaxies without emission lines. Each spectrum is normalised for itself.</summary>
    public Func<IReadOnlyList<ParameterColumn>, float[]>? SimulateWithoutLines { get; init; }

    /// <summary>Encoder that is told which pixels are good: flux and 1 or 0, both of shape (m, n_wave). Null when the model has no mask
    /// channel: bad pixels must then be filled.</summary>
    public Func<float[], float[], LatentPosterior>? EncodeSeen { get; init; }

    /// <summary>Requires that the spectra can be simulated again.</summary>
    /// <exception cref="InputException">They do not come from the simulator.</exception>
    public Func<IReadOnlyList<ParameterColumn>, float[]> RequireSimulator() =>
        Simulate ?? throw new InputException("This analysis needs to simulate galaxies again, and these spectra were not simulated.");

    /// <summary>Dimensions in use, ascending, from 0: a mean KL above 0.1 nat.</summary>
    public int[] InUse => Results.Informativeness.ByKl;

    /// <summary>Names of the dimensions in use, e.g. <c>z06</c>.</summary>
    public string[] NamesInUse => Array.ConvertAll(InUse, AnalysisResults.DimensionName);

    /// <summary>The dimensions in use, if they are at least so many.</summary>
    /// <exception cref="InputException">There are fewer.</exception>
    public int[] RequireInUse(int least) =>
        InUse is var inUse && inUse.Length >= least
            ? inUse
            : throw new InputException(
                $"This analysis needs at least {least} dimension{(least == 1 ? "" : "s")} in use (KL above 0.1 nat), but the model has "
                    + $"{inUse.Length}."
            );

    /// <summary>Requires at least <see cref="LeastSpectra"/> spectra.</summary>
    /// <exception cref="InputException">There are fewer.</exception>
    public void RequireSpectra(int least = LeastSpectra)
    {
        if (Latents.Count < least)
        {
            throw new InputException($"This analysis needs at least {least} spectra, but there are {Latents.Count}.");
        }
    }

    /// <summary>The compared parameters (<see cref="ComparedParameters"/>) that are not constant.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public ParameterColumn[] RequireParameters() =>
        Spectra.Parameters.Count == 0
            ? throw new InputException("This analysis needs known parameters of the spectra, but the file holds none.")
        : ComparedParameters.Of(Spectra.Parameters).Where(p => p.Values.Distinct().Skip(1).Any()).ToArray() is { Length: > 0 } varying
            ? varying
        : throw new InputException("This analysis needs a parameter that differs between the spectra, but all are constant.");

    /// <summary>Rows for estimates whose time grows with their number: all, or a random subset of
    /// <see cref="ModelAnalysisOptions.InformationSpectra"/>, ascending.</summary>
    public int[] InformationRows() => Options.InformationRows(Latents.Count);
}
