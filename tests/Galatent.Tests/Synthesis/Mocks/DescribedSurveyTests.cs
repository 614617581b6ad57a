using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys;
using Galatent.Surveys.Preparation;
using Galatent.Synthesis.Mocks;

namespace Galatent.Tests.Synthesis.Mocks;

/// <summary>Surveys from descriptions.</summary>
public class DescribedSurveyTests
{
    private const int Draws = 4000;

    public static TheoryData<string, double, double> Medians =>
        new()
        {
            // Strauss et al. 2002; Hahn et al. 2023. The cuts at both ends move the medians by a few per cent.
            { "sdss", 0.104, 0.006 },
            { "desi", 0.2, 0.012 },
        };

    [Theory]
    [MemberData(nameof(Medians))]
    public void Redshifts_have_the_published_median(string name, double median, double tolerance)
    {
        using var survey = Open(name);
        var z = Enumerable.Range(0, Draws).Select(k => survey.Conditions(1, k).Redshift).ToArray();
        Assert.Equal(median, SampleMoments.Median(z), tolerance);
    }

    [Fact]
    public void Every_survey_covers_its_wavelengths_and_the_window_of_its_galaxies()
    {
        var grid = WavelengthGrid.Study;
        foreach (var description in DescribedSurveys.All)
        {
            using var survey = new DescribedSurvey(description, grid);
            var (ivar, mask) = (new float[grid.Count], new byte[grid.Count]);
            for (var k = 0; k < 50; k++)
            {
                var conditions = survey.Conditions(2, k);
                survey.Pixels(2, k, conditions, grid, ivar, mask);
                for (var j = 0; j < grid.Count; j++)
                {
                    var observed = grid.WavelengthAngstrom[j] * (1 + conditions.Redshift);
                    var isInside = observed > description.Coverage.LowAngstrom + 30 && observed < description.Coverage.HighAngstrom - 30;
                    var isSky = observed is > 5571 and < 5586;
                    Assert.True(!isInside || isSky || mask[j] == 0, $"{description.Name}: {observed} Å is masked.");
                    Assert.True(mask[j] == 0 == ivar[j] > 0 && float.IsFinite(ivar[j]));
                }
                var (first, end) = grid.Range(5000, 5500);
                Assert.True(mask[first..end].Count(m => m == 0) > (end - first) / 2);
            }
        }
    }

    [Fact]
    public void Noise_at_the_reference_is_the_stated_signal_to_noise()
    {
        using var survey = Open("sdss");
        var grid = WavelengthGrid.Study;
        var (ivar, mask) = (new float[grid.Count], new byte[grid.Count]);
        var j = grid.Nearest(5250);
        for (var k = 0; k < 50; k++)
        {
            var conditions = survey.Conditions(1, k);
            survey.Pixels(1, k, conditions, grid, ivar, mask);
            if (mask[j] == 0)
            {
                // Normalised flux is 1 there; a cell holds its width in observed ångström.
                var perAngstrom = Math.Sqrt(ivar[j] / (grid.CellWidthAngstrom(j) * (1 + conditions.Redshift)));
                Assert.Equal(1, perAngstrom / conditions.Values[0], 0.01);
            }
        }
    }

    [Theory]
    [InlineData("sdss")]
    [InlineData("desi")]
    public void Chi_squared_that_is_expected_agrees_with_means_over_cells(string name)
    {
        using var survey = Open(name);
        var description = DescribedSurveys.All.First(s => s.Name == name);
        for (var k = 0; k < 20; k++)
        {
            var conditions = survey.Conditions(1, k);
            var stretch = 1 + conditions.Redshift;
            // Equal pixels and equal cells of 0.9 Å about rest 5250 Å.
            var pixel = description.PixelAngstrom(5250 * stretch) / stretch;
            var count = (int)(400 / pixel);
            double[] low = [.. Enumerable.Range(0, count).Select(i => i * pixel)];
            double[] high = [.. low.Select(l => l + pixel)];
            double[] ones = [.. low.Select(_ => 1.0)];
            double[] edges = [.. Enumerable.Range(0, 440).Select(i => 1.234 + (0.9 * i))];
            var means = CellMeans.Of(low, high, ones, ones, new PixelMask[count], edges);
            var measured = means.InverseVariance.Zip(means.Variance, (i, v) => i * v).Average();
            Assert.Equal(measured, conditions.ExpectedChiSquare, 0.05);
        }
    }

    private static DescribedSurvey Open(string name) => new(DescribedSurveys.All.First(s => s.Name == name), WavelengthGrid.Study);
}
