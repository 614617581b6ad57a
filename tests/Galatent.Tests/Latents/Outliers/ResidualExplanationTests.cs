using Galatent.Latents.Outliers;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.Latents.Outliers;

/// <summary>What a residual may be: planted ones of each kind on a flat model with noise.</summary>
public class ResidualExplanationTests
{
    private const double Redshift = 0.1;
    private const double Sigma = 0.05;
    private static readonly WavelengthGrid Grid = WavelengthGrid.Study;
    private static readonly ResidualExplanations Residuals = new(Grid);

    public static TheoryData<string> Kinds => ["broad_lines", "broad_features", "splice", "night_sky", "single_pixels", "narrow_lines"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_planted_oddity_is_told_by_its_own_explanation(string kind)
    {
        var best = Explain(j => Planted(kind, j)).MaxBy(e => e.Net(1))!;
        Assert.Equal(kind, best.Name);
        Assert.True(best.Net(1) > 0);
    }

    [Fact]
    public void Noise_needs_no_explanation() => Assert.All(Explain(_ => 0), e => Assert.True(e.Net(1) <= 0, $"{e.Name}: {e.Net(1)}"));

    [Fact]
    public void The_feature_says_where_it_is()
    {
        Assert.Contains(
            "Hα",
            Explain(j => Planted("narrow_lines", j)).First(e => e.Name == "narrow_lines").Feature,
            StringComparison.Ordinal
        );
        string[] ranges = ["observed 7792-7800 Å", "observed 8343-8351 Å", "observed 8398-8406 Å"];
        Assert.Contains(Explain(j => Planted("night_sky", j)).First(e => e.Name == "night_sky").Feature, ranges);
    }

    private static double Planted(string kind, int j)
    {
        var rest = Grid.WavelengthAngstrom[j];
        var observed = rest * (1 + Redshift);
        double Gaussian(double centre, double sigma) => Math.Exp(-0.5 * Math.Pow((rest - centre) / sigma, 2));
        return kind switch
        {
            "broad_lines" => 0.5 * (Gaussian(6564.6, 35) + (0.35 * Gaussian(4862.7, 26))),
            "broad_features" => 0.2 * (Gaussian(4600, 45) - Gaussian(5640, 45)),
            "splice" => observed > 5950 ? 0.1 : 0,
            // OH at 8344.6 and 8399.2 Å in air, and 7794.1.
            "night_sky" => 0.5 * new[] { 8346.9, 8401.5, 7796.2 }.Sum(c => Math.Abs(observed - c) < 2.5 ? (j % 2 == 0 ? 1 : -1) : 0),
            "single_pixels" => j is 2000 or 2500 or 3000 ? 1 : 0,
            "narrow_lines" => Gaussian(6564.6, 1.8),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static IReadOnlyList<Explanation> Explain(Func<int, double> planted)
    {
        var stream = new RandomStream(5, "residuals");
        var (low, high) = Grid.Range(3800 / (1 + Redshift), 9200 / (1 + Redshift));
        var flux = new float[Grid.Count];
        var ivar = new float[Grid.Count];
        for (var j = low; j < high; j++)
        {
            flux[j] = (float)(1 + (Sigma * stream.NextNormal()) + planted(j));
            ivar[j] = (float)(1 / (Sigma * Sigma));
        }
        return Residuals.Of(new ObservedPixels(flux, ivar, Redshift, 1), new LatentFit([.. flux.Select(_ => 1f)], []));
    }
}
