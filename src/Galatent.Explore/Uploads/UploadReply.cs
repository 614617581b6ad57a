using System.Text.Json.Serialization;

namespace Galatent.Explore.Uploads;

/// <summary>What was found about one spectrum that a person gave; its numbers stand beside it.</summary>
/// <param name="Id">Identifier in the file; empty when it has none.</param>
/// <param name="Kind">Kind of the file.</param>
/// <param name="Redshift">Redshift that was used; null when none was.</param>
/// <param name="SignalToNoise">Median signal-to-noise for each observed ångström; null when the noise is not known.</param>
/// <param name="Coverage">Share of the model's pixels that are good.</param>
/// <param name="OutlierScore">How unusual its latents are, nat; null when that was not judged.</param>
/// <param name="OutlierPValue">Share of usual spectra with such a score.</param>
/// <param name="Estimates">Parameters with intervals.</param>
/// <param name="Remarks">What was seen or assumed, one sentence each.</param>
internal sealed record UploadedSpectrum(
    string Id,
    string Kind,
    double? Redshift,
    double? SignalToNoise,
    double Coverage,
    double? OutlierScore,
    double? OutlierPValue,
    EstimatedParameter[] Estimates,
    string[] Remarks
);

/// <summary>A parameter estimated from neighbours in the latent space.</summary>
/// <param name="Column">Name of the parameter.</param>
/// <param name="Words">A few words.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Median">Median of the neighbours.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Coverage">Share of other held-out galaxies of the run whose value lies in their interval.</param>
internal sealed record EstimatedParameter(
    string Column,
    string Words,
    string Unit,
    double Median,
    double Low,
    double High,
    double Coverage
);

/// <summary>Everything about an upload but its numbers.</summary>
/// <param name="Spectra">The spectra that were imported.</param>
/// <param name="Left">How many more the file holds.</param>
/// <param name="Remarks">About the file, one sentence each.</param>
internal sealed record UploadReport(UploadedSpectrum[] Spectra, int Left, string[] Remarks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UploadReport))]
internal sealed partial class UploadJson : JsonSerializerContext;
