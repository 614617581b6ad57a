namespace Galatent.Spectra.Lines;

/// <summary>A measured number.</summary>
/// <param name="Value">The value; NaN where it is not defined (continuum or blue band not positive, or not covered by the pixels).</param>
/// <param name="StandardError">Its standard error from the variances of the pixels; 0 when none were given.</param>
public readonly record struct Measured(double Value, double StandardError)
{
    /// <summary>Not defined.</summary>
    public static Measured None { get; } = new(double.NaN, double.NaN);

    /// <summary>Whether there is a value.</summary>
    public bool IsDefined => double.IsFinite(Value);
}
