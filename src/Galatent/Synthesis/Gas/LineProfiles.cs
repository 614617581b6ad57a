using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Gas;

/// <summary>
/// Gaussian lines on a grid: the mean L_lambda in each cell times lambda^2/c at its centre, for a line of luminosity 1.
/// The width follows <see cref="LineWidthRule"/>. The default is that of FSPS v3.2: sigma = 2 × (the pixel above the line - the pixel at
/// or below it), which is 1.8 Å in the optical part of the study's grid and 20 to 40 Å elsewhere.
/// Integration over cells conserves the flux to 1e-6; sampling at the cell centres would not.
/// </summary>
internal sealed class LineProfiles
{
    // Beyond this, less than 1e-22 of the peak is left. H alpha on the faintest continuum needs 1e-8.
    private const double ReachSigma = 10;
    private const double FullWidthPerSigma = 2.355;
    private const double MilesFullWidthAngstrom = 2.51;

    private readonly int[] _first;
    private readonly float[][] _profile;

    public LineProfiles(WavelengthGrid grid, double[] lineAngstrom, SynthesisOptions options)
    {
        SigmaAngstrom = Array.ConvertAll(lineAngstrom, line => Sigma(line, PixelSpacing(grid, line), options));
        _first = new int[lineAngstrom.Length];
        _profile = new float[lineAngstrom.Length][];
        for (var l = 0; l < lineAngstrom.Length; l++)
        {
            var centre = lineAngstrom[l];
            var sigma = SigmaAngstrom[l];
            var first = Math.Max(0, WavelengthGrid.LowerBound(grid.CellEdgeAngstrom, centre - (ReachSigma * sigma)) - 1);
            var end = Math.Min(grid.Count, WavelengthGrid.LowerBound(grid.CellEdgeAngstrom, centre + (ReachSigma * sigma)));
            var profile = new float[end - first];
            for (var i = first; i < end; i++)
            {
                var low = grid.CellEdgeAngstrom[i];
                var high = grid.CellEdgeAngstrom[i + 1];
                var wavelength = grid.WavelengthAngstrom[i];
                var share = NormalDistribution.Cdf((high - centre) / sigma) - NormalDistribution.Cdf((low - centre) / sigma);
                profile[i - first] = (float)(
                    share / (high - low) * wavelength * wavelength / PhysicalConstants.SpeedOfLightAngstromPerSecond
                );
            }
            (_first[l], _profile[l]) = (first, profile);
        }
    }

    /// <summary>Standard deviation of each line, Å.</summary>
    public double[] SigmaAngstrom { get; }

    /// <summary>Adds a line of luminosity <paramref name="luminosity"/> (Lsun per solar mass formed) to L_nu (Lsun/Hz per solar mass
    /// formed).</summary>
    public void Add(int line, double luminosity, Span<float> lnu)
    {
        var profile = _profile[line];
        var target = lnu.Slice(_first[line], profile.Length);
        // 1e-4 Lsun times 1e-13 /Hz is well inside the range of float32, so no scaling is needed.
        var factor = (float)luminosity;
        for (var i = 0; i < profile.Length; i++)
        {
            target[i] += factor * profile[i];
        }
    }

    /// <summary>The same in double precision.</summary>
    public void Add(int line, double luminosity, double[] lnu)
    {
        for (var i = 0; i < _profile[line].Length; i++)
        {
            lnu[_first[line] + i] += luminosity * _profile[line][i];
        }
    }

    private static double Sigma(double line, double pixel, SynthesisOptions options)
    {
        var velocity = line * options.LineVelocityKmPerS / PhysicalConstants.SpeedOfLightKmPerS;
        return options.LineWidth switch
        {
            LineWidthRule.TwoPixels => Math.Max(velocity, 2 * pixel),
            LineWidthRule.TwoPixelsFullWidth => Math.Max(
                velocity,
                Math.Max(2 * pixel, line is > 3602 and < 7402 ? MilesFullWidthAngstrom : 0) / FullWidthPerSigma
            ),
            LineWidthRule.Velocity => velocity,
            _ => throw new ArgumentOutOfRangeException(
                nameof(options),
                options.LineWidth,
                "Use TwoPixels, TwoPixelsFullWidth or Velocity."
            ),
        };
    }

    private static double PixelSpacing(WavelengthGrid grid, double line)
    {
        var below = Math.Clamp(WavelengthGrid.LowerBound(grid.WavelengthAngstrom, Math.BitIncrement(line)) - 1, 0, grid.Count - 2);
        return grid.WavelengthAngstrom[below + 1] - grid.WavelengthAngstrom[below];
    }
}
