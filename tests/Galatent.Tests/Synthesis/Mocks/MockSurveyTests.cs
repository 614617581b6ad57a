using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Mocks;

namespace Galatent.Tests.Synthesis.Mocks;

/// <summary>Mocks that copy the spectra of a file.</summary>
[Collection(typeof(SynthesisCollection))]
public sealed class MockSurveyTests(SynthesisFixture synthesis) : IDisposable
{
    private const int Mocks = 5 * ObservedFiles.Count;
    private static readonly int Pixels = ObservedFiles.Grid.Count;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Masks_are_copied_to_the_bit_and_redshifts_and_noise_with_them()
    {
        var path = Simulate("mocks.h5", ObservedFiles.Write(_folder.File("observed.h5")));
        var mocks = SpectrumFile.Read(path);
        var (rows, masks) = (Rows(mocks), Masks(path));
        var ivar = SpectrumFile.ReadInverseVariance(path, Mocks, Pixels);
        for (var k = 0; k < Mocks; k++)
        {
            Assert.Equal(ObservedFiles.Redshift(rows[k]), mocks.Parameter("redshift").Values[k], 12);
            Assert.Equal(rows[k], mocks.Parameter("sn_median").Values[k]);
            // Only the median with noise divides the copied noise: the same factor in all pixels.
            var factors = new List<double>();
            for (var j = 0; j < Pixels; j++)
            {
                Assert.Equal(ObservedFiles.Mask(rows[k], j), masks[(k * Pixels) + j]);
                if (masks[(k * Pixels) + j] != 0)
                {
                    Assert.Equal((0f, 0f), (mocks.Flux[(k * Pixels) + j], ivar[(k * Pixels) + j]));
                    continue;
                }
                factors.Add(ivar[(k * Pixels) + j] / ObservedFiles.InverseVariance(rows[k], j, 1));
            }
            Assert.InRange(factors.Max() / factors.Min(), 1, 1 + 1e-5);
            Assert.InRange(factors[0], 0.9, 1.1);
        }
    }

    [Fact]
    public void Every_spectrum_is_copied_equally_often_and_the_good_part_of_the_window_has_the_median_1()
    {
        var path = Simulate("mocks.h5", ObservedFiles.Write(_folder.File("observed.h5")));
        var mocks = SpectrumFile.Read(path);
        Assert.All(Rows(mocks).GroupBy(r => r), group => Assert.Equal(Mocks / ObservedFiles.Count, group.Count()));
        Assert.NotEqual([.. Enumerable.Range(0, Mocks).Select(k => k % ObservedFiles.Count)], Rows(mocks));
        var masks = Masks(path);
        var (first, end) = ObservedFiles.Grid.Range(5000, 5500);
        for (var k = 0; k < Mocks; k++)
        {
            double[] good =
            [
                .. Enumerable.Range(first, end - first).Where(j => masks[(k * Pixels) + j] == 0).Select(j => mocks.Flux[(k * Pixels) + j]),
            ];
            Assert.True(good.Length < end - first);
            Assert.Equal(1, SampleMoments.Median(good), 5);
        }
    }

    [Fact]
    public void Residuals_have_the_expected_chi_squared_per_pixel_and_the_variance_of_1_over_ivar_in_sums()
    {
        var noisy = Simulate("noisy.h5", ObservedFiles.Write(_folder.File("observed.h5")));
        // The same galaxies with a billionth of the noise.
        var clean = Simulate("clean.h5", ObservedFiles.Write(_folder.File("quiet.h5"), 1e18));
        var (with, without, masks) = (SpectrumFile.Read(noisy), SpectrumFile.Read(clean), Masks(noisy));
        var rows = Rows(with);
        const int block = 20;
        var (cells, sums) = (new List<double>(), new List<double>());
        for (var k = 0; k < Mocks; k++)
        {
            var factor = with.Norm[k] / without.Norm[k];
            double Residual(int j) =>
                ((factor * with.Flux[(k * Pixels) + j]) - without.Flux[(k * Pixels) + j])
                * Math.Sqrt(ObservedFiles.InverseVariance(rows[k], j, 1));
            for (var j = 0; j + block <= Pixels; j += block)
            {
                var places = Enumerable.Range(j, block);
                if (places.All(i => masks[(k * Pixels) + i] == 0))
                {
                    double[] residuals = [.. places.Select(Residual)];
                    cells.AddRange(residuals.Select(r => r * r));
                    sums.Add(Math.Pow(residuals.Sum(), 2) / block);
                }
            }
        }
        // Neighbours share data, so that independent cells are about half as many.
        Assert.Equal(
            ObservedFiles.ExpectedChiSquare,
            cells.Average(),
            4 * Math.Sqrt(2 * 2.0 / cells.Count) * ObservedFiles.ExpectedChiSquare
        );
        // Only the ends of a block lose a little.
        Assert.InRange(sums.Average(), 0.95 - (4 * Math.Sqrt(2.0 / sums.Count)), 1 + (4 * Math.Sqrt(2.0 / sums.Count)));
    }

