using System.Text.Json.Serialization;
using Galatent.Latents.Information;

namespace Galatent.App;

/// <summary>One result in the form that <c>mi --json</c> prints, nat. Fields that do not apply are left out.</summary>
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

    /// <summary>The method: mixture, table, class mixtures, chain rule.</summary>
    public string? Method { get; init; }

    /// <summary>How the first column was treated: continuous, rounded, discrete, spiked.</summary>
    public string? XKind { get; init; }

    /// <summary>How the second column was treated.</summary>
    public string? YKind { get; init; }

    /// <summary>Rows that repeat another row and were not counted again; left out when there are none.</summary>
    public int? Repeated { get; init; }

    /// <summary>For a divergence: number of values of the first column that never occur in the second; left out when there are
    /// none.</summary>
    public int? Unseen { get; init; }

    /// <summary>True when one column is an increasing or decreasing function of the other; otherwise left out.</summary>
    public bool? IsFunction { get; init; }

    /// <summary>The requested quantity.</summary>
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
            Method = Name(e.Method),
            XKind = Name(e.KindX),
            YKind = Name(e.KindY),
            Repeated = Positive(e.Repeated),
            IsFunction = e.IsFunction ? true : null,
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
            Method = Name(e.Method),
            Repeated = Positive(e.Repeated),
            Unseen = Positive(e.Unseen),
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
            XKind = Name(e.Kind),
            Repeated = Positive(e.Repeated),
        };

    // Splits the name of the enumeration: ClassMixtures becomes "class mixtures".
    private static string Name<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $" {c}" : $"{c}")).ToLowerInvariant();

    private static int? Positive(int count) => count > 0 ? count : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IReadOnlyList<InformationLine>))]
[JsonSerializable(typeof(InformationLine))]
internal sealed partial class InformationJson : JsonSerializerContext;
