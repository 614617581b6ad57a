using Galatent.Latents;
using Galatent.Latents.Reconstructions;
using Galatent.Networks;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;

namespace Galatent.Report.Page;

/// <summary>The text of the report: a summary in plain words, how to repeat the run, a glossary.</summary>
internal static class ReportText
{
    /// <summary>A summary of a few sentences.</summary>
    public static string Summary(RunResults run)
    {
        var chosen = run.Chosen;
        var analysis = chosen.Analysis;
        var loss = analysis.Loss;
        string[] sentences =
        [
            $"At {chosen.Label} it uses {analysis.InUse.Length} of {chosen.Latents.Dimensions} such numbers (KL above "
                + $"{ActiveDimensions.Threshold}: {Wording.Dimensions(analysis.InUse)}) and {Unexplained(chosen)}."
                + (IsUnfinished(chosen) ? " The best epoch was the last one, so longer training may change the number." : ""),
            run.Models.Count > 1 ? AllBetas(run) : "",
            chosen.HasLinearPath
                ? "The network is not the study's alone: the best linear encoder and decoder, known in closed form, stand beside its "
                    + "convolutions and stay fixed, and the convolutions learn what these leave."
                : "",
            chosen.IsWeighted
                ? $"Its training weighted the pixels, so that its loss there has no linear model to be compared with; without weights it "
                    + $"is {Wording.Number(loss.Loss)}."
                : LossSentence(loss),
            Independence(run),
            Parameters(run),
            Quantities(run),
            run.Chosen.Analysis is { Informative.Length: > 1, Latents: { } matrix }
                ? $"Mutual information is estimated {Figures.InformationCells.From(run, matrix)}."
                : "",
        ];
        return $"<h2>What was asked</h2><p>{Html.Text(Question(run))}</p><h2>What was found</h2>"
            + string.Concat(sentences.Where(s => s.Length > 0).Select(s => $"<p>{Html.Text(s)}</p>"));
    }

    // What all models say together: dimensions, and on which side of the linear model they are.
    private static string AllBetas(RunResults run)
    {
        var betas = Wording.List([.. run.Models.Select(m => Wording.Beta(m.Beta))]);
        var counts = Wording.List([.. run.Models.Select(m => $"{m.Analysis.InUse.Length}")]);
        var below = run.Models.Count(m => m.Analysis.Loss.SideOfLinear > 0);
        var side =
            run.Models.Any(m => m.IsWeighted) ? ""
            : below == run.Models.Count ? " All have a loss below that of the best linear model at the same β."
            : $" {below} of {run.Models.Count} have a loss below that of the best linear model at the same β.";
        return $"At β = {betas} the networks use {counts} numbers.{side}";
    }

    private static bool IsUnfinished(ModelResults model) => model.History is { } history && history.Best.Epoch == history.Epochs[^1].Epoch;

    private static string LossSentence(LossSummary loss)
    {
        var linear =
            $"{Wording.Number(loss.Linear.Loss)}, which the best linear model of the same training spectra reaches on the same validation "
            + "spectra";
        var own = $"Its loss, {Wording.Estimate(loss.Loss, loss.Errors?.Loss)}, ";
        var by = loss.Errors is { } errors
            ? $" (mean difference spectrum by spectrum {Wording.Estimate(loss.BelowLinear, errors.BelowLinear)})"
            : "";
        return loss.SideOfLinear switch
        {
            > 0 => $"{own}lies below {linear}{by}: the network has found structure beyond principal components.",
            < 0 => $"{own}still lies above {linear}{by}: longer training would improve it. Read the results below with that in mind.",
            _ => $"{own}does not differ by more than two standard errors from {linear}{by}: no structure beyond principal components is "
                + "shown.",
        };
    }

    private static string Question(RunResults run) =>
        $"How many numbers sum up a galaxy spectrum, what do they mean, and are they independent? A neural network looked at "
        + $"{Wording.Count(run.SpectrumCount)} spectra of {Wording.Count(run.Grid.Count)} data points, without being told anything about "
        + "the galaxies, and learnt to make each spectrum again from a few numbers"
        + (run.Models.Count > 1 ? $", at {run.Models.Count} prices β of information." : ".");

    /// <summary>How to repeat the run.</summary>
    public static string Repeat(RunResults run)
    {
        const string sameSeed =
            "The same seed gives the same spectra on any machine; training repeats exactly on the same kind of processor.";
        if (run.Manifest is null)
        {
            return "<p>These models were trained one by one, so no run.json tells how to repeat them together. The options of each model "
                + "are in its model.json, those of the spectra in the attributes of spectra.h5.</p>";
        }
        return run.RepeatCommands.Length > 0
            ? $"<p>{sameSeed}</p><pre>{Html.Text(run.RepeatCommands)}</pre>"
            : $"<p>{sameSeed} The settings to repeat are those of run.json, which the table above shows.</p>";
    }

