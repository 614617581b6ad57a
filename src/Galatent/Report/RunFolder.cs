using System.Globalization;

namespace Galatent.Report;

/// <summary>Where everything of a run lies: <c>run.json</c>, <c>spectra.h5</c>, one folder per beta with model, latents and analysis, <c>figures</c>, <c>report.html</c>.</summary>
/// <param name="Path">The run folder.</param>
public sealed record RunFolder(string Path)
{
    private const string BetaPrefix = "beta-";

    /// <summary>Seed, options, versions, timings.</summary>
    public string Manifest => In("run.json");

    /// <summary>The spectra.</summary>
    public string Spectra => In("spectra.h5");

    /// <summary>SVG and PNG of every figure.</summary>
    public string Figures => In("figures");

    /// <summary>The report.</summary>
    public string Report => In("report.html");

    /// <summary>Folder of one beta.</summary>
    public string Beta(double beta) => In(BetaPrefix + beta.ToString(CultureInfo.InvariantCulture));

    /// <summary>Its model folder.</summary>
    public string Model(double beta) => System.IO.Path.Combine(Beta(beta), "model");

    /// <summary>Its latent representations.</summary>
    public string Latents(double beta) => System.IO.Path.Combine(Beta(beta), "latents.h5");

    /// <summary>Its tables.</summary>
    public string Analysis(double beta) => System.IO.Path.Combine(Beta(beta), "analysis");

    /// <summary>The betas that have a folder, ascending.</summary>
    public double[] Betas() => !Directory.Exists(Path) ? [] :
        [.. Directory.GetDirectories(Path, BetaPrefix + "*")
            .Select(d => double.TryParse(System.IO.Path.GetFileName(d)[BetaPrefix.Length..], CultureInfo.InvariantCulture, out var beta) ? beta : double.NaN)
            .Where(double.IsFinite).Order()];

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
