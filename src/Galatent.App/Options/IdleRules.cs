using static Galatent.App.Options.IdleRule;

namespace Galatent.App.Options;

/// <summary>For each command, the options that have no effect together with others.</summary>
internal static class IdleRules
{
    // Options for drawing the galaxies of a population.
    private static readonly string[] Drawing =
    [
        "--quiescent",
        "--stellar-metallicity",
        "--gas-metallicity",
        "--dust-depth",
        "--dust-slope",
        "--r-magnitude",
    ];

    private static readonly string[] Population = ["--population", "--decorrelated", "--zmax", .. Drawing];

    private static readonly Dictionary<string, IdleRule[]> Rules = new()
    {
        ["simulate"] =
        [
            With("--one", ["--count", "--shard", "--catalogue", "--figures", "--seed", .. Population]),
            new(["--observed"], "--one", [], "--one shows a galaxy in the rest frame; --catalogue can have the observed frame"),
            new(["--noise"], "--one", [], "--one shows a galaxy without noise; --catalogue can have noise"),
            With("--one", "--like"),
            With(
                "--like",
                "--catalogue",
                "--normalization",
                "--observed",
                "--flux",
                "--noise",
                "--resolution",
                "--zmax",
                "--decorrelated",
                "--r-magnitude"
            ),
            new(["--figures"], "--like", [], "--figures measures spectra without noise and bad pixels, not those of --like"),
            With("--catalogue", ["--count", "--imf", .. Population]),
            new(["--seed"], "--catalogue", ["--noise", "--velocity-dispersion by-mass"]),
            Without("--one", "--derivatives", "--history"),
            With("--derivatives", "--history"),
            With("--population uniform", Drawing),
            With("--population ch1_26", "--r-magnitude"),
            With("--no-lines", "--lines", "--lya-escape", "--line-width", "--line-velocity"),
            With("--no-nebular-continuum", "--nebular-continuum"),
            With("--no-lines --no-nebular-continuum", "--lyc-escape"),
            new(["--figures"], "--observed", [], "--figures measures lines and breaks in the rest frame, not --observed"),
            new(
                ["--dust power-law"],
                "",
                ["--catalogue", "--one"],
                "--dust power-law needs galaxies whose dust index is an exponent, from --catalogue or --one"
            ),
        ],
        ["train"] = [With("--beta", "--sigma"), With("--overwrite", "--resume")],
        ["import"] =
        [
            new(["--reference"], "", ["--normalise fallback"]),
            With(
                "--select all",
                "--classes",
                "--least-sn",
                "--least-coverage",
                "--least-redshift",
                "--good-plates",
                "--allow-uncalibrated",
                "--keep-repeats"
            ),
        ],
        ["explore"] = [With("--export", "--port", "--listen", "--no-browser", "--threads")],
        ["export"] = [Without("--html", "--latents")],
        ["compare"] = [With("--model", "runs", "--figures", "--information-spectra"), Without("--model", "--real", "--mock")],
        ["outliers"] = [Without("--figures", "--top")],
        ["analyze"] = [With("--run", "--model", "--data", "--out")],
        ["mi"] =
        [
            With("--entropy", "--kl", "--prior", "--with", "--given", "--figures"),
            With("--kl", "--prior", "--with", "--given", "--figures", "--classes"),
            With("--prior", "--with", "--given", "--figures", "--classes"),
            With("--with", "--figures"),
            With("--given", "--figures"),
            new(["--classes"], "", ["--columns", "--entropy"]),
            new(["other"], "--entropy", ["--columns"]),
            new(["other"], "--prior", ["--columns"]),
        ],
    };

    /// <summary>The rules of a command; empty when every option always has an effect.</summary>
    public static IReadOnlyList<IdleRule> Of(string command) => Rules.GetValueOrDefault(command, []);

    /// <summary>The commands that have rules.</summary>
    public static IEnumerable<string> Commands => Rules.Keys;
}