    /// <summary>The terms of the report, each explained in a sentence.</summary>
    public static string Glossary(RunResults run)
    {
        (string Term, string Meaning)[] terms =
        [
            (
                "Variational autoencoder (VAE)",
                "Two networks trained together: the encoder turns a spectrum into a few numbers with uncertainties, the decoder turns "
                    + "such numbers back into a spectrum."
            ),
            ("Latent dimension (z00, z01, …)", $"One of those numbers. {Order(run)}"),
            (
                "β",
                "The price of information: the loss is squared error + β × KL. A larger β lets fewer numbers through, and "
                    + $"reconstructions are "
                    + "coarser. β = 2σ² is the same as pixel noise of standard deviation σ in units of the normalised "
                    + "flux."
            ),
            (
                "KL (Kullback–Leibler divergence)",
                "How far the encoder's answer for a spectrum departs from the prior, in nat: the amount of information that a dimension "
                    + "transmits."
            ),
            ("nat", "The unit of information with natural logarithms; 1 nat is 1.44 bit."),
            (
                "Informative dimension",
                "A dimension whose mean absolute covariance with the data points exceeds 0.01 (eq. 11 of the study)."
            ),
            (
                "Mutual information",
                "How much one quantity tells about another, whatever the form of their relation; 0 means independent. For two "
                    + "Gaussian quantities with correlation r it is −½ ln(1 − r²): 0.1 nat correspond to r = 0.43, 1 nat to r = 0.93."
            ),
            (
                "Posterior mean and sample z",
                "For every spectrum the encoder gives a mean μ and a spread σ for each dimension; z = μ + σε is one draw. An unused "
                    + "dimension has tiny but deterministic means, so its means can share information with a parameter while its "
                    + "samples share none."
            ),
            ("q-value", "The expected share of false alarms among this pair and all pairs of the table with a smaller p-value."),
            ("Traversal", "Decoding a spectrum again and again while one latent dimension changes and the others stay fixed."),
            (
                "Best linear VAE",
                "The lowest loss that encoder and decoder could reach if both were linear; it follows from the principal components in "
                    + "closed form (Tipping & Bishop 1999; Lucas et al. 2019)."
            ),
            ("Normalised fν", "Flux per unit frequency divided by its median between 5000 and 5500 Å."),
            .. run.Gaps is null
                ? ((string, string)[])[]
                :
                [
                    (
                        "Bad pixel",
                        "One that a spectrum does not cover, or that the survey, a sky line or an absurd value spoils. A network sees one "
                            + "number for each pixel, so bad ones are filled with what the good pixels of the spectrum let expect."
                    ),
                ],
            ("R²", "Share of the variance that is reconstructed: 1 is perfect, 0 is what the mean spectrum alone would reach."),
        ];
        return "<dl>" + string.Concat(terms.Select(t => $"<dt>{Html.Text(t.Term)}</dt><dd>{Html.Text(t.Meaning)}</dd>")) + "</dl>";
    }

    private static string Order(RunResults run) =>
        run.Chosen.HasLinearPath
            ? "Their order is that of the principal components, with which the linear path begins; their sign is arbitrary."
            : "Their order and sign are arbitrary; only the whole set matters.";

    /// <summary>The papers to cite.</summary>
    public static string References(RunResults run) =>
        $"""
            <ul>
            <li>Marziano, L. (2024), <i>Understanding Galaxy Populations and Their Evolution Through Machine Learning</i>: the study that
            {(run.IsObserved ? "had the method first, on simulated spectra" : "this run repeats")}.</li>
            {(run.IsObserved ? ObservedReference(run) : SimulationReferences)}
            <li>Kingma, D. P. &amp; Welling, M. (2013); Higgins, I. et al. (2017): variational autoencoders and β.</li>
            <li>Piras, D. et al. (2023), Machine Learning: Science and Technology 4, 025006: mutual information with Gaussian mixtures.</li>
            <li>Lucas, J. et al. (2019), NeurIPS; Tipping, M. E. &amp; Bishop, C. M. (1999), J. R. Stat. Soc. B 61, 611: the linear
            VAE.</li>
            </ul>
            """;

    private const string SimulationReferences = """
        <li>Conroy, C., Gunn, J. E. &amp; White, M. (2009), ApJ 699, 486; Conroy, C. &amp; Gunn, J. E. (2010), ApJ 712, 833: stellar
        population synthesis.</li>
        <li>Byler, N. et al. (2017), ApJ 840, 44: nebular emission.</li>
        """;

    private static string ObservedReference(RunResults run) =>
        $"<li>The surveys of the spectra ({Html.Text(run.Provenance.Source)}): please cite them as they ask.</li>";

