using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Ssp;

/// <summary>
/// Finds tables that are well formed but wrong: ages or metallicities in another unit, flux per ångström or in erg/s, wavelengths in air
/// or nanometres. Each check uses a fact about stars, with a tolerance that every library meets.
/// </summary>
public static class SspPlausibility
{
    // Balmer lines in vacuum and in air, Å. They are strong in populations of 0.3 to 1 Gyr in every library.
    private static readonly (double Vacuum, double Air)[] Balmer = [(4102.89, 4101.73), (4341.68, 4340.46), (4862.68, 4861.32)];

    /// <summary>Throws with one sentence that says what looks wrong.</summary>
    /// <param name="source">The file's name, for the message.</param>
    /// <param name="table">A table that is well formed (<see cref="SspTable.Validated"/>).</param>
    /// <exception cref="InputException">Something looks wrong.</exception>
    public static void Check(string source, SspTable table)
    {
        Require(
            table.LogAgeYr[0] is > 3 and < 8 && table.LogAgeYr[^1] is > 9 and < 10.6,
            $"'{source}': its ages run from 10^{table.LogAgeYr[0]:F2} to 10^{table.LogAgeYr[^1]:F2} yr, where stars live from 10^5 to "
                + $"10^10 yr; are they in another unit?"
        );
        Require(
            table.LogZ[0] > -4.5 && table.LogZ[^1] < 1.5,
            $"'{source}': its metallicities run from log Z/Zsun = {table.LogZ[0]:F2} to {table.LogZ[^1]:F2}, where stars have -4 to 1; "
                + $"are they absolute, or linear?"
        );
        CheckWavelengthUnit(source, table);
        CheckFluxUnit(source, table);
        CheckMedium(source, table);
    }

    /// <summary>
    /// Whether spectra of the youngest populations already contain emission lines: H alpha is at least 1.5 times as bright as its
    /// continuum. Stars alone change by 2 % there.
    /// Tables whose light includes gas are common (DSPS' default one). Lines added to them would count twice.
    /// </summary>
    public static bool HasEmissionLines(SspTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var wavelength = table.WavelengthAngstrom;
        (int First, int End) Range(double low, double high) =>
            (WavelengthGrid.LowerBound(wavelength, low), WavelengthGrid.LowerBound(wavelength, high));
        var line = Range(6545, 6585);
        var left = Range(6440, 6530);
        var right = Range(6610, 6700);
        if (line.End == line.First || left.End == left.First || right.End == right.First)
        {
            return false;
        }
        var spectrum = table[table.MetallicityCount / 2, Nearest(table.LogAgeYr, 6.3)];
        double Brightest((int First, int End) range, ReadOnlySpan<float> flux) =>
            System.Numerics.Tensors.TensorPrimitives.Max(flux[range.First..range.End]);
        return Brightest(line, spectrum) > 1.5 * Math.Max(Brightest(left, spectrum), Brightest(right, spectrum));
    }

    // In every library and with every initial mass function, a population of 1 Gyr has 10^-15.6 to 10^-14.6 Lsun/Hz per solar mass at 5500
    // Å. Per ångström the number is 1e-4, in erg/s 1e18.
    private static void CheckFluxUnit(string source, SspTable table)
    {
        var pixel = WavelengthGrid.LowerBound(table.WavelengthAngstrom, 5500);
        if (pixel == 0 || pixel == table.WavelengthCount)
        {
            return;
        }
        var log = Math.Log10(table[table.MetallicityCount / 2, Nearest(table.LogAgeYr, 9)][pixel]);
        Require(
            log is > -17 and < -13,
            $"'{source}': a population of 1 Gyr has 10^{log:F1} at 5500 Å, where Lsun/Hz per solar mass formed gives about 10^-15; the "
                + $"flux is in another "
                + $"unit{(log is > -6 and < -2 ? " (per ångström, it seems)" : log is > 15 ? " (erg/s, it seems)" : "")}."
        );
    }

    // The oldest stars shine in the visible and near infrared. At 1000 Å they have less than a thousandth of their largest flux. A table
    // in nanometres would have its largest flux there.
    private static void CheckWavelengthUnit(string source, SspTable table)
    {
        var ultraviolet = WavelengthGrid.LowerBound(table.WavelengthAngstrom, 1000);
        if (ultraviolet == table.WavelengthCount || table.WavelengthAngstrom[ultraviolet] > 1500)
        {
            return;
        }
        var oldest = table[table.MetallicityCount / 2, table.AgeCount - 1];
        var share = oldest[ultraviolet] / System.Numerics.Tensors.TensorPrimitives.Max(oldest);
        Require(
            !(share > 0.3),
            $"'{source}': its oldest population has {share:P0} of its greatest flux at {table.WavelengthAngstrom[ultraviolet]:G5} Å, "
                + "where old stars are dark; are the wavelengths in another unit (nm?) than ångström?"
        );
    }

    private static void CheckMedium(string source, SspTable table)
    {
        var spectrum = table[table.MetallicityCount / 2, Nearest(table.LogAgeYr, 8.7)];
        var nearAir = 0;
        var measured = 0;
        foreach (var (vacuum, air) in Balmer)
        {
            if (Centre(table.WavelengthAngstrom, spectrum, vacuum) is { } centre)
            {
                measured++;
                nearAir += Math.Abs(centre - air) < Math.Abs(centre - vacuum) ? 1 : 0;
            }
        }
        Require(
            measured < 2 || nearAir <= measured / 2,
            $"'{source}': its Balmer lines lie at their air wavelengths ({nearAir} of {measured}), but the table must be in vacuum; "
                + $"convert it (Morton 1991), e.g. 4861.3 to 4862.7 Å."
        );
    }

    // Centroid of the absorption below a straight continuum, ±12 Å; null when the steps are too wide or there is no line.
    private static double? Centre(double[] wavelength, ReadOnlySpan<float> lnu, double line)
    {
        const double reach = 12;
        var first = WavelengthGrid.LowerBound(wavelength, line - reach);
        var end = WavelengthGrid.LowerBound(wavelength, line + reach);
        if (end - first < 8 || end >= wavelength.Length || first == 0)
        {
            return null;
        }
        var x0 = wavelength[first];
        var x1 = wavelength[end - 1];
        var y0 = lnu[first];
        var y1 = lnu[end - 1];
        var sum = 0.0;
        var moment = 0.0;
        for (var i = first; i < end; i++)
        {
            var continuum = y0 + ((y1 - y0) * (wavelength[i] - x0) / (x1 - x0));
            // The square gives weight to the core of the line. The wings contain other lines.
            var depth = Math.Pow(Math.Max(0, 1 - (lnu[i] / continuum)), 2);
            sum += depth;
            moment += depth * wavelength[i];
        }
        return sum > 0.05 ? moment / sum : null;
    }

    private static int Nearest(double[] values, double x) => Enumerable.Range(0, values.Length).MinBy(i => Math.Abs(values[i] - x));

    private static void Require(bool isPlausible, string complaint)
    {
        if (!isPlausible)
        {
            throw new InputException(complaint);
        }
    }
}
