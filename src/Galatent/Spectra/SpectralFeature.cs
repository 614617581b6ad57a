namespace Galatent.Spectra;

/// <summary>What kind of feature it is.</summary>
public enum FeatureKind
{
    /// <summary>A line above the continuum, from ionised gas.</summary>
    Emission,

    /// <summary>A line or band below the continuum, from stellar atmospheres.</summary>
    Absorption,

    /// <summary>A step of the continuum.</summary>
    Break,
}

/// <summary>A named feature: one line, or the components of a multiplet that share a name.</summary>
/// <param name="Name">The field's name, e.g. <c>[O III]</c> or <c>Hα</c>.</param>
/// <param name="Kind">Emission, absorption or break.</param>
/// <param name="WavelengthAngstrom">Centres of its components, Å, vacuum, ascending. For a break: the two ends of the step.</param>
public sealed record SpectralFeature(string Name, FeatureKind Kind, params double[] WavelengthAngstrom)
{
    /// <summary>Mean of the components, Å, vacuum. Labels are placed here.</summary>
    public double CenterAngstrom => WavelengthAngstrom.Average();
}
