namespace Galatent.Surveys;

/// <summary>What the light was in when its wavelengths count.</summary>
public enum SpectralMedium
{
    /// <summary>Vacuum.</summary>
    Vacuum,

    /// <summary>Air at standard conditions: 83 km/s longer in vacuum.</summary>
    Air,
}
