using Galatent.Report.Drawing;
using Galatent.Report.Runs;

namespace Galatent.Report.Page;

/// <summary>Whether a number of the run agrees with the study's, in words, with the reason where it does not. The study states no errors;
/// those of this run are standard errors of the estimates.</summary>
internal static class StudyVerdict
{
    private const string Agrees = "agrees";

    // As far as two standard errors, an estimate and the study's number are the same.
    private const double Errors = 2;

    /// <summary>Agrees, or differs for a reason.</summary>
    public static string When(bool agrees, string reason) => agrees ? Agrees : $"differs: {reason}";

    /// <summary>A number of the model at the study's beta; elsewhere nothing can be compared.</summary>
    public static string AtStudyBeta(RunResults run, Func<string> verdict) =>
        run.Chosen.Beta == RunResults.StudyBeta ? verdict() : $"not comparable: {run.Chosen.Label}, the study's is 0.3";

    /// <summary>Dimensions of which eq. 11 lies within its errors of the threshold.</summary>
    public static int[] Undecided(ModelResults model) =>
        model.FindTable("activity") is { } table
            ? [.. table.Texts("eq_11").Index().Where(v => v.Item == "undecided").Select(v => v.Index)]
            : [];

    /// <summary>How many dimensions eq. 11 calls informative: surely, and at most.</summary>
    public static (int Low, int High) Counted(ModelResults model)
    {
        var undecided = Undecided(model);
        var sure = model.Analysis.Informative.Except(undecided).Count();
        return (sure, sure + undecided.Length);
    }

    /// <summary>Whether numbers fall at every step.</summary>
    public static string Fewer(IReadOnlyList<(int Low, int High)> counts)
    {
        var steps = counts.Zip(counts.Skip(1)).ToArray();
        return steps.All(s => s.Second.High < s.First.Low) ? Agrees
            : steps.Any(s => s.Second.Low >= s.First.High) ? "differs: not at every step"
            : "undecided: within the errors of eq. 11";
    }

    /// <summary>Numbers of dimensions. One training has no scatter; where the run has seeds, theirs counts.</summary>
    public static string Dimensions(RunResults run, (int Low, int High) counted, int study)
    {
        if (run.Seeds is { } seeds)
        {
            var betas = seeds.Scatter.Doubles("beta");
            var row = Array.IndexOf(betas, run.Chosen.Beta);
            var column = "dimensions_eq_11";
            var mean = row < 0 ? double.NaN : seeds.Scatter.Doubles(column, mayBeUndefined: true)[row];
            var deviation = row < 0 ? double.NaN : seeds.Scatter.Doubles(column + ComparisonResults.Deviation, mayBeUndefined: true)[row];
            if (double.IsFinite(mean) && double.IsFinite(deviation))
            {
                return When(
                    Math.Abs(mean - study) <= Errors * Math.Max(deviation, 0.5),
                    $"{FigureAxes.Number(mean, 1)} ± {FigureAxes.Number(deviation, 1)} over the seeds of this run"
                );
            }
        }
        if (counted.Low <= study && study <= counted.High)
        {
            return counted.Low == counted.High ? Agrees : $"{Agrees} within the errors of eq. 11";
        }
        var away = counted.Low > study ? counted.Low - study : study - counted.High;
        return $"differs: {away} {(counted.Low > study ? "more" : "fewer")}; how much a seed changes this is not known";
    }

    /// <summary>An estimate of mutual information beside the study's number.</summary>
    public static string Information(double nat, double error, double study, string reason) =>
        When(Math.Abs(nat - study) <= Errors * error, (nat < study ? "less" : "more") + ", by more than two standard errors" + reason);

    /// <summary>An estimate beside an upper limit.</summary>
    public static string Below(double nat, double error, double limit) =>
        When(nat - (Errors * error) <= limit, "more, by more than two standard errors");

    /// <summary>Which of the parameters that the study names single dimensions describe here too.</summary>
    public static string Described(IReadOnlyList<(string Name, double Nat)> found, IReadOnlyList<string> study, double threshold)
    {
        string[] missing = [.. study.Where(s => !found.Any(f => f.Name == s && f.Nat > threshold))];
        string[] further = [.. found.Where(f => f.Nat > threshold && !study.Contains(f.Name)).Select(f => f.Name)];
        string[] reasons =
        [
            .. missing.Length > 0 ? [$"{Wording.List(missing)} below {FigureAxes.Number(threshold, 1)} nat"] : Array.Empty<string>(),
            .. further.Length > 0 ? [$"also {Wording.List(further)}"] : Array.Empty<string>(),
        ];
        return When(reasons.Length == 0, string.Join("; ", reasons));
    }
}
