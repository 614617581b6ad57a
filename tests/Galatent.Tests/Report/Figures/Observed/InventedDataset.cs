using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys;

namespace Galatent.Tests.Report.Figures.Observed;

/// <summary>A dataset as the import writes it: sloping spectra with noise, each covering another range, some with planted faults.</summary>
internal static class InventedDataset
{
    public const double Error = 0.02;

    public const int LowSignal = 3;
    public const int Gaps = 5;
    public const int Negative = 6;
    public const int Unlike = 7;

    public static WavelengthGrid Grid { get; } = new([.. Enumerable.Range(0, 350).Select(j => 3500.0 + (15 * j))]);

    /// <summary>Writes the file. With at least eight spectra, four have faults.</summary>
    public static string Write(string path, int count)
    {
        var pixels = Grid.Count;
        var flux = new float[count * pixels];
        var ivar = new float[count * pixels];
        var mask = new byte[count * pixels];
        var signal = new double[count];
        for (var i = 0; i < count; i++)
        {
            var isFaulty = count > Unlike;
            var stream = new RandomStream(7, "invented", (ulong)i);
            signal[i] = isFaulty && i == LowSignal ? 1.5 : 20 + (0.1 * i);
            for (var j = 0; j < pixels; j++)
            {
                var at = (i * pixels) + j;
                var isOutside = j < i % 10 || j >= pixels - 5;
                var isGap = j is 100 or 101 || (isFaulty && i == Gaps && j is > 150 and < 220);
                mask[at] = (byte)(
                    isOutside ? PixelMask.NoCoverage
                    : isGap ? PixelMask.BadInSurvey
                    : PixelMask.None
                );
                if (mask[at] != 0)
                {
                    continue;
                }
                var truth =
                    isFaulty && i == Negative && j is > 20 and < 60 ? -1
                    : isFaulty && i == Unlike ? 30
                    : 1 + (0.001 * (j - 117));
                flux[at] = (float)(truth + (Error * stream.NextNormal()));
                ivar[at] = (float)(1 / (Error * Error));
            }
        }
        ParameterColumn[] columns =
        [
            new("redshift", "", "", [.. Enumerable.Range(0, count).Select(i => 0.01 + (0.002 * i))]),
            new("sn_median", "", "", signal),
        ];
        using var writer = new SpectrumFileWriter(
            path,
            Grid,
            count,
            new SpectrumProvenance("test", -1, "erg/s/cm2/Hz", 5000, 5500, "sdss-spec", "observed"),
            columns,
            inverseVariance: true,
            mask: true,
            texts:
            [
                ("object_id", [.. Enumerable.Range(0, count).Select(i => $"id{i}")]),
                ("source", [.. Enumerable.Range(0, count).Select(i => $"file{i}.fits")]),
            ]
        );
        writer.Append(flux, [.. Enumerable.Repeat(1e-27, count)], [.. columns.Select(c => c.Values)], inverseVariance: ivar, mask: mask);
        writer.Finish();
        return path;
    }
}
