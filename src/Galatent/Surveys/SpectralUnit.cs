using System.Globalization;

namespace Galatent.Surveys;

/// <summary>Units of wavelength and flux as files spell them: <c>10**(-19) erg s**(-1) cm**(-2) angstrom**(-1)</c>,
/// <c>1E-17 erg/cm^2/s/Ang</c>, <c>mJy</c>. Powers stand after <c>**</c>, <c>^</c> or nothing; a slash divides by what follows up to the
/// next blank, star or slash. <c>A</c> is ångström.</summary>
internal static class SpectralUnit
{
    // Beyond these, squares of numbers would leave the range of a double.
    private const double Least = 1e-60;
    private const double Most = 1e60;

    private static readonly Dictionary<string, Quantity> Names = MakeNames();

    /// <summary>What numbers in a unit of wavelength are multiplied by to become Å; null for anything but a length.</summary>
    public static double? Length(string text) => Parse(text) is { Mass: 0, Length: 1, Time: 0 } length ? length.Factor * 1e8 : null;

    /// <summary>What a unit of flux means; null for anything but a flux per wavelength or frequency.</summary>
    public static FluxScale? Flux(string text) =>
        Parse(text) switch
        {
            { Mass: 1, Length: -1, Time: -3 } perLength => new FluxScale(perLength.Factor * 1e-8, false, true),
            { Mass: 1, Length: 0, Time: -2 } perHertz => new FluxScale(perHertz.Factor, true, true),
            _ => null,
        };

    private static Quantity? Parse(string text)
    {
        var parser = new Parser(text.Replace("**", "^", StringComparison.Ordinal));
        return parser.Product() is { } value && parser.IsAtEnd && value.Factor is > Least and < Most ? value : null;
    }

    private static Dictionary<string, Quantity> MakeNames()
    {
        var erg = new Quantity(1, 1, 2, -2);
        var watt = new Quantity(1e7, 1, 2, -3);
        var jansky = new Quantity(1e-23, 1, 0, -2);
        var centimetre = new Quantity(1, 0, 1, 0);
        var second = new Quantity(1, 0, 0, 1);
        var hertz = new Quantity(1, 0, 0, -1);
        var names = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        void Add(Quantity unit, params ReadOnlySpan<string> spellings)
        {
            foreach (var spelling in spellings)
            {
                names[spelling] = unit;
            }
        }
        Add(erg, "erg", "ergs", "Erg", "ERG");
        Add(watt, "W", "watt", "Watt");
        Add(erg with { Factor = 1e7 }, "J", "joule");
        Add(jansky, "Jy", "jy", "JY", "Jansky");
        Add(jansky.Times(1e-3), "mJy", "MJY");
        Add(jansky.Times(1e-6), "uJy", "µJy", "μJy", "muJy");
        Add(jansky.Times(1e-9), "nJy");
        Add(jansky.Times(1e6), "MJy");
        Add(second, "s", "sec", "second", "seconds");
        Add(hertz, "Hz", "hz", "HZ");
        Add(hertz.Times(1e9), "GHz");
        Add(centimetre, "cm");
        Add(centimetre.Times(100), "m", "meter", "metre", "meters", "metres");
        Add(centimetre.Times(0.1), "mm");
        Add(
            centimetre.Times(1e-8),
            ["A", "Å", "Å", "AA", "Ang", "ang", "ANG", "Angstrom", "angstrom", "ANGSTROM", "Angstroms", "angstroms", "ANGSTROMS", "Angs"]
        );
        Add(centimetre.Times(1e-7), "nm", "nanometer", "nanometers", "nanometre", "nanometres", "NM");
        Add(centimetre.Times(1e-4), "um", "µm", "μm", "micron", "microns", "Micron", "Microns", "MICRON", "micrometer", "micrometers");
        return names;
    }

    /// <summary>A factor in cgs units and the powers of gram, centimetre and second.</summary>
    private readonly record struct Quantity(double Factor, int Mass, int Length, int Time)
    {
        public static Quantity One => new(1, 0, 0, 0);

        public Quantity Times(double factor) => this with { Factor = Factor * factor };

        public Quantity Times(Quantity other, int sign) =>
            new(
                Factor * Math.Pow(other.Factor, sign),
                Mass + (sign * other.Mass),
                Length + (sign * other.Length),
                Time + (sign * other.Time)
            );

        public Quantity Power(int power) => new(Math.Pow(Factor, power), Mass * power, Length * power, Time * power);
    }

    private struct Parser(string text)
    {
        private int _at;
        private int _depth;

        public bool IsAtEnd
        {
            get
            {
                SkipBlanks();
                return _at == text.Length;
            }
        }

        public Quantity? Product()
        {
            // Parentheses in parentheses without end are no unit.
            if (++_depth > 20)
            {
                return null;
            }
            var product = Quantity.One;
            while (!IsAtEnd && text[_at] != ')')
            {
                var sign = text[_at] == '/' ? -1 : 1;
                if (text[_at] is '/' or '*' or '.' or '·')
                {
                    _at++;
                    SkipBlanks();
                }
                if (Factor() is not { } factor)
                {
                    return null;
                }
                product = product.Times(factor, sign);
            }
            _depth--;
            return product;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
        }

        private Quantity? Factor()
        {
            if (_at == text.Length)
            {
                return null;
            }
            Quantity unit;
            if (text[_at] == '(')
            {
                _at++;
                if (Product() is not { } inner || _at == text.Length || text[_at++] != ')')
                {
                    return null;
                }
                unit = inner;
            }
            else if (char.IsAsciiDigit(text[_at]))
            {
                if (Number() is not { } number)
                {
                    return null;
                }
                unit = Quantity.One.Times(number);
            }
            else
            {
                var start = _at;
                while (_at < text.Length && char.IsLetter(text[_at]))
                {
                    _at++;
                }
                if (!Names.TryGetValue(text[start.._at], out unit))
                {
                    return null;
                }
            }
            return Power() is { } power ? unit.Power(power) : null;
        }

        // Digits, a point, and an exponent: 1.0E-17. The form 10-17 is a power of ten and handled as such.
        private double? Number()
        {
            var start = _at;
            while (
                _at < text.Length
                && (
                    char.IsAsciiDigit(text[_at])
                    || text[_at] == '.'
                    || (
                        text[_at] is 'e' or 'E'
                        && _at + 1 < text.Length
                        && (char.IsAsciiDigit(text[_at + 1]) || text[_at + 1] is '-' or '+')
                    )
                    || (text[_at] is '-' or '+' && text[_at - 1] is 'e' or 'E' && text[_at] is '-' or '+')
                )
            )
            {
                _at++;
            }
            return double.TryParse(text[start.._at], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0
                ? value
                : null;
        }

        // Nothing, ^2, ^(-2), -2 or 2.
        private int? Power()
        {
            var isWritten = _at < text.Length && text[_at] == '^';
            var at = isWritten ? _at + 1 : _at;
            var isInside = at < text.Length && text[at] == '(' && isWritten;
            at += isInside ? 1 : 0;
            var start = at;
            at += at < text.Length && text[at] is '-' or '+' ? 1 : 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
            if (!int.TryParse(text[start..at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power))
            {
                return isWritten ? null : 1;
            }
            if (isInside && (at == text.Length || text[at++] != ')'))
            {
                return null;
            }
            _at = at;
            return Math.Abs(power) <= 40 ? power : null;
        }
    }
}
