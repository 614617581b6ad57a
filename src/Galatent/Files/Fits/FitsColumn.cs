using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>A column of a table (FITS standard 4.0, sections 7.2 and 7.3).</summary>
internal sealed class FitsColumn
{
    /// <summary>Number of the column, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>TTYPE; empty where there is none.</summary>
    public required string Name { get; init; }

    /// <summary>Type of the elements: one of L X B I J K A E D C M; of the elements in the heap for a variable-length column.</summary>
    public required char Type { get; init; }

    /// <summary>Elements in a row; 1 for a variable-length column, which holds one array.</summary>
    public required int Repeat { get; init; }

    /// <summary>First byte in a row.</summary>
    public required int Offset { get; init; }

    /// <summary>How stored numbers become values.</summary>
    public required FitsPixels Format { get; init; }

    /// <summary>P or Q for a variable-length column; null for others.</summary>
    public char? Descriptor { get; init; }

    /// <summary>Characters of one text: all of the cell, or the first length that TDIM or rAw states.</summary>
    public int TextLength { get; init; }

    /// <summary>Width of a field of an ASCII table; 0 in a binary table.</summary>
    public int FieldWidth { get; init; }

    /// <summary>Digits after a point that is not written, in an ASCII table.</summary>
    public int ImpliedDecimals { get; init; }

    /// <summary>The text that means a missing value in an ASCII table.</summary>
    public string NullText { get; init; } = "";

    /// <summary>TUNIT.</summary>
    public string Unit { get; init; } = "";

    /// <summary>TUCD: what the column means, in the words of the Virtual Observatory.</summary>
    public string Ucd { get; init; } = "";

    /// <summary>TUTYP: what the column means in a data model.</summary>
    public string UType { get; init; } = "";

    /// <summary>Whether the elements are texts.</summary>
    public bool IsText => Type == 'A';

    /// <summary>Whether the elements are whole numbers.</summary>
    public bool IsWhole => Type is 'B' or 'I' or 'J' or 'K';

    /// <summary>Bytes of one element; 0 for bits, of which eight share a byte.</summary>
    public int ElementBytes => BytesOf(Type);

    /// <summary>Bytes of the cell in a row.</summary>
    public long CellBytes =>
        FieldWidth > 0 ? FieldWidth
        : Descriptor == 'P' ? 8
        : Descriptor == 'Q' ? 16
        : Type == 'X' ? (Repeat + 7L) / 8
        : (long)Repeat * ElementBytes;

    /// <summary>Reads the description of a column of a binary table.</summary>
    /// <exception cref="InputException">Its form is not known.</exception>
    public static FitsColumn Binary(string file, FitsHeader header, int number, int offset)
    {
        var form = header.Text($"TFORM{number}").Trim();
        var digits = form.TakeWhile(char.IsAsciiDigit).Count();
        var repeat = 1;
        if (
            form.Length == digits
            || (digits > 0 && !int.TryParse(form[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out repeat))
        )
        {
            throw new InputException(
                $"'{file}': TFORM{number} is '{form}'; a count and a letter are expected, so the table is damaged or of another kind."
            );
        }
        var letter = char.ToUpperInvariant(form[digits]);
        char? descriptor = letter is 'P' or 'Q' ? letter : null;
        var type =
            descriptor is null ? letter
            : form.Length > digits + 1 ? char.ToUpperInvariant(form[digits + 1])
            : ' ';
        if (!"LXBIJKAEDCM".Contains(type, StringComparison.Ordinal))
        {
            throw new InputException($"'{file}': TFORM{number} is '{form}', of the unknown type '{type}'; the table cannot be read.");
        }
        var dimensions = Dimensions(header.Text($"TDIM{number}"));
        return new FitsColumn
        {
            Number = number,
            Name = header.Text($"TTYPE{number}").Trim(),
            Type = type,
            Repeat = descriptor is null ? repeat : Math.Min(repeat, 1),
            // A column without elements takes no bytes; P and Q with a count of 0 likewise.
            Descriptor = descriptor,
            Offset = offset,
            Format = FormatOf(header, number, type),
            TextLength = TextLengthOf(form[(digits + 1)..], dimensions, repeat),
            Unit = header.Text($"TUNIT{number}").Trim(),
            Ucd = header.Text($"TUCD{number}").Trim(),
            UType = header.Text($"TUTYP{number}").Trim(),
        };
    }

    /// <summary>Reads the description of a column of an ASCII table.</summary>
    /// <exception cref="InputException">Its form is not known.</exception>
    public static FitsColumn Ascii(string file, FitsHeader header, int number)
    {
        var form = header.Text($"TFORM{number}").Trim().ToUpperInvariant();
        var parts = form.Length > 1 ? form[1..].Split('.') : [];
        if (
            form.Length < 2
            || !"AIFED".Contains(form[0], StringComparison.Ordinal)
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            || width < 1
        )
        {
            throw new InputException($"'{file}': TFORM{number} is '{form}'; an ASCII table has A, I, F, E or D with a width.");
        }
        var decimals = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var d) ? d : 0;
        return new FitsColumn
        {
            Number = number,
            Name = header.Text($"TTYPE{number}").Trim(),
            Type = form[0] switch
            {
                'A' => 'A',
                'I' => 'K',
                _ => 'D',
            },
            Repeat = 1,
            Offset = header.Count($"TBCOL{number}") - 1,
            Format = FormatOf(header, number, 'D'),
            FieldWidth = width,
            ImpliedDecimals = Math.Min(decimals, 30),
            NullText = header.Text($"TNULL{number}").Trim(),
            Unit = header.Text($"TUNIT{number}").Trim(),
        };
    }

    private static FitsPixels FormatOf(FitsHeader header, int number, char type)
    {
        var bits = type switch
        {
            'I' => 16,
            'J' => 32,
            'K' => 64,
            'E' => -32,
            'D' => -64,
            _ => 8,
        };
        var isNumber = type is 'B' or 'I' or 'J' or 'K' or 'E' or 'D';
        return new FitsPixels(
            bits,
            isNumber ? header.Number($"TZERO{number}", 0) : 0,
            isNumber ? header.Number($"TSCAL{number}", 1) : 1,
            bits > 0 && isNumber ? FitsPixels.BlankOf(header.Text($"TNULL{number}")) : null
        );
    }

    // TDIM (8,5) of a text column, or 40A8: five texts of eight characters.
    private static int TextLengthOf(string afterLetter, int[] dimensions, int repeat) =>
        dimensions.Length > 1 && dimensions[0] > 0 ? Math.Min(dimensions[0], repeat)
        : int.TryParse(afterLetter, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0 ? Math.Min(width, repeat)
        : repeat;

    private static int[] Dimensions(string text)
    {
        var fields = text.Trim().TrimStart('(').TrimEnd(')').Split(',');
        var lengths = new List<int>();
        foreach (var field in fields)
        {
            if (!int.TryParse(field.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                return [];
            }
            lengths.Add(length);
        }
        return [.. lengths];
    }

    private static int BytesOf(char type) =>
        type switch
        {
            'X' => 0,
            'L' or 'B' or 'A' => 1,
            'I' => 2,
            'J' or 'E' => 4,
            'K' or 'D' or 'C' => 8,
            _ => 16,
        };
}
