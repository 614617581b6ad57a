namespace Galatent.Spectra;

/// <summary>Indices measured on spectra.</summary>
public static class SpectralIndices
{
    private const double LineReachAngstrom = 8;

    // Emission lines of the gas inside or near the windows of D4000n, Å, vacuum.
    private static readonly double[] GasNearBreak = [3836.49, 3869.86, 3889.75, 3968.59, 3971.20, 4069.75, 4077.50, 4102.89];

    /// <summary>
    /// The break at 4000 Å, D4000n (Balogh et al. 1999, ApJ 527, 54): mean f_nu of 4000-4100 Å divided by that of 3850-3950 Å (air
    /// wavelengths, converted to vacuum).
    /// Pixels within 8 Å of an emission line are left out: [Ne III] 3870 alone would push young galaxies below 1.
    /// The standard index uses the whole window, on a spectrum from which the lines were subtracted. That needs the line widths; if you
    /// know them, measure the standard index instead. Our mask also removes H8 in absorption at 3890 Å, so the two numbers differ.
    /// </summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="fnu">f_nu in any unit, shape (n_wave).</param>
    public static double D4000(WavelengthGrid grid, ReadOnlySpan<float> fnu) =>
        MeanBetweenLines(grid, fnu, 4001.13, 4101.16) / MeanBetweenLines(grid, fnu, 3851.09, 3951.12);

    /// <summary>Equivalent width of H alpha in emission, Å: line luminosity divided by the continuum at 6480-6540 and 6610-6670
    /// Å.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="fnu">f_nu, shape (n_wave), so that fnu × norm is in Lsun/Hz.</param>
    /// <param name="norm">What the spectrum was divided by.</param>
    /// <param name="lineLuminosity">Luminosity of the line, Lsun.</param>
    public static double HalphaWidth(WavelengthGrid grid, ReadOnlySpan<float> fnu, double norm, double lineLuminosity)
    {
        ArgumentNullException.ThrowIfNull(grid);
        const double speedOfLight = 2.99792458e18; // Å/s
        var sum = 0.0;
        var count = 0;
        foreach (var (low, high) in new[] { (6480.0, 6540.0), (6610.0, 6670.0) })
        {
            var (first, end) = grid.Range(low, high);
            for (var i = first; i < end; i++)
            {
                sum += fnu[i] * speedOfLight / (grid.WavelengthAngstrom[i] * grid.WavelengthAngstrom[i]);
                count++;
            }
        }
        return lineLuminosity / (norm * sum / count);
    }

    private static double MeanBetweenLines(WavelengthGrid grid, ReadOnlySpan<float> fnu, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var (first, end) = grid.Range(low, high);
        var sum = 0.0;
        var width = 0.0;
        for (var i = first; i < end; i++)
        {
            if (Array.TrueForAll(GasNearBreak, line => Math.Abs(line - grid.WavelengthAngstrom[i]) > LineReachAngstrom))
            {
                sum += fnu[i] * grid.CellWidthAngstrom(i);
                width += grid.CellWidthAngstrom(i);
            }
        }
        return sum / width;
    }
}
