using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>The rows of an image as spectra: axes of length 1 are left out, rows have the meaning that the user states, and IRAF's third
/// axis has bands.</summary>
internal sealed class SpectrumImage
{
    private readonly FitsUnit _unit;
    private readonly SurveyOptions _options;
    private readonly int _sigmaBand;
    private readonly int _rowsInBand;

    private SpectrumImage(FitsUnit unit, SurveyOptions options, int pixels, int axis, int spectra, int rowsInBand, int sigmaBand) =>
        (_unit, _options, Pixels, Axis, Spectra, _rowsInBand, _sigmaBand) = (unit, options, pixels, axis, spectra, rowsInBand, sigmaBand);

    /// <summary>Pixels of a spectrum.</summary>
    public int Pixels { get; }

    /// <summary>The axis of wavelengths, from 1.</summary>
    public int Axis { get; }

    /// <summary>Number of spectra.</summary>
    public int Spectra { get; }

    /// <summary>Looks at an image.</summary>
    /// <exception cref="InputException">It has more axes than spectra need, or lacks a row that the user names.</exception>
    public static SpectrumImage Of(SurveyFile file, FitsUnit unit, SurveyOptions options)
    {
        var real = unit.Shape.Select((length, i) => (length, axis: unit.Shape.Length - i)).Where(a => a.length > 1).ToList();
        if (real.Count == 0 || real.Count > 3)
        {
            throw Odd(file, unit);
        }
        var (pixels, axis) = real[^1];
        if (options.Rows.Count > 0)
        {
            var rows = real.Count == 2 ? real[0].length : 1;
            if (options.Rows.FirstOrDefault(r => r.Value >= rows) is { Key: not null } beyond)
            {
                throw new InputException(
                    $"'{file.Path}': HDU {unit.Index} has {rows} rows, and SurveyOptions.Rows asks for {beyond.Key}={beyond.Value}."
                );
            }
            if (options.Rows.Keys.FirstOrDefault(role => role is not ("flux" or "ivar" or "error" or "variance")) is { } unknown)
            {
                throw new InputException($"SurveyOptions.Rows names '{unknown}'; a row of an image is flux, ivar, error or variance.");
            }
            if (!options.Rows.ContainsKey("flux"))
            {
                throw new InputException($"'{file.Path}': SurveyOptions.Rows does not say which row is the flux, e.g. flux=0,error=1.");
            }
            return new SpectrumImage(unit, options, pixels, axis, 1, rows, -1);
        }
        if (real.Count < 3)
        {
            // IRAF writes one spectrum with bands as (bands, 1, pixels).
            var isBands = real.Count == 2 && unit.Shape.Length == 3 && unit.Shape[1] == 1 && unit.Header.Has("BANDID1");
            return isBands
                ? new SpectrumImage(unit, options, pixels, axis, 1, 1, SigmaBand(unit, real[0].length))
                : new SpectrumImage(
                    unit,
                    options,
                    pixels,
                    axis,
                    real.Count == 2 ? real[0].length : 1,
                    real.Count == 2 ? real[0].length : 1,
                    -1
                );
        }
        return unit.Header.Has("BANDID1") || IrafMultispec.Is(unit.Header)
            ? new SpectrumImage(unit, options, pixels, axis, real[1].length, real[1].length, SigmaBand(unit, real[0].length))
            : throw Odd(file, unit);
    }

    /// <summary>The flux of a spectrum.</summary>
    public double[] Flux(int row) => Row(_unit, _options.Rows.TryGetValue("flux", out var told) ? told : row, Pixels);

    /// <summary>The noise of a spectrum, where the image itself holds it.</summary>
    public (double[] Values, NoiseKind Kind)? Noise(int row)
    {
        foreach (var kind in new[] { NoiseKind.Ivar, NoiseKind.Error, NoiseKind.Variance })
        {
            if (_options.Rows.TryGetValue(kind.ToString().ToLowerInvariant(), out var told))
            {
                return (Row(_unit, told, Pixels), kind);
            }
        }
        return _sigmaBand > 0 ? (Row(_unit, (_sigmaBand * _rowsInBand) + row, Pixels), NoiseKind.Error) : null;
    }

    /// <summary>A run of pixels along the fastest real axis; the only one of an image with one row.</summary>
    public static double[] Row(FitsUnit unit, int row, int pixels)
    {
        var all = unit.Shape.Aggregate(1L, (a, b) => a * b);
        var rows = all / pixels;
        var wanted = rows == 1 ? 0 : row;
        if (all % pixels != 0 || wanted >= rows)
        {
            throw new InputException($"'{unit.FilePath}': HDU {unit.Index} ({unit.Title}) has no row {row} of {pixels} pixels.");
        }
        // The slowest axis is read whole where it has several rows.
        var inner = all / unit.Shape[0];
        if (inner < pixels)
        {
            return unit.Image();
        }
        var first = (int)(wanted * (long)pixels / inner);
        var at = (int)((wanted * (long)pixels) - (first * inner));
        return unit.Rows(first, 1)[at..(at + pixels)];
    }

    private static int SigmaBand(FitsUnit unit, int bands)
    {
        for (var band = 1; band <= bands; band++)
        {
            if (unit.Header.Text($"BANDID{band}").Contains("sigma", StringComparison.OrdinalIgnoreCase))
            {
                return band - 1;
            }
        }
        return -1;
    }

    private static InputException Odd(SurveyFile file, FitsUnit unit) =>
        new(
            $"'{file.Path}': the image of HDU {unit.Index} has the axes {string.Join(" x ", unit.Shape)}, which are no "
                + $"spectra; extract spectra "
                + $"first, as rows of an image or a table."
        );
}
