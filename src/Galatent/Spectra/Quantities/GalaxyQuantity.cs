namespace Galatent.Spectra.Quantities;

/// <summary>One quantity of a galaxy, as files, figures, tables and messages call it.</summary>
/// <param name="Name">Name in files, e.g. <c>log_mass</c>.</param>
/// <param name="Unit">Unit, e.g. <c>log10(Msun)</c>; empty when dimensionless.</param>
/// <param name="Description">One line for readers of a file.</param>
public sealed record GalaxyQuantity(string Name, string Unit, string Description)
{
    /// <summary>A short symbol for axes and tables, e.g. <c>D₁</c>. The name is the default.</summary>
    public string Symbol { get; init; } = Name;

    /// <summary>A few words for sentences, e.g. "stellar mass".</summary>
    public string Words { get; init; } = Name;

    /// <summary>Short names that are easy to type, the usual one first, e.g. <c>logM</c>; empty when the quantity cannot be typed as an
    /// option.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Names of the same quantity in the files of other programs.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>The values for which the model has a meaning, both ends included.</summary>
    public (double Low, double High) Range { get; init; } = (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether the study compares this quantity with the latent dimensions (its table 1).</summary>
    public bool IsCompared { get; init; }

    /// <summary>Whether the shape of a rest-frame spectrum depends on this quantity.</summary>
    public bool ShapesSpectrum { get; init; }

    /// <summary>Whether every simulated file has this quantity. The others are stored only when the options or the galaxies need
    /// them.</summary>
    public bool IsAlwaysStored { get; init; } = true;

    /// <summary>Whether a value lies in <see cref="Range"/>; NaN does not.</summary>
    public bool IsInRange(double value) => value >= Range.Low && value <= Range.High;

    /// <summary>Whether a name means this quantity: its own name, or (in any case) a short name or another program's name.</summary>
    public bool IsCalled(string name) => name == Name || ShortNames.Concat(OtherNames).Contains(name, StringComparer.OrdinalIgnoreCase);
}
