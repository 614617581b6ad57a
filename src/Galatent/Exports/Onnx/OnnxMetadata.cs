using System.Globalization;
using System.Text.Json;
using Galatent.Networks;

namespace Galatent.Exports.Onnx;

/// <summary>What a user of an ONNX file must know beside the graph, as pairs of texts: numbers as JSON writes them, so that
/// <c>json.loads</c> reads them.</summary>
internal static class OnnxMetadata
{
    /// <summary>The pairs, the same for encoder and decoder.</summary>
    public static IEnumerable<(string Key, string Value)> Of(StoredModel model)
    {
        var d = model.Description;
        yield return ("generator", d.Generator);
        yield return ("flux", Flux(d));
        yield return ("wavelength_angstrom", JsonSerializer.Serialize(d.WavelengthAngstrom, OnnxJson.Default.DoubleArray));
        yield return ("wavelength_medium", "vacuum");
        if (d is { NormalizationLowAngstrom: { } low, NormalizationHighAngstrom: { } high })
        {
            yield return ("normalization_low_angstrom", Number(low));
            yield return ("normalization_high_angstrom", Number(high));
        }
        if (d.FluxUnit is { } unit)
        {
            yield return ("flux_unit_before_normalization", unit);
        }
        yield return ("latent_dimensions", Number(d.Network.LatentDimensions));
        yield return ("beta", Number(d.Beta));
        yield return ("seed", d.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("data_hash", d.DataHash);
    }

    /// <summary>What a flux is, in words.</summary>
    public static string Flux(ModelDescription d) =>
        (
            d is { NormalizationLowAngstrom: { } low, NormalizationHighAngstrom: { } high }
                ? $"flux divided by its median between {Number(low)} and {Number(high)} Å, dimensionless"
                : "flux, normalised as that of the training spectra, dimensionless"
        ) + (d.FluxUnit is { } unit ? $"; before it: {unit}" : "");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
