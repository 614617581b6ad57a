using Galatent.Surveys;

namespace Galatent.Tests.Surveys;

/// <summary>Folders as people have them: links, hidden files, lists.</summary>
public sealed class InputFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Links_that_lead_round_in_a_circle_are_followed_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "symbolic links need rights there");
        var inner = _folder.File("a", "b", "x.fits");
        Directory.CreateDirectory(Path.GetDirectoryName(inner)!);
        File.WriteAllText(inner, "x");
        File.WriteAllText(_folder.File("a", ".hidden"), "x");
        File.CreateSymbolicLink(_folder.File("a", "y.fits"), inner);
        Directory.CreateSymbolicLink(_folder.File("a", "b", "up"), _folder.File("a"));
        Directory.CreateSymbolicLink(_folder.File("a", "b", "relative"), Path.Combine("..", "b"));
        Directory.CreateSymbolicLink(_folder.File("a", "same"), Path.Combine("b"));
        Assert.Equal(
            [_folder.File("a", "b", "x.fits"), _folder.File("a", "y.fits")],
            InputFiles.Expand([_folder.File("a")]).Select(f => f.Path)
        );
    }

    [Fact]
    public void A_list_names_files_relative_to_itself()
    {
        File.WriteAllText(_folder.File("x.fits"), "x");
        var list = _folder.File("list.txt");
        File.WriteAllLines(list, ["# mine", "x.fits", "", "x.fits"]);
        Assert.Equal([(_folder.File("x.fits"), true)], InputFiles.Expand(["@" + list]));
    }
}
