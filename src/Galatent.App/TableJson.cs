using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Galatent.Files;

namespace Galatent.App;

/// <summary>Tables as JSON, for standard output: an array with an object for each row. Empty fields are null.</summary>
internal static class TableJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>One table.</summary>
    public static string Of(ResultTable table) => Rows(table).ToJsonString(Indented);

    /// <summary>Several tables by their names.</summary>
    public static string Of(IEnumerable<(string Name, ResultTable Table)> tables) =>
        new JsonObject(tables.Select(t => KeyValuePair.Create<string, JsonNode?>(t.Name, Rows(t.Table)))).ToJsonString(Indented);

    private static JsonArray Rows(ResultTable table) =>
        [
            .. table.Rows.Select(row => new JsonObject(
                row.Select((field, c) => KeyValuePair.Create<string, JsonNode?>(table.Header[c], Node(field)))
            )),
        ];

    private static JsonValue? Node(string field) =>
        field.Length == 0 ? null
        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
        : JsonValue.Create(field);
}
