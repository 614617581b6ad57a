using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Latents.Indices;

/// <summary>A row of <c>spectral-indices-emission.csv</c>: the emission in a window, and what side bands give. Å.</summary>
internal sealed record EmissionRow(
    string Measure,
    int Count,
    double Truth,
    double TruthSpread,
    double Input,
    double InputSpread,
    double Reconstruction,
    double ReconstructionSpread
)
{
    public static TableColumns<EmissionRow> Columns { get; } =
        new TableColumns<EmissionRow>(new("", 0, 0, 0, 0, 0, 0, 0))
            .Text("measure", r => r.Measure, (r, v) => r with { Measure = v })
            .Count("count", r => r.Count, (r, v) => r with { Count = v })
            .Number("emission_median_angstrom", r => r.Truth, (r, v) => r with { Truth = v }, mayBeUndefined: true)
            .Number("emission_spread_angstrom", r => r.TruthSpread, (r, v) => r with { TruthSpread = v }, mayBeUndefined: true)
            .Number("input_minus_emission_median_angstrom", r => r.Input, (r, v) => r with { Input = v }, mayBeUndefined: true)
            .Number("input_minus_emission_spread_angstrom", r => r.InputSpread, (r, v) => r with { InputSpread = v }, mayBeUndefined: true)
            .Number(
                "reconstruction_minus_emission_median_angstrom",
                r => r.Reconstruction,
                (r, v) => r with { Reconstruction = v },
                mayBeUndefined: true
            )
            .Number(
                "reconstruction_minus_emission_spread_angstrom",
                r => r.ReconstructionSpread,
                (r, v) => r with { ReconstructionSpread = v },
                mayBeUndefined: true
            );

    /// <summary>Medians, and spreads of 1.4826 times the median distance from them. A galaxy counts where all three are defined.</summary>
    public static EmissionRow Of(string measure, double[] truth, double[] input, double[] reconstruction)
    {
        int[] defined =
        [
            .. Enumerable
                .Range(0, truth.Length)
                .Where(i => double.IsFinite(truth[i]) && double.IsFinite(input[i]) && double.IsFinite(reconstruction[i])),
        ];
        double[] Each(Func<int, double> value) => Array.ConvertAll(defined, i => value(i));
        var own = Each(i => truth[i]);
        var first = Each(i => input[i] - truth[i]);
        var second = Each(i => reconstruction[i] - truth[i]);
        return new(
            measure,
            defined.Length,
            SampleMoments.Median(own),
            SampleMoments.RobustDeviation(own),
            SampleMoments.Median(first),
            SampleMoments.RobustDeviation(first),
            SampleMoments.Median(second),
            SampleMoments.RobustDeviation(second)
        );
    }
}
