using Galatent.Files;

namespace Galatent.Spectra;

/// <summary>Spectra that are asked for by row, wherever they are: in memory (<see cref="SpectrumSet"/>) or in a file that is larger than it
/// (<see cref="SpectrumStream"/>).</summary>
public interface ISpectrumSource
{
    /// <summary>The pixels.</summary>
    WavelengthGrid Grid { get; }

    /// <summary>Number of spectra.</summary>
    int Count { get; }

    /// <summary>Known quantities of the spectra; empty for observed ones.</summary>
    IReadOnlyList<ParameterColumn> Parameters { get; }

    /// <summary>Where the spectra come from.</summary>
    SpectrumProvenance Provenance { get; }

    /// <summary>Whether rows come from a disk, so that reading ahead pays.</summary>
    bool IsStreamed { get; }

    /// <summary>Copies some spectra side by side. Several threads may call at once.</summary>
    /// <param name="rows">Which rows, in any order.</param>
    /// <param name="flux">Receives normalised flux, shape (rows.Length, n_wave).</param>
    void Read(ReadOnlySpan<int> rows, Span<float> flux);

    /// <summary>Copies consecutive spectra. Several threads may call at once.</summary>
    /// <param name="first">The first.</param>
    /// <param name="flux">Receives as many as it has room for, shape (n, n_wave).</param>
    void ReadFrom(int first, Span<float> flux);
}
