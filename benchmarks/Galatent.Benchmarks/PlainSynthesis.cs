using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.Stars;

namespace Galatent.Benchmarks;

/// <summary>
/// The same spectra as <see cref="SpectrumSynthesizer"/>'s, galaxy by galaxy and pixel by pixel as one would write the formulae down: the
/// baseline of the claim <c>synthesis</c>.
/// What it does not do: nothing is left out or made slow on purpose; tables that do not depend on the galaxy are computed once, and nodes
/// without mass are skipped.
/// </summary>
internal sealed class PlainSynthesis
{
    private const double OldestGasYr = 2e7;
    private const double PhotonScale = 1e46;

    private readonly SspTable _stars;
    private readonly NebularLineTable _lines;
    private readonly WavelengthGrid _grid;
    private readonly LineProfiles _profiles;
    private readonly double[] _gas;
    private readonly int[] _linePixel;

    public PlainSynthesis(SspLibrary library, WavelengthGrid grid)
    {
        (_stars, _grid) = (library.Stars.OnGrid(grid), grid);
        _lines = library.Lines.Within(grid.WavelengthAngstrom[0], grid.WavelengthAngstrom[^1]);
        _profiles = new LineProfiles(grid, _lines.WavelengthAngstrom, new SynthesisOptions());
        _gas = Array.ConvertAll(grid.WavelengthAngstrom, w =>
            NebularContinuum.PerPhoton(w) * PhotonScale / _stars.Provenance.SolarLuminosityErgPerSecond
        );
        _linePixel = Array.ConvertAll(_lines.WavelengthAngstrom, grid.Nearest);
    }

    /// <summary>L_nu of one galaxy, Lsun/Hz per solar mass formed.</summary>
    public float[] Spectrum(CompositeStellarPopulation galaxy)
    {
        var young = new double[_grid.Count];
        var old = new double[_grid.Count];
        var (z, share) = SortedAxis.Bracket(_stars.LogZ, galaxy.LogZStar);
        AddStars(galaxy.YoungMass, z, 1 - share, young);
        AddStars(galaxy.YoungMass, z + 1, share, young);
        AddStars(galaxy.OldMass, z, 1 - share, old);
        AddStars(galaxy.OldMass, z + 1, share, old);
        var youngPhotons = Photons(galaxy.YoungMass, z, share);
        var oldPhotons = Photons(galaxy.OldMass, z, share);
        var youngRate = youngPhotons.Sum();
        var oldRate = oldPhotons.Sum();
        var spectrum = new float[_grid.Count];
        for (var i = 0; i < spectrum.Length; i++)
        {
            var w = _grid.WavelengthAngstrom[i];
            var light = ((young[i] + (youngRate * _gas[i])) * Math.Exp(-galaxy.Dust1 * 5500 / w)) + old[i] + (oldRate * _gas[i]);
            spectrum[i] = (float)(light * Math.Exp(-galaxy.Dust2 * KriekConroyDust.Curve(w, galaxy.DustIndex)));
        }
        AddLines(galaxy, youngPhotons, oldPhotons, spectrum);
        return spectrum;
    }

    private void AddStars(double[] mass, int z, double factor, double[] light)
    {
        for (var age = 0; age < mass.Length; age++)
        {
            if (mass[age] == 0)
            {
                continue;
            }
            var weight = factor * mass[age];
            var template = _stars[z, age];
            for (var i = 0; i < light.Length; i++)
            {
                light[i] += weight * template[i];
            }
        }
    }

    private double[] Photons(double[] mass, int z, double share)
    {
        var nodes = _stars.LogAgeYr.Count(x => x <= Math.Log10(OldestGasYr) + 1e-9);
        return
        [
            .. Enumerable
                .Range(0, nodes)
                .Select(a =>
                    mass[a]
                    / PhotonScale
                    * (
                        ((1 - share) * Math.Pow(10, _stars.LogIonizingRate[(z * _stars.AgeCount) + a]))
                        + (share * Math.Pow(10, _stars.LogIonizingRate[((z + 1) * _stars.AgeCount) + a]))
                    )
                ),
        ];
    }

    private void AddLines(CompositeStellarPopulation galaxy, double[] youngPhotons, double[] oldPhotons, float[] spectrum)
    {
        var ((z, dz), (u, du)) = (SortedAxis.Bracket(_lines.LogZ, galaxy.LogZGas), SortedAxis.Bracket(_lines.LogU, galaxy.LogU));
        for (var l = 0; l < _lines.LineCount; l++)
        {
            var young = 0.0;
            var old = 0.0;
            for (var node = 0; node < youngPhotons.Length; node++)
            {
                var (a, da) = SortedAxis.Bracket(_lines.LogAgeYr, _stars.LogAgeYr[node]);
                double At(int age) =>
                    ((1 - dz) * (((1 - du) * _lines[z, age, u][l]) + (du * _lines[z, age, u + 1][l])))
                    + (dz * (((1 - du) * _lines[z + 1, age, u][l]) + (du * _lines[z + 1, age, u + 1][l])));
                var erg = Math.Pow(10, ((1 - da) * At(a)) + (da * At(a + 1)));
                young += youngPhotons[node] * erg;
                old += oldPhotons[node] * erg;
            }
            var w = _grid.WavelengthAngstrom[_linePixel[l]];
            var luminosity =
                ((young * Math.Exp(-galaxy.Dust1 * 5500 / w)) + old) * Math.Exp(-galaxy.Dust2 * KriekConroyDust.Curve(w, galaxy.DustIndex));
            _profiles.Add(l, luminosity * PhotonScale / _stars.Provenance.SolarLuminosityErgPerSecond, spectrum);
        }
    }
}
