using System.Text.RegularExpressions;

namespace Galatent.Tests.Architecture;

/// <summary>Which room of a folder may use which: the table of docs/architecture.md, for the folders that have rooms with a direction. The
/// top of a folder is open to all its rooms and may use all.</summary>
public partial class RoomTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Synthesis/StarFormation"] = [],
        ["Synthesis/Dust"] = [],
        ["Synthesis/Ssp"] = ["Synthesis/StarFormation"],
        ["Synthesis/Stars"] = ["Synthesis/Ssp"],
        ["Synthesis/Gas"] = ["Synthesis/Dust", "Synthesis/Ssp", "Synthesis/Stars"],
        ["Synthesis/Observing"] = ["Synthesis/Stars"],
        ["Synthesis/Galaxies"] = ["Synthesis/StarFormation", "Synthesis/Ssp", "Synthesis/Stars"],
        ["Synthesis/Mocks"] = ["Synthesis/StarFormation", "Synthesis/Stars", "Synthesis/Observing", "Synthesis/Galaxies"],
        ["Networks/Weighting"] = [],
        ["Networks/Objectives"] = ["Networks/Weighting"],
        ["Networks/Fused"] = ["Networks/Objectives"],
    };

    private static readonly string Library = Path.Combine(SharedData.RepositoryRoot, "src", "Galatent");

    [Fact]
    public void Rooms_use_only_what_stands_in_the_table() =>
        Assert.Empty(
            MayUse.Keys.SelectMany(room =>
                Directory
                    .GetFiles(Path.Combine(Library, room), "*.cs")
                    .SelectMany(path =>
                        Uses(File.ReadAllText(path))
                            .Where(used => used != room && MayUse.ContainsKey(used) && !MayUse[room].Contains(used))
                            .Select(used => $"{room}/{Path.GetFileName(path)} uses {used}; move what it needs down, or itself up.")
                    )
            )
        );

    [Fact]
    public void Every_room_stands_in_the_table_and_on_the_page()
    {
        var rooms = new[] { "Synthesis", "Networks" }
            .SelectMany(folder => Directory.GetDirectories(Path.Combine(Library, folder)).Select(d => $"{folder}/{Path.GetFileName(d)}"))
            .Order();
        Assert.Equal(MayUse.Keys.Order(), rooms);
        var page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "architecture.md"));
        foreach (var (room, others) in MayUse)
        {
            var folder = room.Split('/')[0];
            var line = $"| {room} | {string.Join(", ", others.Select(o => o[(folder.Length + 1)..]).DefaultIfEmpty("-"))} |";
            Assert.Contains(line, page, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Uses(string text) =>
        Name().Matches(text).Select(m => $"{m.Groups[1].Value}/{m.Groups[2].Value}").Distinct();

    // A cref in a comment is not a use.
    [GeneratedRegex(@"^(?!\s*//)[^\n]*\bGalatent\.(Synthesis|Networks)\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Name();
}