    // The bright lines hold most of the variance, so that a share explained is 99.99 % for any model. What is left tells models apart.
    private static string Unexplained(ModelResults model)
    {
        var loss = model.Analysis.Loss;
        if (!(loss.TotalVariance > 0))
        {
            return "reconstructs spectra that do not differ";
        }
        string Share(double error) => $"{Wording.Number(100 * error / loss.TotalVariance, 2)} %";
        // On held-out spectra where the analysis of reconstructions was made.
        double HeldOut(string of) => ReconstructionText.HeldOut(model, "unexplained_variance", of);
        if (HeldOut("network") is var network && double.IsFinite(network))
        {
            return $"leaves {Wording.Number(100 * network, 2)} % of the variance of held-out spectra unexplained; as many principal "
                + $"components leave {Wording.Number(100 * HeldOut("principal_components"), 2)} %";
        }
        // The history knows the components of the dimensions in use on the validation spectra.
        var inUse = model.Analysis.InUse.Length;
        var components =
            model.History?.Best is { PrincipalErrorActive: { } error, ActiveDimensions: > 0 and var count } && count == inUse
                ? $"; as many principal components leave {Share(error)} on the validation spectra"
                : "";
        return $"leaves {Share(loss.SquaredErrorOfMean)} of the variance of the spectra unexplained{components}";
    }

    private static string Independence(RunResults run)
    {
        if (run.Chosen.Analysis.BetweenInUse is not { } matrix)
        {
            return "";
        }
        var (row, column, nat) = matrix.Largest();
        var pair = $"{matrix.Rows[row]} and {matrix.Columns[column]}";
        var shared = $"{Wording.Estimate(nat, matrix.Deviation(row, column))} nat";
        var study = run.IsObserved ? "" : " (1.73 nat in the study)";
        return nat switch
        {
            > 1 => $"The numbers are not all independent: {pair} share {shared} of information and describe largely "
                + $"the same thing{(run.IsObserved ? "" : ", as a pair did in the study (1.73 nat)")}.",
            > 0.1 => $"The numbers are not all independent: the most dependent pair, {pair}, shares {shared}{study}.",
            _ => $"The numbers are nearly independent: the most dependent pair, {pair}, shares {shared}{study}.",
        };
    }

    // Quantities that follow from the spectrum or from several parameters can be nearer to what a dimension is than any parameter.
    private static string Quantities(RunResults run)
    {
        if (run.Chosen.FindTable("quantities") is not { Rows.Count: > 0 } table)
        {
            return "";
        }
        var (rows, columns) = (table.Texts("row"), table.Texts("column"));
        var nat = table.Doubles("mutual_information_nat", mayBeUndefined: true);
        var error = table.Doubles("standard_error_nat", mayBeUndefined: true);
        string[] inUse = [.. run.Chosen.Analysis.InUse.Select(AnalysisResults.DimensionName)];
        string[] best =
        [
            .. Enumerable
                .Range(0, nat.Length)
                .Where(i => inUse.Contains(rows[i]) && nat[i] > Figures.DensityPanels.ThresholdNat)
                .GroupBy(i => columns[i])
                .Select(g => g.MaxBy(i => nat[i]))
                .OrderByDescending(i => nat[i])
                .Take(2)
                .Select(i => $"{GalaxyQuantities.WordsOf(columns[i])} ({rows[i]}: {Wording.Estimate(nat[i], error[i])} nat)"),
        ];
        return best.Length == 0
            ? ""
            : $"Of quantities that follow from these and from the spectrum they tell most about {Wording.List(best)}.";
    }

    private static string Parameters(RunResults run)
    {
        if (run.Chosen.Analysis.ParametersInUse is not { } matrix)
        {
            return "";
        }
        var best = Figures
            .InformationCells.ParametersOf(run, matrix)
            .Select(c =>
            {
                var row = Enumerable.Range(0, matrix.Rows.Length).MaxBy(r => matrix[r, c]);
                return (Words: GalaxyQuantities.WordsOf(matrix.Columns[c]), Nat: matrix[row, c], Error: matrix.Deviation(row, c));
            })
            .Where(p => p.Nat > Figures.DensityPanels.ThresholdNat)
            .OrderByDescending(p => p.Nat)
            .ToArray();
        return best.Length == 0
            ? "No single one of them tells much about the "
                + (run.IsObserved ? "parameters that the surveys give." : "physical parameters that the spectra were made from.")
            : $"Although it never saw them, single numbers tell more than {Figures.DensityPanels.ThresholdNat} nat about "
                + $"{Wording.List([.. best.Select(p => $"{p.Words} ({Wording.Estimate(p.Nat, p.Error)} nat)")])}.";
    }
}
