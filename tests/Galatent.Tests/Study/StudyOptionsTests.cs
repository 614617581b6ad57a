using Galatent.Numerics;
using Galatent.Study;
using Galatent.Training;

namespace Galatent.Tests.Study;

public sealed class StudyOptionsTests
{
    /// <summary>Options that no run can have, and what the complaint names.</summary>
    public static TheoryData<StudyOptions, string> Faults =>
        new()
        {
            {
                new() { Count = 99 },
                "99"
            },
            {
                new() { Betas = [] },
                "beta"
            },
            {
                new() { Betas = [0.3, 0.3] },
                "0.3, 0.3"
            },
            {
                new() { Betas = [0.3, double.NaN] },
                "NaN"
            },
            {
                new() { Betas = [0] },
                "0"
            },
            {
                new() { Seed = -1 },
                "-1"
            },
            {
                new() { Preset = "fast" },
                "'fast'"
            },
            {
                new() { Population = "all" },
                "'all'"
            },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_cannot_be_is_named(StudyOptions options, string named) =>
        Assert.Contains(named, Assert.Throws<InputException>(options.Manifest).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_preset_of_the_training_is_one_of_the_study() =>
        Assert.All(TrainingOptions.Presets, name => Assert.Equal(name, StudyPreset.ForName(name).Name));
}