    [Fact]
    public void A_coarser_survey_has_wider_lines_of_the_same_light()
    {
        var sharp = SpectrumFile.Read(Simulate("sharp.h5", ObservedFiles.Write(_folder.File("a.h5"), 1e18, 2.5)));
        var coarse = SpectrumFile.Read(Simulate("coarse.h5", ObservedFiles.Write(_folder.File("b.h5"), 1e18, 12)));
        var (first, end) = ObservedFiles.Grid.Range(5004, 5012);
        var seen = 0;
        for (var k = 0; k < Mocks; k++)
        {
            float Peak(SpectrumSet set) => set.Flux[((k * Pixels) + first)..((k * Pixels) + end)].Max();
            if (Peak(sharp) > 2)
            {
                seen++;
                Assert.True(Peak(coarse) - 1 < 0.8 * (Peak(sharp) - 1));
            }
        }
        Assert.True(seen > 0);
    }

    [Fact]
    public void Threads_and_parts_do_not_change_a_byte()
    {
        var observed = ObservedFiles.Write(_folder.File("observed.h5"));
        var whole = File.ReadAllBytes(Simulate("one.h5", observed, threads: 1));
        Assert.Equal(whole, File.ReadAllBytes(Simulate("three.h5", observed, threads: 3)));
        string[] parts =
        [
            Simulate("part2.h5", observed, shard: new ShardRange(2, 2)),
            Simulate("part1.h5", observed, shard: new ShardRange(1, 2)),
        ];
        SpectrumFileMerger.Merge(_folder.File("merged.h5"), parts, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(whole, File.ReadAllBytes(_folder.File("merged.h5")));
    }

    [Fact]
    public void Spectra_that_are_normalised_elsewhere_are_not_copied_and_that_is_said()
    {
        using var survey = CopiedSurvey.Open(
            ObservedFiles.Write(_folder.File("observed.h5"), normKind: row => row < 4 ? 1 : 0),
            _folder.Path
        );
        Assert.Equal(ObservedFiles.Count - 4, survey.Count);
        Assert.Contains("4 of 12", Assert.Single(survey.Remarks), StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 100), k => Assert.InRange(survey.Conditions(1, k).Row, 4, ObservedFiles.Count - 1));
        var fault = Assert.Throws<InputException>(() =>
            CopiedSurvey.Open(ObservedFiles.Write(_folder.File("none.h5"), normKind: _ => 2), _folder.Path)
        );
        Assert.Contains("5000-5500", fault.Message, StringComparison.Ordinal);
    }

    private string Simulate(string name, string observed, int threads = 2, ShardRange? shard = null)
    {
        using var survey = CopiedSurvey.Open(observed, _folder.Path);
        var options = new SimulationOptions(ObservedFiles.Grid, new SynthesisOptions(), MedianNormalization.Study, threads, Shard: shard)
        {
            Like = survey,
        };
        var path = _folder.File(name);
        new Simulator(synthesis.Library, options).WritePopulation(
            path,
            Mocks,
            new PopulationOptions(),
            "test",
            7,
            cancellation: TestContext.Current.CancellationToken
        );
        return path;
    }

    private static int[] Rows(SpectrumSet mocks) => Array.ConvertAll(mocks.Parameter(CopiedSurvey.RowColumn).Values, r => (int)r);

    private static byte[] Masks(string path)
    {
        using var source = SpectrumStream.Open(path, Path.GetTempPath());
        using var gaps = SpectrumGaps.Open(path, source, Path.GetTempPath())!;
        return [.. Enumerable.Range(0, Mocks).SelectMany(gaps.Mask)];
    }
}
