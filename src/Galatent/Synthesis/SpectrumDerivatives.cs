using Galatent.Numerics;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Observing;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>How a normalised spectrum changes with one parameter.</summary>
/// <param name="Parameter">Name as in the files, e.g. <c>log_z_gas</c>.</param>
/// <param name="Flux">Derivative of the normalised flux per unit of the parameter, shape (n_wave).</param>
/// <param name="Norm">Derivative of the norm. The derivative of the luminosity is Norm × flux + norm × Flux.</param>
public sealed record SpectrumDerivative(string Parameter, double[] Flux, double Norm);

/// <summary>A spectrum with its derivatives.</summary>
/// <param name="Flux">Normalised flux, shape (n_wave).</param>
/// <param name="Norm">The divisor, in the unit of the options, per solar mass formed.</param>
/// <param name="Derivatives">One for each of <see cref="SpectrumDerivatives.Parameters"/>.</param>
public sealed record SpectrumWithDerivatives(double[] Flux, double Norm, IReadOnlyList<SpectrumDerivative> Derivatives);

/// <summary>
/// Derivatives of a rest-frame spectrum with respect to everything that shapes it, for attribution and for fitting.
/// In closed form: dust, slope, metallicities, log U, star-formation rates (the spectrum is linear in the mass of each age bin). The table
/// is linear between nodes; at a node the derivative is that of the segment above it, and beyond the table's ends it is 0.
/// Redshift only moves the edges of the age bins: central differences of the exact age weights, accurate to 1e-7.
/// Computed in double precision. Immutable: one instance serves any number of threads.
/// </summary>
public sealed class SpectrumDerivatives
{
    private const double RedshiftStep = 1e-4;

    private readonly DetailedSpectrum _spectrum;
    private readonly SimulationOptions _options;
    private readonly Instrument _instrument;

    /// <param name="library">Stars and lines.</param>
    /// <param name="options">Grid, content, unit and normalisation; the rest frame only.</param>
    public SpectrumDerivatives(SspLibrary library, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(options);
        if (options.ObservedFrame)
        {
            throw new InputException("Derivatives are computed for the rest frame only; leave out SimulationOptions.ObservedFrame.");
        }
        if (options.Synthesis.StellarVelocityByMass)
        {
            throw new InputException("Derivatives need one velocity dispersion; give it in km/s, or make the options for one galaxy.");
        }
        options.Synthesis.Validate();
        _options = options;
        _instrument = new Instrument(options.Grid, options.Instrument);
        _spectrum = new DetailedSpectrum(library, options.Grid, options.Synthesis);
    }

    /// <summary>
    /// The parameters of the derivatives. Star-formation rate: the rate of the last 100 Myr grows, all older rates shrink by one factor,
    /// and the mass formed stays the same. The derivative with respect to stellar mass is the opposite, since only the difference of the
    /// two shapes a spectrum. The derivatives with respect to the ratios of rates and to redshift also keep the mass formed.
    /// </summary>
    public static IReadOnlyList<string> Parameters { get; } = [.. GalaxyQuantities.All.Where(q => q.ShapesSpectrum).Select(q => q.Name)];

    /// <summary>The spectrum of a galaxy and its derivatives.</summary>
    /// <exception cref="InputException">The spectrum cannot be normalised.</exception>
    public SpectrumWithDerivatives Of(Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        if (galaxy.Continuous is { } history)
        {
            throw new InputException(
                $"Derivatives need a history of seven bins, but the galaxy's is '{history.Description}'; leave out "
                    + "Galaxy.Continuous, or the derivatives."
            );
        }
        var population = PopulationSample.ToPopulation(galaxy, _spectrum.Ages);
        var light = _spectrum.Emitted(population);
        var dust = _spectrum.Dust(population);
        var whole = InUnit(_spectrum.Attenuated(light, dust));
        var (norm, weights) = Median(whole);
        SpectrumDerivative Normalised(string name, double[] lnu)
        {
            var slope = InUnit(lnu);
            var ofNorm = weights.Sum(w => w.Share * slope[w.Pixel]);
            return new SpectrumDerivative(name, [.. slope.Zip(whole, (d, f) => ((d * norm) - (f * ofNorm)) / (norm * norm))], ofNorm);
        }
        return new SpectrumWithDerivatives(
            [.. whole.Select(f => f / norm)],
            norm,
            [
                .. GalaxyQuantities
                    .All.Where(q => q.ShapesSpectrum)
                    .Select(q => Normalised(q.Name, Slope(q, galaxy, population, light, dust))),
            ]
        );
    }

    private double[] Slope(GalaxyQuantity parameter, Galaxy galaxy, CompositeStellarPopulation population, Light light, Attenuation dust) =>
        parameter == GalaxyQuantities.LogZStar ? _spectrum.Attenuated(_spectrum.SlopeInStellarMetallicity(population), dust)
        : parameter == GalaxyQuantities.LogZGas ? _spectrum.Attenuated(_spectrum.SlopeInGas(population, ofIonisation: false), dust)
        : parameter == GalaxyQuantities.LogU ? _spectrum.Attenuated(_spectrum.SlopeInGas(population, ofIonisation: true), dust)
        : parameter == GalaxyQuantities.Dust1 ? _spectrum.Attenuated(light.YoungAlone(), dust.Changed(t => t.InDust1()))
        : parameter == GalaxyQuantities.Dust2 ? _spectrum.Attenuated(light, dust.Changed(t => t.InDust2()))
        : parameter == GalaxyQuantities.DustIndex ? SlopeInDustIndex(population, light, dust)
        : parameter == GalaxyQuantities.Redshift ? SlopeInRedshift(galaxy, population, dust)
        : parameter == GalaxyQuantities.LogSfr ? SlopeInHistory(galaxy, population, dust, 1, bin => bin < 2 ? 1 : 0)
        : parameter == GalaxyQuantities.LogMass ? SlopeInHistory(galaxy, population, dust, -1, bin => bin < 2 ? 1 : 0)
        : SlopeInRatio(Ratio(parameter), galaxy, population, dust);

