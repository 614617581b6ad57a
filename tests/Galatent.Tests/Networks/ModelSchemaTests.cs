using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Tests.Exports;

namespace Galatent.Tests.Networks;

/// <summary>docs/model.schema.json says what model.json holds. It is held to the type that is read and to files that are written.</summary>
public sealed class ModelSchemaTests : IDisposable
{
    private static readonly JsonElement Schema = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "model.schema.json")))
        .RootElement;

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("model.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_names_every_member_and_which_are_required()
    {
        AssertMembers(ModelJson.Default.ModelDescription, Schema);
        AssertMembers(ModelJson.Default.NetworkOptions, Schema.GetProperty("properties").GetProperty("network"));
        Assert.Equal(
            ModelDescription.CurrentFormat,
            Schema.GetProperty("properties").GetProperty("format_version").GetProperty("maximum").GetInt32()
        );
    }

    [Fact]
    public void What_is_written_keeps_to_it_and_is_read_back()
    {
        var model = StoredModels.Make(33, new NetworkOptions()).Description;
        model.Write(FilePath);
        Assert.Empty(Faults(Read(), Schema, "model.json"));
        (model with { NormalizationLowAngstrom = null, NormalizationHighAngstrom = null, FluxUnit = null }).Write(FilePath);
        Assert.Empty(Faults(Read(), Schema, "model.json"));
        Assert.Equal(model.WavelengthAngstrom, ModelDescription.Read(FilePath).WavelengthAngstrom);
    }

    // What the schema allows to be left out, as files of earlier versions do.
    [Fact]
    public void A_file_with_the_required_members_only_is_read()
    {
        StoredModels.Make(33, new NetworkOptions()).Description.Write(FilePath);
        var required = Schema.GetProperty("required").EnumerateArray().Select(n => n.GetString()!).ToHashSet();
        var least = Read().EnumerateObject().Where(p => required.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value);
        File.WriteAllText(FilePath, JsonSerializer.Serialize(least));
        Assert.Empty(Faults(Read(), Schema, "model.json"));
        var read = ModelDescription.Read(FilePath);
        Assert.Equal((0, null), (read.SpectrumCount, read.FluxUnit));
    }

    // Format 2 knew no linear path and format 3 no mask channel, and they had no members for them.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_file_of_an_older_format_is_a_network_without_what_it_did_not_know(int format)
    {
        StoredModels.Make(33, new NetworkOptions()).Description.Write(FilePath);
        var json = JsonNode.Parse(File.ReadAllText(FilePath))!.AsObject();
        json["format_version"] = format;
        Assert.True(json["network"]!.AsObject().Remove("mask_channel"));
        Assert.True(format == 3 || json["network"]!.AsObject().Remove("linear_path"));
        File.WriteAllText(FilePath, json.ToJsonString());
        Assert.Empty(Faults(Read(), Schema, "model.json"));
        var network = ModelDescription.Read(FilePath).Network;
        Assert.Equal((false, false), (network.LinearPath, network.MaskChannel));
    }

    [Theory]
    [InlineData("\"best_epoch\": 3", "\"best_epoch\": -3")]
    [InlineData("\"beta\": 0.3", "\"beta\": -0.3")]
    [InlineData("\"negative_slope\": 0.2", "\"negative_slope\": 0")]
    [InlineData("\"latent_dimensions\": 32", "\"latent_dimensions\": 0")]
    [InlineData("\"validation_fraction\": 0", "\"validation_fraction\": 1.5")]
    [InlineData("\"data_hash\": \"ab12\"", "\"data_hash\": 12")]
    [InlineData("\"format_version\": 5", "\"format_version\": 6")]
    [InlineData("\"seed\": 5", "\"seed\": 5, \"more\": 1")]
    public void What_the_schema_forbids_the_reader_refuses(string good, string bad)
    {
        StoredModels.Make(33, new NetworkOptions()).Description.Write(FilePath);
        var text = File.ReadAllText(FilePath);
        Assert.Contains(good, text, StringComparison.Ordinal);
        File.WriteAllText(FilePath, text.Replace(good, bad, StringComparison.Ordinal));
        Assert.NotEmpty(Faults(Read(), Schema, "model.json"));
        Assert.Throws<InputException>(() => ModelDescription.Read(FilePath));
    }

    private JsonElement Read() => JsonDocument.Parse(File.ReadAllText(FilePath)).RootElement.Clone();

    private static void AssertMembers(JsonTypeInfo type, JsonElement schema)
    {
        Assert.Equal(
            type.Properties.Select(p => p.Name).Order(),
            schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order()
        );
        Assert.Equal(
            type.Properties.Where(p => p.IsRequired).Select(p => p.Name).Order(),
            schema.GetProperty("required").EnumerateArray().Select(n => n.GetString()!).Order()
        );
        Assert.All(schema.GetProperty("properties").EnumerateObject(), p =>
            Assert.EndsWith(".", p.Value.GetProperty("description").GetString()!, StringComparison.Ordinal)
        );
    }

    /// <summary>The words of JSON Schema that the file uses.</summary>
    private static IEnumerable<string> Faults(JsonElement value, JsonElement schema, string name)
    {
        foreach (var rule in schema.EnumerateObject())
        {
            var isKept = rule.Name switch
            {
                "type" => rule.Value.ValueKind == JsonValueKind.String
                    ? IsOf(value, rule.Value.GetString()!)
                    : rule.Value.EnumerateArray().Any(t => IsOf(value, t.GetString()!)),
                "const" => JsonElement.DeepEquals(value, rule.Value),
                "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.Value.GetDouble(),
                "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() > rule.Value.GetDouble(),
                "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.Value.GetDouble(),
                "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.Value.GetInt32(),
                "required" => rule.Value.EnumerateArray().All(n => value.TryGetProperty(n.GetString()!, out _)),
                "additionalProperties" => value.EnumerateObject().All(p => schema.GetProperty("properties").TryGetProperty(p.Name, out _)),
                "properties" or "items" or "description" or "default" or "title" or "$schema" => true,
                _ => throw new InvalidOperationException($"The test does not know the rule '{rule.Name}'."),
            };
            if (!isKept)
            {
                yield return $"{name}: {rule.Name}";
            }
        }
        var parts = value.ValueKind switch
        {
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value
                .EnumerateArray()
                .SelectMany(v => Faults(v, items, name)),
            JsonValueKind.Object when schema.TryGetProperty("properties", out var members) => value
                .EnumerateObject()
                .Where(p => members.TryGetProperty(p.Name, out _))
                .SelectMany(p => Faults(p.Value, members.GetProperty(p.Name), p.Name)),
            _ => [],
        };
        foreach (var fault in parts)
        {
            yield return fault;
        }
    }

    private static bool IsOf(JsonElement value, string type) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            _ => false,
        };
}
