using Galatent.Files;

namespace Galatent.Spectra;

/// <summary>Spectra that are read by row, from memory (<see cref="SpectrumSet"/>) or from a file larger than memory
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

    /// <summary>Whether the rows come from a disk. Then reading ahead saves time.</summary>
    bool IsStreamed { get; }

    /// <summary>Copies the given rows one after the other. Several threads may call at once.</summary>
    /// <param name="rows">Which rows, in any order.</param>
    /// <param name="flux">Receives normalised flux, shape (rows.Length, n_wave).</param>
    void Read(ReadOnlySpan<int> rows, Span<float> flux);

    /// <summary>Copies consecutive spectra. Several threads may call at once.</summary>
    /// <param name="first">Row number of the first spectrum.</param>
    /// <param name="flux">Receives as many as it has room for, shape (n, n_wave).</param>
    void ReadFrom(int first, Span<float> flux);
}
