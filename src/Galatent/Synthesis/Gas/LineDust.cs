using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis.Gas;

/// <summary>Dust at the centres of emission lines. The diffuse curve is interpolated linearly between the two pixels around a line, as in
/// FSPS.</summary>
internal sealed class LineDust
{
    private readonly TwoComponentDust _curve;
    private readonly double[] _share;
    private readonly double?[] _birthCloud;

    public LineDust(double[] lineAngstrom, WavelengthGrid grid, SynthesisOptions options)
    {
        var pixels = Array.ConvertAll(lineAngstrom, w => SortedAxis.Bracket(grid.WavelengthAngstrom, w));
        _share = Array.ConvertAll(pixels, p => p.Share);
        // Each line has two pixels, one after the other.
        _curve = new TwoComponentDust(
            [.. pixels.SelectMany(p => new[] { grid.WavelengthAngstrom[p.Lower], grid.WavelengthAngstrom[p.Lower + 1] })],
            options
        );
        _birthCloud = Array.ConvertAll(lineAngstrom, w =>
            options.BirthCloudIndex is { } index ? PowerLawDust.Curve(w, index) : default(double?)
        );
    }

    /// <summary>Transmission of the birth clouds and of the diffuse dust at a run of lines.</summary>
    public void Transmissions(CompositeStellarPopulation galaxy, int firstLine, Span<double> birthCloud, Span<double> diffuse)
    {
        Span<float> curve = stackalloc float[2 * birthCloud.Length];
        _curve.Curve(galaxy.DustIndex, 2 * firstLine, curve);
        for (var l = 0; l < birthCloud.Length; l++)
        {
            var k = curve[2 * l] + (_share[firstLine + l] * (curve[(2 * l) + 1] - curve[2 * l]));
            birthCloud[l] = Math.Exp(-galaxy.Dust1 * (_birthCloud[firstLine + l] ?? k));
            diffuse[l] = Math.Exp(-galaxy.Dust2 * k);
        }
    }
}
