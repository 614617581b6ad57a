using Galatent.Spectra;
using Galatent.Surveys;

namespace Galatent.Tests.Surveys;

/// <summary>Spectra without the usual window get the divisor that they would have had.</summary>
public sealed class FallbackNormalizationTests : IDisposable
{
    // From 3650 to 7000 Å at redshift 0.1, and only to 4560 or 4100 Å at rest at other redshifts.
    private const int Pixels = 700;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Divisors_come_from_the_other_window_or_from_all_pixels()
    {
        var files = Enumerable.Range(0, 25).Select(i => Write($"whole{i}", 0.1, 1 + i, 6500)).ToList();
        files.Add(Write("blue", 0.1, 7, 5000));
        files.Add(Write("bluest", 0.1, 7, 4500));
        var output = _folder.File("o.h5");
        ImportSummary Run(bool fallback) =>
            SurveyImport.Run(
                output,
                InputFiles.Expand(files),
                new SurveyOptions
                {
                    Redshifts = Catalogue(files),
                    UseFallbackWindow = fallback,
                    LeastCoverage = 0.05,
                    Medium = SpectralMedium.Vacuum,
                    KeepRepeats = true,
                },
                cancellation: TestContext.Current.CancellationToken
            );
        Assert.Equal(25, Run(false).Written);
        var summary = Run(true);
        Assert.Equal(27, summary.Written);
        var set = SpectrumFile.Read(output);
        Assert.Equal([0, 1, 2], set.Parameter("norm_kind").Values[24..]);
        // All have one shape; 25, 7 and 7 times.
        Assert.Equal(set.Norm[24] * 7 / 25, set.Norm[25], 0.01 * set.Norm[25]);
        Assert.Equal(set.Norm[24] * 7 / 25, set.Norm[26], 0.01 * set.Norm[26]);
        var mask = SpectrumFile.ReadMasks(output, [26], 27, set.Grid.Count)[0];
        Assert.All(Enumerable.Range(0, mask.Length).Where(j => mask[j] == 0), j => Assert.Equal(set[24][j], set[26][j], 0.02));
        Assert.Contains(summary.Remarks, r => r.Contains("25 spectra", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_few_references_are_told()
    {
        string[] files = [Write("whole", 0.1, 1, 6500), Write("blue", 0.1, 7, 5000)];
        var summary = SurveyImport.Run(
            _folder.File("o.h5"),
            InputFiles.Expand(files),
            new SurveyOptions
            {
                Redshifts = Catalogue(files),
                UseFallbackWindow = true,
                LeastCoverage = 0.05,
            },
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(1, summary.Written);
        Assert.Contains("20 spectra", summary.Spectra[1].Detail, StringComparison.Ordinal);
    }

    private string Catalogue(IReadOnlyList<string> files)
    {
        var path = _folder.File("z.csv");
        File.WriteAllLines(path, ["file,z", .. files.Select(f => $"{Path.GetFileName(f)},0.1")]);
        return path;
    }

    private string Write(string name, double redshift, double factor, double last)
    {
        var path = _folder.File(name + ".csv");
        File.WriteAllLines(
            path,
            [
                "wave,flux,err",
                .. Enumerable
                    .Range(0, Pixels)
                    .Select(i => 3650 * (1 + redshift) / 1.1 + (5 * i))
                    .Where(l => l < last)
                    .Select(l => FormattableString.Invariant($"{l},{factor * (2 + Math.Sin(l / 700))},{0.02 * factor}")),
            ]
        );
        return path;
    }
}
