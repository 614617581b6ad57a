using Galatent.Files;

namespace Galatent.Latents;

/// <summary>The parameters that latent dimensions are compared with.</summary>
public static class ComparedParameters
{
    // Beyond a dozen, tables and figures become unreadable and the estimation takes hours on two cores.
    private const int MostWithoutStudy = 12;

    /// <summary>Names of the study's eight (its table 1), in its order.</summary>
    public static IReadOnlyList<string> Study { get; } =
    ["log_mass", "log_z_star", "log_z_gas", "redshift", "dust1", "dust_index", "dust2", "log_sfr"];

    /// <summary>The study's eight where present; for other catalogues their first twelve columns.</summary>
    public static ParameterColumn[] Of(IReadOnlyList<ParameterColumn> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var study = Study.Select(name => parameters.FirstOrDefault(p => p.Name == name)).OfType<ParameterColumn>().ToArray();
        return study.Length > 0 ? study : [.. parameters.Take(MostWithoutStudy)];
    }
}