    // The rates of the bins older than the ratio's younger bin shrink.
    private double[] SlopeInRatio(int ratio, Galaxy galaxy, CompositeStellarPopulation population, Attenuation dust) =>
        SlopeInHistory(galaxy, population, dust, -1, bin => bin > ratio ? 1 : 0);

    private static int Ratio(GalaxyQuantity parameter)
    {
        for (var j = 0; j < GalaxyQuantities.LogSfrRatios.Count; j++)
        {
            if (GalaxyQuantities.LogSfrRatios[j] == parameter)
            {
                return j;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Name, "A spectrum does not depend on it.");
    }

    private double[] SlopeInDustIndex(CompositeStellarPopulation population, Light light, Attenuation dust)
    {
        var slope = _spectrum.Attenuated(light, dust.Changed(t => t.InSlope(population.Dust2)));
        if (_options.Synthesis.BirthCloudIndex is not null)
        {
            return slope;
        }
        var young = _spectrum.Attenuated(light.YoungAlone(), dust.Changed(t => t.InSlopeOfBirthCloud(population.Dust1)));
        return [.. slope.Zip(young, (a, b) => a + b)];
    }

    // The rates of some bins grow by 10^x while the whole stays at one solar mass: dw/dx = ln 10 (their weights - their share of all
    // weights).
    private double[] SlopeInHistory(
        Galaxy galaxy,
        CompositeStellarPopulation population,
        Attenuation dust,
        double sign,
        Func<int, double> grows
    )
    {
        var history = galaxy.History;
        var some = history with { SfrMsunPerYr = [.. history.SfrMsunPerYr.Select((sfr, bin) => sfr * grows(bin))] };
        var share = some.TotalMassFormedMsun / history.TotalMassFormedMsun;
        var weights = share > 0 ? PopulationSample.ToPopulation(galaxy with { History = some }, _spectrum.Ages) : population;
        double[] Change(double[] those, double[] all) => [.. those.Zip(all, (a, b) => sign * Math.Log(10) * share * (a - b))];
        return _spectrum.Attenuated(
            _spectrum.Emitted(
                population with
                {
                    YoungMass = Change(weights.YoungMass, population.YoungMass),
                    OldMass = Change(weights.OldMass, population.OldMass),
                }
            ),
            dust
        );
    }

    private double[] SlopeInRedshift(Galaxy galaxy, CompositeStellarPopulation population, Attenuation dust)
    {
        CompositeStellarPopulation At(double redshift) =>
            PopulationSample.ToPopulation(
                galaxy with
                {
                    History = StarFormationHistory.WithSameRates(galaxy.History, Cosmology.AgeGyr(redshift)),
                },
                _spectrum.Ages
            );
        var low = Math.Max(0, galaxy.Redshift - RedshiftStep);
        var high = galaxy.Redshift + RedshiftStep;
        var before = At(low);
        var after = At(high);
        double[] Change(double[] a, double[] b) => [.. a.Zip(b, (x, y) => (y - x) / (high - low))];
        return _spectrum.Attenuated(
            _spectrum.Emitted(
                population with
                {
                    YoungMass = Change(before.YoungMass, after.YoungMass),
                    OldMass = Change(before.OldMass, after.OldMass),
                }
            ),
            dust
        );
    }

    private double[] InUnit(double[] lnu)
    {
        if (_options.Unit == FluxUnit.PerAngstrom)
        {
            for (var i = 0; i < lnu.Length; i++)
            {
                lnu[i] *= PhysicalConstants.SpeedOfLightAngstromPerSecond / Math.Pow(_options.Grid.WavelengthAngstrom[i], 2);
            }
        }
        _instrument.Disperse(lnu.AsSpan());
        return lnu;
    }

    // The median, and the one or two pixels that determine it. Its derivative follows from those of these pixels.
    private (double Median, (int Pixel, double Share)[] Weights) Median(double[] spectrum)
    {
        var (first, end) = _options.Grid.Range(_options.Normalization.LowAngstrom, _options.Normalization.HighAngstrom);
        var order = Enumerable.Range(first, end - first).OrderBy(i => spectrum[i]).ToArray();
        (int, double)[] middle =
            order.Length % 2 == 1
                ? [(order[order.Length / 2], 1.0)]
                : [(order[(order.Length / 2) - 1], 0.5), (order[order.Length / 2], 0.5)];
        var median = middle.Sum(m => m.Item2 * spectrum[m.Item1]);
        return median > 0 && double.IsFinite(median)
            ? (median, middle)
            : throw new InputException(
                $"The median of the spectrum over {_options.Normalization.LowAngstrom}-{_options.Normalization.HighAngstrom} Å is "
                    + $"{median}, so it cannot be normalised; check the galaxy, the grid or the window."
            );
    }
}
