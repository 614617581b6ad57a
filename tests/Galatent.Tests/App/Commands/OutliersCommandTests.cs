using System.Globalization;
using Galatent.App;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.App.Commands;

/// <summary><c>galatent outliers</c> as a user calls it: planted spectra come first, and a figure's numbers show where they are
/// odd.</summary>
public sealed class OutliersCommandTests : IDisposable
{
    private const int Count = 500;
    private const int Pixels = 64;
    private const float Noise = 0.05f;

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
        Write("mock.h5", "mocks", isPlanted: false);
        Write("real.h5", "real", isPlanted: true);
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
        Assert.Equal(Pixels, residuals.Length);
        var odd = Array.IndexOf(residuals, residuals.Max());
        Assert.Equal(Planted[first[0]], odd);
        Assert.Equal(4900 + (10 * odd), numbers.Doubles("wavelength_angstrom")[odd], 0.01);
    }

    // A wave of some amplitude on a flat spectrum.
    private void Write(string name, string stream, bool isPlanted)
    {
        var random = new RandomStream(12, stream);
        var flux = new float[Count * Pixels];
        var redshift = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            var amplitude = random.NextNormal();
            redshift[i] = 0.05 + (0.1 * random.NextDouble());
            for (var j = 0; j < Pixels; j++)
            {
                flux[(i * Pixels) + j] = (float)(1 + (0.3 * amplitude * Math.Sin(0.2 * j)) + (Noise * random.NextNormal()));
            }
            if (isPlanted && Planted.TryGetValue(i, out var pixel))
            {
                flux[(i * Pixels) + pixel] += 20 * Noise;
            }
        }
        using var writer = new SpectrumFileWriter(
            _folder.File(name),
            new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4900.0 + (10 * i))]),
            Count,
            new SpectrumProvenance("test", 1, "erg/s/cm2/Hz", 5000, 5500, "", ""),
            [new ParameterColumn("redshift", "", "redshift", redshift)],
            inverseVariance: true
        );
        writer.Append(
            flux,
            [.. Enumerable.Repeat(1.0, Count)],
            [redshift],
            inverseVariance: [.. Enumerable.Repeat(1 / (Noise * Noise), flux.Length)]
        );
        writer.Finish();
    }
}
