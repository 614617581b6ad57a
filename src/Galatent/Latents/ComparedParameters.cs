using Galatent.Files;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents;

/// <summary>The parameters with which latent dimensions are compared.</summary>
public static class ComparedParameters
{
    // With more than a dozen, tables and figures become unreadable and the estimation takes hours on two cores.
    private const int MostWithoutStudy = 12;

    /// <summary>The study's eight parameters where present. For catalogues without them, the first twelve columns.</summary>
    public static ParameterColumn[] Of(IReadOnlyList<ParameterColumn> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var study = GalaxyQuantities
            .All.Where(q => q.IsCompared)
            .Select(q => parameters.FirstOrDefault(p => p.Name == q.Name))
            .OfType<ParameterColumn>()
            .ToArray();
        return study.Length > 0 ? study : [.. parameters.Take(MostWithoutStudy)];
    }
}
