using System.Text.Json.Serialization;
using Galatent.Latents.Information;

namespace Galatent.App;

/// <summary>One result as <c>mi --json</c> prints it; nat. What a quantity does not have is left out.</summary>
internal sealed record InformationLine
{
    public required string X { get; init; }
    public string? Y { get; init; }
    public string? Given { get; init; }
    public double? Mi { get; init; }
    public double? Entropy { get; init; }
    public double? Kl { get; init; }
    public required double Std { get; init; }
    public required double Low { get; init; }
    public required double High { get; init; }
    public double? P { get; init; }
    public double? Q { get; init; }
    public required int N { get; init; }
    public required int Dropped { get; init; }
    public required int Components { get; init; }
    public double? Ksg { get; init; }
    public bool? Converged { get; init; }

    /// <summary>The quantity that was asked for.</summary>
    [JsonIgnore]
    public double Value => Mi ?? Entropy ?? Kl ?? double.NaN;

    public static InformationLine Of(string x, string y, MutualInformationEstimate e) =>
        new()
        {
            X = x,
            Y = y,
            Mi = e.Mi,
            Std = e.Std,
            Low = e.Low,
            High = e.High,
            P = e.PValue,
            Q = e.QValue,
            N = e.Count,
            Dropped = e.Dropped,
            Components = e.Components,
            Ksg = e.Ksg,
            Converged = e.Converged,
        };

    public static InformationLine Of(string x, string y, string? given, InformationEstimate e) =>
        new()
        {
            X = x,
            Y = y,
            Given = given,
            Mi = e.Mi,
            Std = e.Std,
            Low = e.Low,
            High = e.High,
            P = e.PValue,
            N = e.Count,
            Dropped = e.Dropped,
            Components = e.Components,
            Ksg = e.Ksg,
            Converged = e.Converged,
        };

    public static InformationLine OfKl(string x, string y, InformationEstimate e) => Of(x, y, null, e) with { Mi = null, Kl = e.Mi };

    public static InformationLine OfPrior(string x, EntropyEstimate e) =>
        OfEntropy(x, e) with
        {
            Entropy = null,
            Kl = e.Entropy,
            Y = "standard normal",
        };

    public static InformationLine OfEntropy(string x, EntropyEstimate e) =>
        new()
        {
            X = x,
            Entropy = e.Entropy,
            Std = e.Std,
            Low = e.Low,
            High = e.High,
            N = e.Count,
            Dropped = e.Dropped,
            Components = e.Components,
        };
}

/// <summary>What a cache file holds: the results, and the key that they belong to.</summary>
internal sealed record CachedInformation(string Key, IReadOnlyList<InformationLine> Lines);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IReadOnlyList<InformationLine>))]
[JsonSerializable(typeof(InformationLine))]
[JsonSerializable(typeof(CachedInformation))]
internal sealed partial class InformationJson : JsonSerializerContext;
