using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Tests.Synthesis;

[Collection(typeof(SynthesisCollection))]
public sealed class ShardTests(SynthesisFixture synthesis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SelectionPreset.RBand25, false)]
    [InlineData(SelectionPreset.IracChannel1Band26, false)]
    [InlineData(SelectionPreset.Uniform, false)]
    [InlineData(SelectionPreset.IracChannel1Band26, true)]
    public void Merged_parts_are_the_file_of_the_whole_byte_for_byte(SelectionPreset selection, bool decorrelated)
    {
        var options = new PopulationOptions { Selection = selection, Decorrelated = decorrelated };
        var whole = Write("whole.h5", options, null);
        string[] parts =
        [
            Write("3.h5", options, new ShardRange(3, 3)),
            Write("1.h5", options, new ShardRange(1, 3)),
            Write("2.h5", options, new ShardRange(2, 3)),
        ];
        var merged = _folder.File("merged.h5");
        SpectrumFileMerger.Merge(merged, parts, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(merged));
    }

    [Fact]
    public void Parts_that_do_not_make_a_whole_are_named()
    {
        var options = new PopulationOptions { Selection = SelectionPreset.Uniform };
        var one = Write("1.h5", options, new ShardRange(1, 2));
        var two = Write("2.h5", options, new ShardRange(2, 2));
        var other = Write("other.h5", options, new ShardRange(2, 2), seed: 99);
        var whole = Write("whole.h5", options, null);
        void Fails(string word, params string[] parts) =>
            Assert.Contains(
                word,
                Assert
                    .Throws<InputException>(() =>
                        SpectrumFileMerger.Merge(_folder.File("merged.h5"), parts, cancellation: TestContext.Current.CancellationToken)
                    )
                    .Message,
                StringComparison.Ordinal
            );
        Fails("50 to 100 are missing", one);
        Fails("0 to 49 are missing", two);
        Fails("once", one, one, two);
        Fails("different sets", one, other);
        Fails("not a part", whole);
        Assert.False(File.Exists(_folder.File("merged.h5")));
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1")]
    [InlineData("a/b")]
    public void A_part_that_cannot_be_is_refused(string text) =>
        Assert.Contains(text, Assert.Throws<InputException>(() => ShardRange.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parts_cover_every_row_once()
    {
        for (var of = 1; of <= 7; of++)
        {
            var next = 0;
            for (var number = 1; number <= of; number++)
            {
                var (first, count) = new ShardRange(number, of).Rows(101);
                Assert.Equal(next, first);
                next += count;
            }
            Assert.Equal(101, next);
        }
    }

    private string Write(string name, PopulationOptions options, ShardRange? shard, ulong seed = 5)
    {
        var path = _folder.File(name);
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 200).Select(i => 4000 + (20.0 * i))]);
        var simulation = new SimulationOptions(grid, new SynthesisOptions(), MedianNormalization.Study, 2, Shard: shard);
        new Simulator(synthesis.Library, simulation).WritePopulation(
            path,
            101,
            options,
            "test",
            seed,
            cancellation: TestContext.Current.CancellationToken
        );
        return path;
    }
}
