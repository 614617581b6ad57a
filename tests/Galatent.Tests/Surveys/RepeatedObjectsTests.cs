using CsCheck;
using Galatent.Surveys;

namespace Galatent.Tests.Surveys;

/// <summary>Spectra of one object: what a comparison of all pairs finds, and the best signal-to-noise of each.</summary>
public sealed class RepeatedObjectsTests
{
    // Positions on a raster of 0.7 arcsec, redshifts in steps of 0.0006: some pairs are near, some only through a third.
    [Fact]
    public void Neighbours_find_what_all_pairs_find() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 4], Gen.Int[0, 5])
            .Array[0, 14]
            .Sample(drawn =>
            {
                ImportedSpectrum[] spectra =
                [
                    .. drawn.Select(d => new ImportedSpectrum
                    {
                        File = "",
                        Outcome = Reason.Written,
                        ObjectId = d.Item4 == 0 ? "" : $"{d.Item4}",
                        RightAscensionDegrees = d.Item1 == 3 ? double.NaN : d.Item1 * 0.7 / 3600,
                        DeclinationDegrees = d.Item2 * 0.7 / 3600,
                        Redshift = 0.0006 * d.Item3,
                        SignalToNoise = d.Item5,
                    }),
                ];
                Assert.Equal(ByAllPairs(spectra), RepeatedObjects.Find(spectra));
            });

    private static int[] ByAllPairs(ImportedSpectrum[] s)
    {
        var label = Enumerable.Range(0, s.Length).ToArray();
        for (var round = 0; round < s.Length; round++)
        {
            for (var i = 0; i < s.Length; i++)
            {
                for (var j = 0; j < s.Length; j++)
                {
                    if (AreOne(s[i], s[j]))
                    {
                        label[i] = label[j] = Math.Min(label[i], label[j]);
                    }
                }
            }
        }
        return
        [
            .. Enumerable
                .Range(0, s.Length)
                .Select(i =>
                {
                    var best = Enumerable.Range(0, s.Length).Where(j => label[j] == label[i]).MaxBy(j => s[j].SignalToNoise);
                    return best == i ? -1 : best;
                }),
        ];
    }

    private static bool AreOne(ImportedSpectrum a, ImportedSpectrum b)
    {
        var arcsec =
            3600
            * Math.Sqrt(
                Math.Pow(a.RightAscensionDegrees - b.RightAscensionDegrees, 2) + Math.Pow(a.DeclinationDegrees - b.DeclinationDegrees, 2)
            );
        return Math.Abs(a.Redshift - b.Redshift) < 0.001 && (arcsec <= 1 || (a.ObjectId.Length > 0 && a.ObjectId == b.ObjectId));
    }
}
