using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Synthesis.Mocks;

/// <summary>Which observations a mock survey copies: one for each mock, found from the seed and the mock's number alone.</summary>
public abstract class MockSurvey : IDisposable
{
    /// <summary>What is copied, for the file, e.g. <c>like observed.h5</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The pixels that the survey comes with; null when any will do.</summary>
    public virtual WavelengthGrid? Grid => null;

    /// <summary>Sentences for the user about what is not copied.</summary>
    public virtual IReadOnlyList<string> Remarks => [];

    /// <summary>Names, units and descriptions of the numbers that every mock takes over (<see cref="MockConditions.Values"/>), without
    /// values.</summary>
    public abstract IReadOnlyList<ParameterColumn> Columns { get; }

    /// <summary>The observation that a mock copies. Several threads may call at once.</summary>
    /// <param name="seed">Root seed.</param>
    /// <param name="mock">Number of the mock in the whole set.</param>
    public abstract MockConditions Conditions(ulong seed, int mock);

    /// <summary>Noise and bad pixels of that observation. Several threads may call at once.</summary>
    /// <param name="seed">Root seed.</param>
    /// <param name="mock">Number of the mock in the whole set.</param>
    /// <param name="conditions">Its conditions.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="inverseVariance">Receives 1/sigma² for a normalised flux, 0 in bad pixels, shape (n_wave).</param>
    /// <param name="mask">Receives why a pixel is bad, 0 for good ones, shape (n_wave).</param>
    public abstract void Pixels(
        ulong seed,
        int mock,
        MockConditions conditions,
        WavelengthGrid grid,
        Span<float> inverseVariance,
        Span<byte> mask
    );

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing) { }
}
