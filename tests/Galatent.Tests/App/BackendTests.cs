using Galatent.App;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Tests.Networks;

namespace Galatent.Tests.App;

/// <summary>libtorch as something that may be there or not.</summary>
public sealed class BackendTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_it_one_sentence_says_what_asks_for_it_and_how_to_get_it()
    {
        var fault = Assert.Throws<InputException>(() => Backend.Load("The device 'cuda'", _folder.Path));
        Assert.StartsWith("The device 'cuda' needs libtorch", fault.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet build -c Release src/Galatent.Torch", fault.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder.Path, "backends", "torch"), fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void The_library_alone_says_so_too()
    {
        var fault = Assert.Throws<InputException>(() =>
            new ComputeOptions { Engine = "torch" }.Create(TinyNetwork.Weights(9), new AdamOptions())
        );
        Assert.Contains("The engine 'torch' needs libtorch", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_refused()
    {
        File.WriteAllText(_folder.File("Galatent.Torch.dll"), "not an assembly");
        var fault = Assert.Throws<InputException>(() => Backend.Load("The engine 'torch'", _folder.Path));
        Assert.Contains("cannot be loaded", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu", null)]
    [InlineData("cuda", "The device 'cuda'")]
    [InlineData("cuda:3", "The device 'cuda:3'")]
    public void Devices_are_told_apart(string device, string? why) =>
        Assert.Equal(why, new ComputeOptions { Device = device }.WhyBackend(Galatent.Networks.Objectives.ObjectiveList.Default));

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cpu:0")]
    public void Other_devices_are_refused(string device) =>
        Assert.Throws<InputException>(() =>
            new ComputeOptions { Device = device }.WhyBackend(Galatent.Networks.Objectives.ObjectiveList.Default)
        );

    [Fact]
    public void A_card_that_is_not_there_is_told() =>
        Assert.Contains(
            "is not available here",
            Assert
                .Throws<InputException>(() =>
                    new ComputeOptions { Device = "cuda:99", Backend = Backend.Load }.Create(TinyNetwork.Weights(9), new AdamOptions())
                )
                .Message,
            StringComparison.Ordinal
        );

    public void Dispose() => _folder.Dispose();
}
