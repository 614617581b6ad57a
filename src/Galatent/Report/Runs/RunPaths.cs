using System.Globalization;

namespace Galatent.Report.Runs;

/// <summary>Where everything of a run lies: <c>run.json</c>, <c>spectra.h5</c>, one folder per beta with model, latents and analysis,
/// <c>figures</c>, <c>report.html</c>.</summary>
/// <param name="Folder">The run folder.</param>
public sealed record RunPaths(string Folder)
{
    /// <summary>Seed, options, versions, timings.</summary>
    public string Manifest => In("run.json");

    /// <summary>The spectra.</summary>
    public string Spectra => In("spectra.h5");

    /// <summary>SVG and PNG of every figure.</summary>
    public string Figures => In("figures");

    /// <summary>The report.</summary>
    public string Report => In("report.html");

    /// <summary>Folder of one beta.</summary>
    public string Beta(double beta) => In("beta-" + beta.ToString(CultureInfo.InvariantCulture));

    /// <summary>Its model folder.</summary>
    public string Model(double beta) => Path.Combine(Beta(beta), "model");

    /// <summary>Its latent representations.</summary>
    public string Latents(double beta) => Path.Combine(Beta(beta), "latents.h5");

    /// <summary>Its tables.</summary>
    public string Analysis(double beta) => Path.Combine(Beta(beta), "analysis");

    private string In(string name) => Path.Combine(Folder, name);
}
