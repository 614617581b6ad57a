using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Observing;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>What to simulate besides the galaxies themselves.</summary>
/// <param name="Grid">The pixels; the study's by default.</param>
/// <param name="Synthesis">What the spectra contain.</param>
/// <param name="Normalization">The window whose median becomes 1.</param>
/// <param name="Threads">Cores to use; the result does not depend on it.</param>
/// <param name="Unit">What flux is counted per.</param>
/// <param name="Shard">Which part of the spectra to write, null for all; the parts, merged, are the file of the whole. Parts of a
/// population with a magnitude limit each select the galaxies before their own too.</param>
public sealed record SimulationOptions(
    WavelengthGrid Grid,
    SynthesisOptions Synthesis,
    MedianNormalization Normalization,
    int Threads,
    FluxUnit Unit = FluxUnit.PerHertz,
    ShardRange? Shard = null
)
{
    /// <summary>Whether the grid and the spectra are as observed: redshifted, and dimmed by the intergalactic medium (Madau
    /// 1995).</summary>
    public bool ObservedFrame { get; init; }

    /// <summary>Resolution and noise of an instrument; none by default.</summary>
    public InstrumentOptions Instrument { get; init; } = new();

    /// <summary>The study's choices.</summary>
    public static SimulationOptions Study(int threads) =>
        new(WavelengthGrid.Study, new SynthesisOptions(), MedianNormalization.Study, threads);

    /// <summary>The options for a galaxy of its own: a dispersion by mass becomes the relation's, without scatter.</summary>
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

    /// <summary>Brings L_nu, Lsun/Hz, into the unit, in place: L_lambda = L_nu c/lambda^2.</summary>
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
    /// <exception cref="InputException">It is not positive and finite, so that nothing can be divided by it.</exception>
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
