using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>Makes a spectrum from columns whose roles are known: units, logarithms, noise, mask, padding.</summary>
internal static class TableSpectrum
{
    // A wavelength between 316 and 100,000 Å as a logarithm.
    private const double LeastLog = 2.5;
    private const double MostLog = 5;

    /// <summary>Makes a spectrum.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="roles">Which column is what.</param>
    /// <param name="numbers">The numbers of a column.</param>
    /// <param name="unit">The unit that the file states for a column; empty for none.</param>
    /// <exception cref="InputException">Columns have different lengths, or a unit is no length.</exception>
    public static ObservedSpectrum Of(string path, ColumnRoles roles, Func<string, double[]> numbers, Func<string, string> unit)
    {
        string UnitOf(string role, string column) => roles.Units.GetValueOrDefault(role, unit(column)).Trim();
        var wavelength = numbers(roles.Wavelength);
        var count = UnpaddedCount(wavelength);
        double[] Part(string column)
        {
            var all = numbers(column);
            return all.Length == wavelength.Length
                ? all[..count]
                : throw new InputException(
                    $"'{path}': {column} has {all.Length} values for {wavelength.Length} wavelengths in {roles.Wavelength}; name other "
                        + $"columns."
                );
        }
        var spectrum = new ObservedSpectrum { Medium = SpectralMedium.Air };
        spectrum.WavelengthAngstrom = InAngstrom(
            spectrum,
            path,
            roles.Wavelength,
            UnitOf("wavelength", roles.Wavelength),
            wavelength[..count]
        );
        spectrum.Flux = Part(roles.Flux);
        SetScale(spectrum, path, roles.Flux, UnitOf("flux", roles.Flux));
        if (roles.Noise is null)
        {
            EstimateNoise(spectrum, path);
        }
        else
        {
            var noise = Part(roles.Noise);
            spectrum.InverseVariance = roles.NoiseIs switch
            {
                NoiseKind.Error => FitsFields.InverseSquares(noise),
                NoiseKind.Variance => FitsFields.Inverses(noise),
                _ => noise,
            };
            SetNoiseUnit(spectrum, path, roles, UnitOf(roles.NoiseIs.ToString().ToLowerInvariant(), roles.Noise));
        }
        if (roles.Mask is { } mask)
        {
            spectrum.IsBad = Array.ConvertAll(Part(mask), m => m != 0);
        }
        return spectrum;
    }

    /// <summary>Errors for a spectrum that comes without, and the remark about it.</summary>
    public static void EstimateNoise(ObservedSpectrum spectrum, string path)
    {
        spectrum.InverseVariance = NoiseEstimate.InverseVariance(spectrum.Flux);
        spectrum.Remarks.Add($"'{path}' has no errors; they are estimated from the scatter of neighbouring pixels.");
    }

    /// <summary>States what is assumed where nothing says whether wavelengths count in air.</summary>
    public static void AssumeAir(ObservedSpectrum spectrum, string path, SurveyOptions options)
    {
        if (options.Medium is null)
        {
            spectrum.Medium = SpectralMedium.Air;
            spectrum.Remarks.Add(
                $"'{path}' does not say whether its wavelengths count in air or vacuum; air is assumed (wrong by 83 km/s otherwise; set "
                    + $"SurveyOptions.Medium)."
            );
        }
    }

    /// <summary>The unit of the flux, or the remark that it is not known.</summary>
    public static void SetScale(ObservedSpectrum spectrum, string path, string column, string unit)
    {
        if (SpectralUnit.Flux(unit) is { } scale && unit.Length > 0)
        {
            spectrum.Scale = scale;
            return;
        }
        spectrum.Scale = FluxScale.Relative;
        spectrum.Remarks.Add(
            unit.Length == 0
                ? $"'{path}' states no unit of {column}; it is taken as a relative flux per wavelength."
                : $"'{path}': the unit of {column} is '{unit}', which is not known; it is taken as a relative flux per wavelength."
        );
    }

    // Errors in another unit than the flux would be wrong weights. Of variances the unit is a square, which is not parsed.
    private static void SetNoiseUnit(ObservedSpectrum spectrum, string path, ColumnRoles roles, string unit)
    {
        if (roles.NoiseIs != NoiseKind.Error)
        {
            if (roles.Units.ContainsKey(roles.NoiseIs.ToString().ToLowerInvariant()))
            {
                throw new InputException(
                    $"'{path}': a unit is stated for {roles.Noise}, which is not converted; leave it out, and give numbers in the unit of "
                        + "the flux."
                );
            }
            return;
        }
        if (
            SpectralUnit.Flux(unit) is { } own
            && spectrum.Scale.IsAbsolute
            && own.IsPerHertz == spectrum.Scale.IsPerHertz
            && Math.Abs((own.Factor / spectrum.Scale.Factor) - 1) > 1e-6
        )
        {
            var ratio = own.Factor / spectrum.Scale.Factor;
            spectrum.InverseVariance = Array.ConvertAll(spectrum.InverseVariance, v => v / (ratio * ratio));
            spectrum.Remarks.Add($"'{path}': {roles.Noise} has the unit '{unit}', and was converted to that of {roles.Flux}.");
        }
    }

    private static double[] InAngstrom(ObservedSpectrum spectrum, string path, string column, string unit, double[] values)
    {
        var name = column.Trim().ToLowerInvariant();
        var isNamedLog = name.StartsWith("log", StringComparison.Ordinal) || unit.StartsWith("log", StringComparison.OrdinalIgnoreCase);
        var isLog = isNamedLog || (unit.Length == 0 && values.Length > 0 && Array.TrueForAll(values, v => v is > LeastLog and < MostLog));
        if (isLog)
        {
            if (!isNamedLog)
            {
                spectrum.Remarks.Add($"'{path}': {column} lies between 2.5 and 5 and has no unit; it is taken as log10 of ångström.");
            }
            return Array.ConvertAll(values, v => Math.Pow(10, v));
        }
        if (unit.Length == 0)
        {
            spectrum.Remarks.Add($"'{path}' states no unit of {column}; it is taken as ångström.");
            return values;
        }
        var factor = SpectralUnit.Length(unit)
            ?? throw new InputException($"'{path}': the unit of {column} is '{unit}', which is no length; write them in ångström.");
        return factor == 1 ? values : Array.ConvertAll(values, v => v * factor);
    }

    // Arrays of equal length are filled up with 0, -1 or NaN behind the last pixel.
    private static int UnpaddedCount(double[] wavelength)
    {
        var count = wavelength.Length;
        while (count > 0 && (wavelength[count - 1] is 0 or -1 || double.IsNaN(wavelength[count - 1])))
        {
            count--;
        }
        return count;
    }
}
