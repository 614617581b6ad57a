using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Mocks;
using Galatent.Synthesis.Observing;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>What to simulate besides the galaxies themselves.</summary>
/// <param name="Grid">The pixels; the study's by default.</param>
/// <param name="Synthesis">What the spectra contain.</param>
/// <param name="Normalization">The window whose median becomes 1.</param>
/// <param name="Threads">Number of threads. The result does not depend on it.</param>
/// <param name="Unit">Whether flux is per hertz or per ångström.</param>
/// <param name="Shard">Which part of the spectra to write; null for all. The merged parts equal the file of the whole. With a magnitude
/// limit, each part must also select the galaxies before its own.</param>
public sealed record SimulationOptions(
    WavelengthGrid Grid,
    SynthesisOptions Synthesis,
    MedianNormalization Normalization,
    int Threads,
    FluxUnit Unit = FluxUnit.PerHertz,
    ShardRange? Shard = null
)
{
    /// <summary>Whether grid and spectra are in the observed frame: redshifted, and dimmed by the intergalactic medium (Madau
    /// 1995).</summary>
    public bool ObservedFrame { get; init; }

    /// <summary>Resolution and noise of an instrument; none by default.</summary>
    public InstrumentOptions Instrument { get; init; } = new();

    /// <summary>The survey whose observations are copied; null for spectra without a survey. It replaces
    /// <see cref="Instrument"/>.</summary>
    public MockSurvey? Like { get; init; }

    /// <summary>The study's choices.</summary>
    public static SimulationOptions Study(int threads) =>
        new(WavelengthGrid.Study, new SynthesisOptions(), MedianNormalization.Study, threads);

    /// <summary>The options for one galaxy: if the dispersion follows mass, it becomes the relation's value for this galaxy, without
    /// scatter.</summary>
    public SimulationOptions For(Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        return Synthesis.StellarVelocityByMass
            ? this with
            {
                Synthesis = Synthesis with
                {
                    StellarVelocityByMass = false,
                    StellarVelocityKmPerS = VelocityDispersionRelation.Median(galaxy.LogMass),
                },
            }
            : this;
    }

    /// <summary>The unit of a spectrum before normalisation.</summary>
    public string UnitName =>
        (Unit == FluxUnit.PerHertz ? "Lsun/Hz" : "Lsun/angstrom") + (ObservedFrame ? ", observed frame," : "") + " per solar mass formed";

    /// <summary>Converts L_nu, Lsun/Hz, to the unit of the options, in place: L_lambda = L_nu c/lambda^2.</summary>
    internal void Convert(Span<float> lnu)
    {
        if (Unit == FluxUnit.PerHertz)
        {
            return;
        }
        for (var i = 0; i < lnu.Length; i++)
        {
            var w = Grid.WavelengthAngstrom[i];
            lnu[i] = (float)(lnu[i] * PhysicalConstants.SpeedOfLightAngstromPerSecond / (w * w));
        }
    }

    /// <summary>The median of the normalisation window.</summary>
    /// <exception cref="InputException">The median is not positive and finite, so the spectrum cannot be divided by it.</exception>
    internal float Median(ReadOnlySpan<float> spectrum, string galaxy)
    {
        var median = Normalization.Median(Grid, spectrum);
        return median > 0 && float.IsFinite(median)
            ? median
            : throw new InputException(
                $"{galaxy}: the median of its spectrum over {Normalization.LowAngstrom}-{Normalization.HighAngstrom} Å is {median}, so "
                    + "it cannot be normalised; "
                    + (
                        ObservedFrame
                            ? "light from below the Lyman limit does not reach us, so choose a lower PopulationOptions.MaxRedshift "
                                + "or a window at longer wavelengths "
                                + "(SimulationOptions.Normalization)."
                            : "check its parameters, the grid or the window."
                    )
            );
    }
}
