using Galatent.Files;
using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Report.Page;

/// <summary>The study's table 1: the known parameters of the spectra, with unit, range in this run, and how they were drawn.</summary>
internal static class ParameterTable
{
    private static readonly (string Name, double Probability)[] Quantiles =
    [
        ("minimum", 0),
        ("percentile_16", 0.16),
        ("median", 0.5),
        ("percentile_84", 0.84),
        ("maximum", 1),
    ];

    /// <summary>A row for each parameter; null for spectra without any.</summary>
    public static ResultTable? Of(RunResults run)
    {
        var parameters = Shown(run);
        return parameters.Length == 0
            ? null
            : new ResultTable(
                ["parameter", "symbol", "unit", "description", .. Quantiles.Select(q => q.Name), "prior"],
                [
                    .. parameters.Select(p =>
                        (string[])
                            [
                                p.Name,
                                GalaxyQuantities.SymbolOf(p.Name),
                                Unit(p),
                                Description(p),
                                .. Values(p).Select(v => ResultTable.Text(v, "G6")),
                                Prior(run, p.Name) ?? "",
                            ]
                    ),
                ]
            );
    }

    /// <summary>The same for a reader.</summary>
    public static string Html(RunResults run)
    {
        var parameters = Shown(run);
        if (parameters.Length == 0)
        {
            return "";
        }
        var hasPriors = parameters.Any(p => Prior(run, p.Name) is not null);
        var table = Page.Html.Table(
            ["Parameter", "What it is", "Unit", "Range", "Median (16 to 84 %)", .. hasPriors ? ["Drawn from"] : Array.Empty<string>()],
            parameters.Select(p =>
            {
                var v = Values(p);
                string[] row =
                [
                    GalaxyQuantities.SymbolOf(p.Name),
                    Description(p),
                    Unit(p) is { Length: > 0 } unit ? Pretty(unit) : "–",
                    $"{Wording.Number(v[0])} to {Wording.Number(v[4])}",
                    $"{Wording.Number(v[2])} ({Wording.Number(v[1])} to {Wording.Number(v[3])})",
                ];
                return hasPriors ? [.. row, Prior(run, p.Name) ?? "–"] : row;
            }),
            "parameters"
        );
        return $"<h3>Parameters of the galaxies (table 1 of the study)</h3><p>{Page.Html.Text(Sentence(run))}</p>{table}";
    }

    private static ParameterColumn[] Shown(RunResults run)
    {
        var compared = ComparedParameters.Of(run.Parameters);
        var ionisation = run.Parameters.Where(p => p.Name == GalaxyQuantities.LogU.Name);
        return [.. compared.Concat(ionisation).DistinctBy(p => p.Name).Where(p => p.Values.Any(double.IsFinite))];
    }

    private static string Sentence(RunResults run) =>
        run.IsObserved
            ? "What the surveys tell of the galaxies; the network saw none of it. "
            : (PopulationPriors.Describe(run.Provenance.Population) is { } words ? words + " " : "")
                + "The network saw none of these numbers. Ranges are those of this run's galaxies. The study's table 1 has no log U; it "
                + "calls D₂ the attenuation of stars older than 10 Myr, which here acts on all stars (FSPS's dust2).";

    private static double[] Values(ParameterColumn parameter)
    {
        double[] finite = [.. parameter.Values.Where(double.IsFinite)];
        return [.. Quantiles.Select(q => SampleMoments.Quantile(finite, q.Probability))];
    }

    private static string Unit(ParameterColumn p) => GalaxyQuantities.Named(p.Name)?.Unit ?? p.Unit;

    private static string Description(ParameterColumn p) =>
        (GalaxyQuantities.Named(p.Name)?.Description ?? p.Description) is { Length: > 0 } text ? text : p.Name;

    private static string? Prior(RunResults run, string name) =>
        run.IsObserved ? null : PopulationPriors.Of(run.Provenance.Population, name);

    private static string Pretty(string unit) =>
        unit.Replace("log10", "log₁₀ ", StringComparison.Ordinal)
            .Replace("sun", "☉", StringComparison.Ordinal)
            .Replace("yr", "year", StringComparison.Ordinal);
}
