using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>Which spectra train the network and which validate it. It depends on count, fraction and seed only, so every stage gets the
/// same rows.</summary>
/// <param name="Training">Row numbers, in random order.</param>
/// <param name="Validation">Row numbers, in random order. In the study these rows also decide when to stop, and they are its test
/// set.</param>
public sealed record DataSplit(int[] Training, int[] Validation)
{
    /// <summary>The study's share of validation spectra.</summary>
    public const double StudyValidationFraction = 0.2;

    /// <summary>Splits 0..count-1 at random.</summary>
    /// <param name="count">Number of spectra, at least 2.</param>
    /// <param name="validationFraction">Share of the validation set in (0, 1).</param>
    /// <param name="seed">Root seed. The random stream is named "split".</param>
    /// <exception cref="InputException">Fewer than 2 spectra, or a fraction outside (0, 1).</exception>
    public static DataSplit Random(int count, double validationFraction, ulong seed)
    {
        if (count < 2)
        {
            throw new InputException($"{count} spectra cannot be divided; give at least 2, one for training and one for validation.");
        }
        if (!(validationFraction is > 0 and < 1))
        {
            throw new InputException($"The validation fraction must lie between 0 and 1, not {validationFraction}.");
        }
        var rows = Enumerable.Range(0, count).ToArray();
        var stream = new RandomStream(seed, "split");
        stream.Shuffle(rows.AsSpan());
        var validation = Math.Clamp((int)Math.Round(count * validationFraction), 1, count - 1);
        return new DataSplit(rows[..^validation], rows[^validation..]);
    }
}
