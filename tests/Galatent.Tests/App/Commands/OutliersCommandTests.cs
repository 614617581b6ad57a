using System.Globalization;
using Galatent.App;
using Galatent.Files;

namespace Galatent.Tests.App.Commands;

/// <summary><c>galatent outliers</c> as a user calls it: planted spectra come first, and a figure's numbers show where they are
/// odd.</summary>
public sealed class OutliersCommandTests : IDisposable
{
    private const int Count = 500;

    // A pixel that is 20 deviations too high.
    private static readonly Dictionary<int, int> Planted = new()
    {
        [17] = 20,
        [230] = 33,
        [411] = 47,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Planted_spectra_come_first_and_figures_have_their_numbers()
    {
        WaveSurvey.Write(_folder.File("mock.h5"), Count, "mocks", isKnown: false);
        WaveSurvey.Write(_folder.File("real.h5"), Count, "real", isKnown: false, Planted);
        string[] recipe = ["--epochs", "6", "--latent", "3", "--threads", "1"];
        Assert.Equal(0, Cli.Run(["train", "--data", _folder.File("mock.h5"), "--out", _folder.File("model"), .. recipe]));
        var (code, _, error) = CommandLine.Galatent([
            "outliers",
            "--model",
            _folder.File("model"),
            "--data",
            _folder.File("real.h5"),
            "--reference",
            _folder.File("mock.h5"),
            "--out",
            _folder.File("o.csv"),
            "--figures",
            _folder.File("figures"),
            "--top",
            "2",
            "--threads",
            "1",
        ]);
        Assert.True(code == 0, error);
        var lines = File.ReadAllLines(_folder.File("o.csv")).Where(l => !l.StartsWith('#')).ToArray();
        var column = Array.IndexOf(lines[0].Split(','), "spectrum");
        int[] first = [.. lines.Skip(1).Take(Planted.Count).Select(l => int.Parse(l.Split(',')[column], CultureInfo.InvariantCulture))];
        Assert.Equal(Planted.Keys.Order(), first.Order());
        var figures = Directory.GetFiles(_folder.File("figures")).Select(f => Path.GetExtension(f)).CountBy(e => e).ToDictionary();
        Assert.Equal(
            new Dictionary<string, int>
            {
                [".csv"] = 2,
                [".pdf"] = 2,
                [".png"] = 2,
                [".svg"] = 2,
            },
            figures
        );
        var numbers = ResultTable.Read(Directory.GetFiles(_folder.File("figures"), "outlier-001*.csv").Single());
        var residuals = numbers.Doubles("residual_sigma", mayBeUndefined: true);
        Assert.Equal(WaveSurvey.Pixels, residuals.Length);
        var odd = Array.IndexOf(residuals, residuals.Max());
        Assert.Equal(Planted[first[0]], odd);
        Assert.Equal(4900 + (10 * odd), numbers.Doubles("wavelength_angstrom")[odd], 0.01);
    }
}
