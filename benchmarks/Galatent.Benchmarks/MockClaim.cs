using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Mocks;
using Galatent.Synthesis.Ssp;

namespace Galatent.Benchmarks;

/// <summary>
/// The line <c>simulate-like-sdss</c>: a mock survey, written to a file, against as many plain spectra of the same population. The ratio is
/// what dispersions, noise and masks leave of the speed; 0.67 is 1.5 times the time. Both begin with their tables, as a command does.
/// </summary>
internal static class MockClaim
{
    private const int Count = 6000;

    public static Pair Prepare(int threads)
    {
        var folder = new ScratchFolder("galatent-mocks-");
        return new Pair(() => Write(null), Count, () => Write("sdss"), Count, folder);

        void Write(string? survey)
        {
            var grid = WavelengthGrid.Study;
            var like = survey is null ? null : new DescribedSurvey(DescribedSurveys.All.Single(s => s.Name == survey), grid);
            var synthesis = new SynthesisOptions { StellarVelocityByMass = like is not null };
            var options = new SimulationOptions(grid, synthesis, MedianNormalization.Study, threads) { Like = like };
            new Simulator(SspPack.Embedded(), options).WritePopulation(folder.File("o.h5"), Count, new PopulationOptions(), "r25", 1);
        }
    }
}
