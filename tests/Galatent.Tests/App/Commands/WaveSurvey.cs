using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Spectra.Quantities;

namespace Galatent.Tests.App.Commands;

/// <summary>A survey whose spectra are a wave of known amplitude on a flat spectrum, with white noise.</summary>
internal static class WaveSurvey
{
    public const int Pixels = 64;
    public const float Noise = 0.05f;

    /// <summary>Writes a file of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">Number of spectra.</param>
    /// <param name="stream">Name of the random numbers.</param>
    /// <param name="isKnown">Whether the file has the parameter: the amplitude with a scatter of 0.05 of its own.</param>
    /// <param name="planted">Spectra with a pixel that is 20 deviations too high, and that pixel; null for none.</param>
    /// <returns>The parameter.</returns>
    public static double[] Write(string path, int count, string stream, bool isKnown, IReadOnlyDictionary<int, int>? planted = null)
    {
        var random = new RandomStream(11, stream);
        var flux = new float[count * Pixels];
        var (truth, redshift) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var amplitude = random.NextNormal();
            truth[i] = amplitude + (0.05 * random.NextNormal());
            redshift[i] = 0.05 + (0.1 * random.NextDouble());
            for (var j = 0; j < Pixels; j++)
            {
                flux[(i * Pixels) + j] = (float)(1 + (0.3 * amplitude * Math.Sin(0.2 * j)) + (Noise * random.NextNormal()));
            }
            if (planted is not null && planted.TryGetValue(i, out var pixel))
            {
                flux[(i * Pixels) + pixel] += 20 * Noise;
            }
        }
        ParameterColumn[] columns =
        [
            new("redshift", "", "redshift", redshift),
            .. isKnown ? [new ParameterColumn(GalaxyQuantities.Dust2.Name, "", "dust", truth)] : Array.Empty<ParameterColumn>(),
        ];
        using var writer = new SpectrumFileWriter(
            path,
            new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4900.0 + (10 * i))]),
            count,
            new SpectrumProvenance("test", 1, "erg/s/cm2/Hz", 5000, 5500, "", ""),
            columns,
            inverseVariance: true
        );
        writer.Append(
            flux,
            [.. Enumerable.Repeat(1.0, count)],
            [.. columns.Select(c => c.Values)],
            inverseVariance: [.. Enumerable.Repeat(1 / (Noise * Noise), flux.Length)]
        );
        writer.Finish();
        return truth;
    }
}
