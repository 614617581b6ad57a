using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys;

namespace Galatent.Tests.Surveys;

/// <summary>An import in parts: their merge is the file and the table of the whole, byte for byte, also where a spectrum needs all others
/// (repeats of an object, divisors by the other window).</summary>
public sealed class ImportPartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Merged_parts_are_the_whole(bool isFallback)
    {
        var files = Mixed();
        var options = new SurveyOptions
        {
            Redshifts = Catalogue(),
            UseFallbackWindow = isFallback,
            LeastCoverage = 0.05,
            Medium = SpectralMedium.Vacuum,
        };
        var whole = _folder.File("whole.h5");
        var expected = Run(whole, files, options);
        Assert.Equal(isFallback ? 23 : 22, expected.Written);
        Assert.Equal(1, expected.Spectra.Count(s => s.Outcome == Reason.Repeat));
        // The star stands alone in the last part, which has no spectrum that passed.
        foreach (var count in new[] { 1, 3, files.Count })
        {
            string[] parts =
            [
                .. Enumerable
                    .Range(1, count)
                    .Select(number =>
                    {
                        var part = _folder.File($"part{number}of{count}.h5");
                        _ = Run(part, files, options with { Shard = new ShardRange(number, count), Threads = 1 + (number % 2) });
                        Assert.True(SurveyImport.IsPart(part));
                        return part;
                    }),
            ];
            var merged = _folder.File("merged.h5");
            var summary = SurveyImport.Merge(merged, [.. parts.Reverse()], null, TestContext.Current.CancellationToken);
            Assert.Equal(expected.Counts, summary.Counts);
            Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(merged));
            Assert.Equal(File.ReadAllBytes(SurveyImport.TableOf(whole)), File.ReadAllBytes(SurveyImport.TableOf(merged)));
            Assert.False(SurveyImport.IsPart(merged));
        }
        // A part is a dataset by itself.
        var set = SpectrumFile.Read(_folder.File("part1of3.h5"));
        Assert.Empty(SpectrumLayout.Inspect(_folder.File("part1of3.h5"), set));
    }

    [Fact]
    public void Parts_that_do_not_fit_together_are_told()
    {
        var files = Mixed();
        string Part(int number, int of, int skipped = 0, double leastSn = 1)
        {
            var path = _folder.File($"{number}-{of}-{skipped}-{leastSn}.h5");
            var options = new SurveyOptions { Shard = new ShardRange(number, of), LeastSignalToNoise = leastSn };
            _ = Run(path, [.. files.Skip(skipped)], options);
            return path;
        }
        var first = Part(1, 2);
        var second = Part(2, 2);
        foreach (
            var (told, parts) in new (string, string[])[]
            {
                ("Part 2 of 2 is missing", [first]),
                ("Part 1 of 2 is missing", [second]),
                ("which another file is, too", [first, first]),
                ("different imports", [first, Part(2, 3)]),
                ("different imports", [first, Part(2, 2, leastSn: 2)]),
                ("different lists of files", [first, Part(2, 2, skipped: 1)]),
                ("nothing to merge", []),
            }
        )
        {
            var output = _folder.File("merged.h5");
            var e = Assert.Throws<InputException>(() => SurveyImport.Merge(output, parts, null, TestContext.Current.CancellationToken));
            Assert.Contains(told, e.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(output));
        }
        var tooMany = new SurveyOptions { Shard = new ShardRange(1, 90) };
        Assert.Contains("is empty", Assert.Throws<InputException>(() => Run(first, files, tooMany)).Message, StringComparison.Ordinal);
    }

    private static ImportSummary Run(string path, IReadOnlyList<string> files, SurveyOptions options) =>
        SurveyImport.Run(path, InputFiles.Expand(files), options, cancellation: TestContext.Current.CancellationToken);

    // 22 galaxies; one that stops before 5000 Å at rest; a damaged file; the third galaxy again; a star.
    private List<string> Mixed()
    {
        var files = Enumerable.Range(0, 22).Select(i => Sdss($"{i:00}.fits", 0.1 + (0.002 * i))).ToList();
        var blue = _folder.File("blue.csv");
        File.WriteAllLines(
            blue,
            [
                "wave,flux,err",
                .. Enumerable
                    .Range(0, 110)
                    .Select(i => FormattableString.Invariant($"{InventedSurveys.Wavelength[i]},{InventedSurveys.Flux[i]},0.1")),
            ]
        );
        files.Add(blue);
        var cut = _folder.File("cut.fits");
        File.WriteAllBytes(cut, File.ReadAllBytes(files[0])[..5000]);
        files.Add(cut);
        files.Add(Sdss("again.fits", 0.104));
        files.Add(Sdss("star.fits", 0.1, "STAR"));
        return files;
    }

    private string Catalogue()
    {
        var path = _folder.File("z.csv");
        File.WriteAllLines(path, ["file,z", "blue.csv,0.1"]);
        return path;
    }

    private string Sdss(string name, double redshift, string type = "GALAXY")
    {
        var path = _folder.File(name);
        using var file = File.Create(path);
        InventedSurveys.Sdss(file, type, redshift: redshift);
        return path;
    }
}
