using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>Which column of a table is what: by the names that surveys use, or as the user says.</summary>
/// <param name="Wavelength">Wavelengths.</param>
/// <param name="Flux">Flux.</param>
/// <param name="Noise">Inverse variance, error or variance; null without one.</param>
/// <param name="NoiseIs">What <paramref name="Noise"/> is.</param>
/// <param name="Mask">Not 0 for a bad pixel; null without one.</param>
internal sealed record ColumnRoles(string Wavelength, string Flux, string? Noise, NoiseKind NoiseIs, string? Mask)
{
    private const string WavelengthRole = "wavelength";
    private const string FluxRole = "flux";
    private const string MaskRole = "mask";

    private static readonly Dictionary<string, string[]> Known = new()
    {
        [WavelengthRole] = ["wavelength", "wave", "waves", "lambda", "lam", "wl", "loglam", "log_wave"],
        [FluxRole] = ["flux", "fluxes", "flam", "f_lambda", "spec", "spectrum"],
        ["ivar"] = ["ivar", "inverse_variance", "invvar"],
        ["error"] = ["err", "error", "sig", "sigma", "noise", "uncertainty", "flux_err", "flux_error", "err_flux", "flam_err", "stdev"],
        ["variance"] = ["var", "variance", "flux_var", "stat"],
        [MaskRole] = ["mask", "and_mask", "andmask", "qual", "quality", "dq", "flag", "badpix", "pixel_mask"],
    };

    // The first that a table has is taken.
    private static readonly string[] NoiseRoles = ["ivar", "error", "variance"];

    /// <summary>What a user may say that a column is.</summary>
    public static IReadOnlyList<string> Roles { get; } = [.. Known.Keys, "redshift", "id"];

    /// <summary>Units that the user states after a colon, by role.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the names are those of a table of spectra: a column of wavelengths and one of flux.</summary>
    public static bool Fit(IReadOnlyList<string> names, SurveyOptions options) =>
        Find(names, options, WavelengthRole).Count > 0 && Find(names, options, FluxRole).Count > 0;

    /// <summary>Finds the columns.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="names">Names of the columns.</param>
    /// <param name="options">What the user says.</param>
    /// <exception cref="InputException">A role has no column, or several.</exception>
    public static ColumnRoles Of(string path, IReadOnlyList<string> names, SurveyOptions options)
    {
        if (options.Columns.Keys.FirstOrDefault(k => !Roles.Contains(k)) is { } unknown)
        {
            throw new InputException($"SurveyOptions.Columns names '{unknown}'; a column is one of {string.Join(", ", Roles)}.");
        }
        var wavelength = Single(path, names, options, WavelengthRole) ?? throw Unclear(path, names, WavelengthRole, []);
        var flux = Single(path, names, options, FluxRole) ?? throw Unclear(path, names, FluxRole, []);
        var told = Array.FindAll(NoiseRoles, options.Columns.ContainsKey);
        var order = told.Length > 0 ? told : NoiseRoles;
        string? noise = null;
        var kind = NoiseKind.None;
        foreach (var role in order)
        {
            if (noise is null && Single(path, names, options, role) is { } found)
            {
                noise = found;
                kind = Enum.Parse<NoiseKind>(role, ignoreCase: true);
            }
        }
        return new ColumnRoles(wavelength, flux, noise, kind, Single(path, names, options, MaskRole))
        {
            Units = StatedUnits(names, options),
        };
    }

    /// <summary>The column that the user says a role has; null without a word.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public static string? Told(string path, IReadOnlyList<string> names, SurveyOptions options, string role) =>
        options.Columns.TryGetValue(role, out var told) ? Match(names, told) ?? throw Missing(path, names, role, told) : null;

    private static InputException Missing(string path, IReadOnlyList<string> names, string role, string told) =>
        new($"'{path}' has no column '{told}' for the {role}; it has {ShownNames.Of(names)}.");

    private static Dictionary<string, string> StatedUnits(IReadOnlyList<string> names, SurveyOptions options) =>
        options
            .Columns.Where(p => !Has(names, p.Value) && p.Value.Contains(':'))
            .ToDictionary(p => p.Key, p => p.Value[(p.Value.LastIndexOf(':') + 1)..]);

    private static bool Has(IReadOnlyList<string> names, string name) => names.Any(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    // A unit may follow the name after a colon.
    private static string? Match(IReadOnlyList<string> names, string told)
    {
        var plain = !Has(names, told) && told.Contains(':') ? told[..told.LastIndexOf(':')] : told;
        return names.FirstOrDefault(n => n == plain) ?? names.FirstOrDefault(n => n.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Single(string path, IReadOnlyList<string> names, SurveyOptions options, string role)
    {
        if (options.Columns.TryGetValue(role, out var told))
        {
            return Match(names, told) ?? throw Missing(path, names, role, told);
        }
        var found = Find(names, options, role);
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw Unclear(path, names, role, found),
        };
    }

    private static List<string> Find(IReadOnlyList<string> names, SurveyOptions options, string role) =>
        options.Columns.TryGetValue(role, out var told)
            ? Match(names, told) is { } match
                ? [match]
                : []
            : [.. names.Where(n => Known[role].Contains(n.Trim().ToLowerInvariant())).DistinctBy(n => n.ToLowerInvariant())];

    private static InputException Unclear(string path, IReadOnlyList<string> names, string role, List<string> found) =>
        new(
            $"'{path}': {(found.Count == 0 ? "no column is known to be" : $"{ShownNames.Of(found)} could all be")} "
                + $"the {role}; it has "
                + $"{ShownNames.Of(names)}; say which with SurveyOptions.Columns, e.g. wavelength=A,flux=B,ivar=C."
        );
}

/// <summary>What a column of noise holds.</summary>
internal enum NoiseKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>1/sigma².</summary>
    Ivar,

    /// <summary>Sigma.</summary>
    Error,

    /// <summary>Sigma².</summary>
    Variance,
}
