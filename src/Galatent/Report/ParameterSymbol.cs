namespace Galatent.Report;

/// <summary>How figures and tables call the known parameters: the symbols of the study's table 1.</summary>
internal static class ParameterSymbol
{
    private static readonly (string Name, string Symbol, string Plain)[] Study =
    [
        ("log_mass", "log M/M☉", "stellar mass"),
        ("log_z_star", "log Z/Z☉", "stellar metallicity"),
        ("log_z_gas", "log Zgas/Z☉", "gas metallicity"),
        ("redshift", "redshift", "redshift"),
        ("dust1", "D₁", "dust before young stars (D₁)"),
        ("dust_index", "n", "slope of the dust curve (n)"),
        ("dust2", "D₂", "dust before all stars (D₂)"),
        ("log_sfr", "log SFR", "star formation rate"),
    ];

    /// <summary>A short symbol for axes; the column's own name when the study has none.</summary>
    public static string Of(string name) => Study.FirstOrDefault(s => s.Name == name).Symbol ?? name;

    /// <summary>A few words for sentences.</summary>
    public static string Words(string name) => Study.FirstOrDefault(s => s.Name == name).Plain ?? name;
}
