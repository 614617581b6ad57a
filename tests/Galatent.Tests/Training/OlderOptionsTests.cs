using System.Text.Json;
using System.Text.Json.Nodes;
using Galatent.Networks;
using Galatent.Training;

namespace Galatent.Tests.Training;

/// <summary>Training options that an earlier version wrote: what it did not know is not taken for nothing.</summary>
public class OlderOptionsTests
{
    [Fact]
    public void Options_of_this_version_are_read_as_they_were_written()
    {
        var options = new TrainingOptions { Beta = 0.7, BatchSize = 48 };
        Assert.Equal(48, TrainingData.OptionsOf(Description(Written(options)))!.BatchSize);
    }

    [Fact]
    public void Options_that_lack_any_member_are_not_read()
    {
        foreach (var (name, _) in Written(new TrainingOptions()).ToArray())
        {
            var older = Written(new TrainingOptions());
            older.Remove(name);
            Assert.Null(TrainingData.OptionsOf(Description(older)));
        }
    }

    private static JsonObject Written(TrainingOptions options) =>
        JsonSerializer.SerializeToNode(options, TrainingJson.Default.TrainingOptions)!.AsObject();

    private static ModelDescription Description(JsonObject training) =>
        new()
        {
            FormatVersion = ModelDescription.CurrentFormat,
            Generator = "test",
            Network = new NetworkOptions(),
            WavelengthAngstrom = [1, 2],
            Beta = 0.7,
            Seed = 1,
            DataHash = "",
            BestEpoch = 1,
            Training = JsonSerializer.SerializeToElement(training),
        };
}
