using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>Spectra on one grid: a flat block of float32, row after row, and the known quantities of each row.</summary>
public sealed class SpectrumSet : ISpectrumSource
{
    /// <summary>Wraps a flux block without copying it.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="flux">Shape (n, grid.Count), row-major; normalised flux, dimensionless.</param>
    /// <param name="norm">Shape (n): what each spectrum was divided by, in the unit of <see cref="SpectrumProvenance.FluxUnit"/>.</param>
    /// <param name="parameters">Known quantities, n values each; may be empty.</param>
    /// <param name="provenance">Where the spectra come from.</param>
    public SpectrumSet(
        WavelengthGrid grid,
        float[] flux,
        double[] norm,
        IReadOnlyList<ParameterColumn> parameters,
        SpectrumProvenance provenance
    )
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(flux);
        ArgumentNullException.ThrowIfNull(norm);
        ArgumentNullException.ThrowIfNull(parameters);
        if (flux.LongLength != (long)norm.Length * grid.Count || parameters.Any(p => p.Values.Length != norm.Length))
        {
            throw new ArgumentException(
                $"Shapes disagree: {flux.LongLength} fluxes, {norm.Length} spectra of {grid.Count} pixels, parameters "
                    + $"{string.Join(", ", parameters.Select(p => $"{p.Name}[{p.Values.Length}]"))}.",
                nameof(flux)
            );
        }
        (Grid, Flux, Norm, Parameters, Provenance) = (grid, flux, norm, parameters, provenance);
    }

    /// <summary>The pixels.</summary>
    public WavelengthGrid Grid { get; }

    /// <summary>Normalised flux, shape (n, n_wave), row-major.</summary>
    public float[] Flux { get; }

    /// <summary>What each spectrum was divided by, shape (n).</summary>
    public double[] Norm { get; }

    /// <summary>Known quantities of the spectra; empty for observed ones.</summary>
    public IReadOnlyList<ParameterColumn> Parameters { get; }

    /// <summary>Where the spectra come from.</summary>
    public SpectrumProvenance Provenance { get; }

    /// <summary>Number of spectra.</summary>
    public int Count => Norm.Length;

    /// <inheritdoc/>
    public bool IsStreamed => false;

    /// <summary>Spectrum <paramref name="i"/>, shape (n_wave).</summary>
    public ReadOnlySpan<float> this[int i] => Flux.AsSpan(i * Grid.Count, Grid.Count);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rows, Span<float> flux)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            this[rows[i]].CopyTo(flux[(i * Grid.Count)..]);
        }
    }

    /// <inheritdoc/>
    public void ReadFrom(int first, Span<float> flux) => Flux.AsSpan(first * Grid.Count, flux.Length).CopyTo(flux);

    /// <summary>The column with this name.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public ParameterColumn Parameter(string name) =>
        Parameters.FirstOrDefault(p => p.Name == name)
        ?? throw new InputException(
            $"The spectra have no parameter '{name}'; they have {string.Join(", ", Parameters.Select(p => p.Name))}."
        );
}
