using System.Text.Json;
using System.Text.Json.Serialization;

namespace Galatent.Networks.Objectives;

/// <summary>
/// An objective as JSON: its kind, which is the name of its type without the ending, then its constants. Constants of other objectives,
/// which older files hold too, are passed over.
/// </summary>
internal sealed class ObjectiveJson : JsonConverter<Objective>
{
    private const string KindProperty = "kind";

    private static readonly JsonSerializerOptions Plain = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <inheritdoc/>
    public override Objective Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var kind = document.RootElement.GetProperty(KindProperty).GetString();
        var found = ObjectiveList.All.FirstOrDefault(o => KindOf(o) == kind)
            ?? throw new JsonException($"There is no objective of kind '{kind}'.");
        return (Objective)document.RootElement.Deserialize(found.GetType(), Plain)!;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Objective value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(KindProperty, KindOf(value));
        foreach (var (name, constant) in JsonSerializer.SerializeToNode(value, value.GetType(), Plain)!.AsObject())
        {
            writer.WritePropertyName(name);
            constant!.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    private static string KindOf(Objective objective) => objective.GetType().Name[..^nameof(Objective).Length];
}
