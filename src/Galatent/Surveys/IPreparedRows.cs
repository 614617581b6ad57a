namespace Galatent.Surveys;

/// <summary>The pixels of prepared spectra, on disk: in the scratch file of an import, or in its parts.</summary>
internal interface IPreparedRows
{
    /// <summary>Reads spectra.</summary>
    /// <param name="places">Their places.</param>
    /// <returns>Flux, inverse variance and mask, each of shape (spectra, pixels).</returns>
    (float[] Flux, float[] InverseVariance, byte[] Mask) Read(ReadOnlySpan<long> places);
}
