using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Latents.Reconstructions;

/// <summary><c>loss.csv</c>: one quantity per row.</summary>
internal static class LossTable
{
    public static ResultTable Of(LossSummary loss)
    {
        (string, double)[] rows =
        [
            ("beta", loss.Beta),
            ("spectra", loss.SpectrumCount),
            ("validation_spectra", loss.ValidationCount),
            ("squared_error_of_mean_all_spectra", loss.SquaredErrorOfMean),
            ("squared_error_of_sample_validation", loss.SquaredErrorOfSample),
            ("kl_nat_validation", loss.KlNat),
            ("loss_validation", loss.Loss),
            ("total_variance", loss.TotalVariance),
            ("linear_vae_active_dimensions", loss.Linear.ActiveDimensions),
            ("linear_vae_squared_error", loss.Linear.SquaredError),
            ("linear_vae_kl_nat", loss.Linear.KlNat),
            ("linear_vae_loss", loss.Linear.Loss),
        ];
        return new ResultTable(["quantity", "value"], [.. rows.Select(r => new[] { r.Item1, ResultTable.Text(r.Item2) })]);
    }

    public static LossSummary Read(ResultTable table)
    {
        var values = table.Texts("quantity").Zip(table.Doubles("value")).ToDictionary(p => p.First, p => p.Second);
        double Value(string name) =>
            values.TryGetValue(name, out var value)
                ? value
                : throw new InputException($"'{table.Source}' has no quantity '{name}'; run 'galatent analyze' again.");
        var linear = new LinearVae(
            Value("beta"),
            (int)Value("linear_vae_active_dimensions"),
            Value("linear_vae_squared_error"),
            Value("linear_vae_kl_nat")
        );
        return new LossSummary(
            Value("beta"),
            (int)Value("spectra"),
            (int)Value("validation_spectra"),
            Value("squared_error_of_mean_all_spectra"),
            Value("squared_error_of_sample_validation"),
            Value("kl_nat_validation"),
            Value("total_variance"),
            linear
        );
    }
}
