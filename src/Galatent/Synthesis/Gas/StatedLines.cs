using Galatent.Numerics;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis.Gas;

/// <summary>
/// Lines given in a table of stars: luminosity per solar mass formed at every age and metallicity, linear in log Z like the stars (DSPS;
/// Hearin et al. 2023).
/// They are for one ionisation parameter and the stars' metallicity. So a galaxy's gas metallicity and log U have no effect.
/// </summary>
internal sealed class StatedLines
{
    private readonly double[] _logZ;
    private readonly int _ageCount;
    private readonly int _lastAge;
    private readonly double[] _luminosity; // (n_z, n_age, n_line)
    private readonly SynthesisOptions _options;

    private StatedLines(SspTable stars, double[] wavelength, double[] luminosity, SynthesisOptions options)
    {
        (_logZ, _ageCount, WavelengthAngstrom, _luminosity, _options) = (stars.LogZ, stars.AgeCount, wavelength, luminosity, options);
        _lastAge =
            Array.FindLastIndex(luminosity, l => l > 0) < 0
                ? -1
                : Enumerable.Range(0, luminosity.Length).Where(i => luminosity[i] > 0).Max(i => i / wavelength.Length % _ageCount);
    }

    /// <summary>Centres, Å, ascending.</summary>
    public double[] WavelengthAngstrom { get; }

    /// <summary>The lines of a table between two wavelengths; null when the options select the lines of the models.</summary>
    /// <exception cref="InputException">The table has no lines, or lacks them for some of its populations.</exception>
    public static StatedLines? Of(SspTable stars, double lowAngstrom, double highAngstrom, SynthesisOptions options)
    {
        if (options.Lines == LineSource.Models || !options.EmissionLines)
        {
            return null;
        }
        var lines = stars.EmissionLines
            ?? throw new InputException(
                "The stellar populations have no emission lines of their own; leave SynthesisOptions.Lines at models, or give a table "
                    + "that has them (DSPS' ssp_emline_luminosity)."
            );
        var populations = stars.MetallicityCount * stars.AgeCount;
        var count = lines.WavelengthAngstrom.Length;
        if (lines.LuminosityLsun.Length != populations * count)
        {
            throw new InputException(
                $"The stellar populations have {lines.LuminosityLsun.Length} line luminosities, but {populations} populations "
                    + $"with {count} lines need {populations * count}; make the table again."
            );
        }
        int[] kept =
        [
            .. Enumerable
                .Range(0, count)
                .Where(l => lines.WavelengthAngstrom[l] >= lowAngstrom && lines.WavelengthAngstrom[l] <= highAngstrom)
                .OrderBy(l => lines.WavelengthAngstrom[l]),
        ];
        return new StatedLines(
            stars,
            Array.ConvertAll(kept, l => lines.WavelengthAngstrom[l]),
            [.. Enumerable.Range(0, populations).SelectMany(p => kept.Select(l => lines.LuminosityLsun[(p * count) + l]))],
            options
        );
    }

    /// <summary>Luminosities of a run of lines before dust, Lsun per solar mass formed, separately for stars of age up to 1e7 yr and for
    /// older stars.</summary>
    /// <param name="galaxy">The galaxy's stars.</param>
    /// <param name="firstLine">First line of the run. Its length is that of the targets.</param>
    /// <param name="young">Receives the luminosities around stars of age up to 1e7 yr.</param>
    /// <param name="old">Receives the luminosities around older stars.</param>
    public void Luminosities(CompositeStellarPopulation galaxy, int firstLine, Span<double> young, Span<double> old)
    {
        young.Clear();
        old.Clear();
        Span<double> shares = stackalloc double[_logZ.Length];
        MetallicityDistribution.Shares(_logZ, galaxy.LogZStar, _options.MetallicityScatterDex, shares);
        for (var a = 0; a <= _lastAge; a++)
        {
            for (var z = 0; z < shares.Length; z++)
            {
                AddNode(At(z, a).Slice(firstLine, young.Length), shares[z] * _options.IonizingShare * galaxy.YoungMass[a], young);
                AddNode(At(z, a).Slice(firstLine, old.Length), shares[z] * _options.IonizingShare * galaxy.OldMass[a], old);
            }
        }
    }

    /// <summary>Luminosities of one population before escape and dust, Lsun per solar mass formed, shape (n_line).</summary>
    public ReadOnlySpan<double> At(int metallicity, int age) =>
        _luminosity.AsSpan(((metallicity * _ageCount) + age) * WavelengthAngstrom.Length, WavelengthAngstrom.Length);

    private static void AddNode(ReadOnlySpan<double> luminosity, double factor, Span<double> sum)
    {
        for (var l = 0; l < sum.Length && factor != 0; l++)
        {
            sum[l] += factor * luminosity[l];
        }
    }
}
