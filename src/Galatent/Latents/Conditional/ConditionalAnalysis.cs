using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Conditional;

/// <summary>The study's puzzle: does a dimension know redshift and mass by themselves, or only through star formation? Each information
/// is given alone and given the other parameters, by correlations (G) and by a mixture.</summary>
internal sealed class ConditionalAnalysis : ILatentAnalysis
{
    private const int Replicas = 100;

    // Most rows of the mixtures. With 2,500 the standard error is 0.02 nat, and the time grows in proportion.
    private const int MixtureRows = 2500;

    // In four columns, 8 components have 120 parameters for 2,500 rows.
    private const int MostComponents = 8;
    private const int MixtureReplicas = 20;
    private const int Permutations = 199;

    private static readonly string Redshift = GalaxyQuantities.Redshift.Name;
    private static readonly string Mass = GalaxyQuantities.LogMass.Name;
    private static readonly string Rate = GalaxyQuantities.LogSfr.Name;

    // Each parameter alone, and given the others.
    private static readonly (string Parameter, string[] Given)[] Questions =
    [
        (Redshift, []),
        (Redshift, [Rate]),
        (Redshift, [Rate, Mass]),
        (Mass, []),
        (Mass, [Rate]),
        (Mass, [Rate, Redshift]),
        (Rate, []),
        (Rate, [Mass, Redshift]),
    ];

    public string Name => "conditional";

    public string Description => "what dimensions know of redshift and mass beyond star formation; interaction and chain rule";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        var known = Known(input);
        var chosen = input.InformationRows();
        var few = Few(chosen, input.Options.Seed);
        NamedColumn[] z = [.. inUse.Select(d => new NamedColumn(AnalysisResults.DimensionName(d), input.Latents.SampleColumn(d)))];
        var work = new Work(input.Options, chosen, few, known, progress, z.Length, cancellation);
        var rows = new List<ConditionalRow>();
        var pairs = new List<InteractionRow>();
        foreach (var column in z)
        {
            rows.AddRange(Questions.Select(q => work.Answer(column.Name, [column], q.Parameter, q.Given, byMixture: true)));
            pairs.Add(work.Interaction(column, Redshift, Rate));
            pairs.Add(work.Interaction(column, Mass, Rate));
            work.Told();
        }
        rows.AddRange(Questions.Select(q => work.Answer("all in use", z, q.Parameter, q.Given, byMixture: false)));
        string[] broken = [.. pairs.Where(p => !p.Pair.ChainHolds()).Select(p => $"{p.Dimension} with {p.First} and {p.Second}")];
        return new AnalysisOutput(
            [
                new AnalysisTable(Name, ConditionalRow.Columns.Table(rows)),
                new AnalysisTable(Name + "-interaction", InteractionRow.Columns.Table(pairs)),
            ],
            broken.Length == 0
                ? []
                : [$"the chain rule fails by more than three standard errors for {string.Join("; ", broken)}: distrust these mixtures."]
        );
    }

    private static Dictionary<string, NamedColumn> Known(AnalysisInput input)
    {
        ParameterColumn[] parameters = input.RequireParameters();
        string[] missing = [.. new[] { Redshift, Mass, Rate }.Where(n => parameters.All(p => p.Name != n))];
        return missing.Length == 0
            ? parameters.ToDictionary(p => p.Name, p => new NamedColumn(p.Name, p.Values))
            : throw new InputException(
                $"This analysis needs the parameters {Redshift}, {Mass} and {Rate}, each with several values; {string.Join(", ", missing)} "
                    + $"{(missing.Length == 1 ? "is" : "are")} missing or constant."
            );
    }

    private static int[] Few(int[] rows, ulong seed)
    {
        var few = (int[])rows.Clone();
        new RandomStream(seed, "conditional information").Shuffle(few.AsSpan());
        return few[..Math.Min(few.Length, MixtureRows)];
    }

    private sealed class Work(
        ModelAnalysisOptions options,
        int[] rows,
        int[] few,
        Dictionary<string, NamedColumn> known,
        IProgress<StepProgress>? progress,
        int total,
        CancellationToken cancellation
    )
    {
        private readonly Dictionary<string, InformationEstimate> _answered = [];

        // Each column is ranked once, not for each of the questions about it.
        private readonly Dictionary<string, double[]> _scores = [];
        private readonly int[][] _resamples = GaussianInformation.Resamples(rows.Length, Replicas, options.Seed);
        private int _done;

        private MutualInformationOptions Estimator { get; } =
            options.Information with
            {
                Neighbours = 0,
                Replicas = Math.Min(MixtureReplicas, options.Information.Replicas),
                Permutations = Math.Min(Permutations, options.Information.Permutations),
                Fit = options.Information.Fit with { MaxComponents = Math.Min(MostComponents, options.Information.Fit.MaxComponents) },
            };

        public ConditionalRow Answer(string name, NamedColumn[] z, string parameter, string[] given, bool byMixture)
        {
            cancellation.ThrowIfCancellationRequested();
            var gaussian = GaussianInformation.OfScores(
                [.. z.Select(Scores), Scores(known[parameter]), .. given.Select(g => Scores(known[g]))],
                z.Length,
                1,
                _resamples
            );
            var mixture = byMixture ? Mixture(z[0], [parameter], given) : null;
            return new ConditionalRow(
                name,
                parameter,
                string.Join(" ", given),
                rows.Length,
                byMixture ? few.Length : 0,
                gaussian.Nat,
                gaussian.StandardErrorNat,
                mixture?.Mi ?? double.NaN,
                mixture?.Std ?? double.NaN,
                mixture?.PValue ?? double.NaN
            );
        }

        public InteractionRow Interaction(NamedColumn z, string first, string second) =>
            new(
                z.Name,
                first,
                second,
                new PairInformation(
                    Mixture(z, [first], []),
                    Mixture(z, [second], []),
                    Mixture(z, [first], [second]),
                    Mixture(z, [second], [first]),
                    Mixture(z, [first, second], [])
                )
            );

        private double[] Scores(NamedColumn column)
        {
            if (!_scores.TryGetValue(column.Name, out var scores))
            {
                scores = GaussianCopula.Scores([column.Take(rows)])[0];
                _scores.Add(column.Name, scores);
            }
            return scores;
        }

        // A question that was asked before has its answer.
        private InformationEstimate Mixture(NamedColumn z, string[] about, string[] given)
        {
            var question = $"{z.Name}: {string.Join(' ', about)} | {string.Join(' ', given)}";
            if (!_answered.TryGetValue(question, out var estimate))
            {
                estimate = ConditionalInformation.Estimate(
                    [z.Take(few)],
                    [.. about.Select(name => known[name].Take(few))],
                    [.. given.Select(name => known[name].Take(few))],
                    Estimator,
                    options.Seed,
                    options.Threads,
                    cancellation
                );
                _answered.Add(question, estimate);
            }
            return estimate;
        }

        public void Told() => progress?.Report(new StepProgress(++_done, total));
    }
}
