using Galatent.Spectra;

namespace Galatent.Tests.Spectra;

public class SpectralIndicesTests
{
    [Fact]
    public void A_step_at_4000_is_the_break_and_emission_lines_do_not_count()
    {
        var grid = WavelengthGrid.Study;
        var flux = Array.ConvertAll(grid.WavelengthAngstrom, w => w < 4000 ? 2f : 3f);
        Assert.Equal(1.5, SpectralIndices.D4000(grid, flux), 1e-6);
        flux[grid.Nearest(3869.86)] = 500;
        flux[grid.Nearest(4069.75)] = 500;
        Assert.Equal(1.5, SpectralIndices.D4000(grid, flux), 1e-6);
    }

    [Fact]
    public void The_width_of_H_alpha_is_its_luminosity_over_the_continuum()
    {
        // L_lambda = 5 Lsun/Å at every wavelength: f_nu = 5 lambda^2/c; normalised by 1e-10.
        var grid = WavelengthGrid.Study;
        var flux = Array.ConvertAll(grid.WavelengthAngstrom, w => (float)(5 * w * w / 2.99792458e18 / 1e-10));
        Assert.Equal(200, SpectralIndices.HalphaWidth(grid, flux, 1e-10, 1000), 1e-3);
    }
}
