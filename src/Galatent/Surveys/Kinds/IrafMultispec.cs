using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// IRAF's multispec wavelengths (CTYPE MULTISPE; NOAO, specwcs): WAT2_nnn joined hold, for each row, <c>specN = "ap beam dtype w1 dw nw z
/// aplow aphigh functions"</c>. dtype 0: (w1 + dw (p - 1)) / (1 + z); 1: ten to that power; 2: a sum of weighted Chebyshev or Legendre
/// polynomials. Physical pixels are p = (l - LTV1) / LTM1_1.
/// </summary>
internal sealed partial class IrafMultispec
{
    // Cards hold 68 characters; blanks at their end count and are trimmed on reading.
    private const int PieceLength = 68;
    private const int Chebyshev = 1;
    private const int Legendre = 2;

    private readonly string _path;
    private readonly Dictionary<int, double[]> _rows = [];
    private readonly double _shift;
    private readonly double _scale;
    private readonly double _toAngstrom;

    private IrafMultispec(string path, double shift, double scale, double toAngstrom) =>
        (_path, _shift, _scale, _toAngstrom) = (path, shift, scale, toAngstrom);

    /// <summary>Whether a header has such wavelengths.</summary>
    public static bool Is(FitsHeader header) =>
        header.Text("CTYPE1").Trim().StartsWith("MULTISPE", StringComparison.OrdinalIgnoreCase)
        || header.Text("WAT0_001").Contains("system=multispec", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the header.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static IrafMultispec Of(string path, FitsHeader header)
    {
        var text = new StringBuilder();
        for (var n = 1; header.Has(FormattableString.Invariant($"WAT2_{n:000}")); n++)
        {
            text.Append(header.Text(FormattableString.Invariant($"WAT2_{n:000}")).PadRight(PieceLength));
        }
        var unit = Units().Match(header.Text("WAT1_001")) is { Success: true } found ? found.Groups[1].Value : "angstroms";
        var result = new IrafMultispec(
            path,
            header.First("LTV1") is var shift && double.IsFinite(shift) ? shift : 0,
            header.First("LTM1_1") is var scale && double.IsFinite(scale) && scale != 0 ? scale : 1,
            SpectralUnit.Length(unit.Trim('"')) ?? throw new InputException($"'{path}': units={unit} of WAT1_001 is no length.")
        );
        foreach (Match row in Rows().Matches(text.ToString()))
        {
            result._rows[int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture)] = Numbers(path, row.Groups[2].Value);
        }
        return result._rows.Count > 0
            ? result
            : throw new InputException($"'{path}': WAT2_001 holds no wavelengths; the header is damaged.");
    }

    /// <summary>Wavelengths of a row, Å.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="pixels">Pixels.</param>
    /// <exception cref="InputException">The header has none for this row, or in a form that is not read.</exception>
    public double[] Wavelengths(int row, int pixels)
    {
        if (!_rows.TryGetValue(row + 1, out var n) || n.Length < 7)
        {
            throw new InputException($"'{_path}': WAT2 gives no wavelengths for row {row}; the header is damaged.");
        }
        var type = n[2];
        var stretch = 1 + n[6];
        var values = new double[pixels];
        for (var i = 0; i < pixels; i++)
        {
            var physical = (i + 1 - _shift) / _scale;
            values[i] =
                _toAngstrom
                * (
                    type switch
                    {
                        0 => n[3] + (n[4] * (physical - 1)),
                        1 => Math.Pow(10, n[3] + (n[4] * (physical - 1))),
                        2 => Polynomials(n, physical),
                        _ => throw new InputException(
                            $"'{_path}': row {row} has no wavelengths (type {type} of WAT2); calibrate it first."
                        ),
                    }
                )
                / stretch;
        }
        return values;
    }

    private double Polynomials(double[] n, double p)
    {
        var sum = 0.0;
        for (var at = 9; at < n.Length; )
        {
            var weight = n[at];
            var offset = n[at + 1];
            var function = n[at + 2];
            if (function is not (Chebyshev or Legendre))
            {
                throw new InputException(
                    $"'{_path}': WAT2 has wavelengths as a function of type {function} (splines and pixel arrays are not "
                        + $"read); resample the "
                        + $"spectrum linearly first (dispcor)."
                );
            }
            var order = (int)n[at + 3];
            if (order < 1 || order > 100 || at + 6 + order > n.Length)
            {
                throw new InputException($"'{_path}': WAT2 has a polynomial of {order} coefficients; the header is damaged.");
            }
            var x = (p - (0.5 * (n[at + 5] + n[at + 4]))) / (0.5 * (n[at + 5] - n[at + 4]));
            sum += weight * (offset + Series(n.AsSpan(at + 6, order), x, function == Legendre));
            at += 6 + order;
        }
        return sum;
    }

    // T_k = 2 x T_(k-1) - T_(k-2), or k P_k = (2k - 1) x P_(k-1) - (k - 1) P_(k-2).
    private static double Series(ReadOnlySpan<double> coefficients, double x, bool isLegendre)
    {
        var sum = 0.0;
        var before = 0.0;
        var here = 1.0;
        for (var k = 0; k < coefficients.Length; k++)
        {
            sum += coefficients[k] * here;
            var next =
                k == 0 ? x
                : isLegendre ? (((2 * k) + 1) * x * here - (k * before)) / (k + 1)
                : (2 * x * here) - before;
            (before, here) = (here, next);
        }
        return sum;
    }

    private static double[] Numbers(string path, string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!double.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new InputException($"'{path}': WAT2 holds '{fields[i]}' where a number is due; the header is damaged.");
            }
        }
        return numbers;
    }

    [GeneratedRegex("spec(\\d{1,6})\\s*=\\s*\"([^\"]*)\"")]
    private static partial Regex Rows();

    [GeneratedRegex(@"units=(\S+)")]
    private static partial Regex Units();
}
