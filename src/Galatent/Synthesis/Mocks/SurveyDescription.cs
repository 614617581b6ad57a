namespace Galatent.Synthesis.Mocks;

/// <summary>What a spectroscopic survey is like, for mock surveys without a file of it.</summary>
public sealed record SurveyDescription
{
    /// <summary>Name in options, e.g. <c>sdss</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which sample it is, in words.</summary>
    public required string Words { get; init; }

    /// <summary>Observed wavelengths, Å, vacuum.</summary>
    public required (double LowAngstrom, double HighAngstrom) Coverage { get; init; }

    /// <summary>Redshifts, ascending, and the density of galaxies there in any unit; linear between, none outside.</summary>
    public required (double Redshift, double Density)[] Redshifts { get; init; }

    /// <summary>Magnitude limit of the sample, AB, of the whole galaxy near rest 5250 Å. Brighter galaxies are rarer by 10^(0.6 mag), as
    /// in Euclidean space.</summary>
    public required double MagnitudeLimit { get; init; }

    /// <summary>By how much the light in a fibre is fainter than the galaxy, mag.</summary>
    public required double FibreLossMag { get; init; }

    /// <summary>Noise of one observed ångström at wavelengths, Å, ascending: variance (10^-17 erg/s/cm²/Å)² = Sky + Source × flux
    /// density in 10^-17 erg/s/cm²/Å.</summary>
    public required (double Angstrom, double Sky, double Source)[] Noise { get; init; }

    /// <summary>Full width at half maximum of the line-spread function, Å, at observed wavelengths, Å, ascending.</summary>
    public required (double Angstrom, double FullWidthAngstrom)[] Resolution { get; init; }

    /// <summary>Width of a pixel at an observed wavelength, both in Å.</summary>
    public required Func<double, double> PixelAngstrom { get; init; }
}
