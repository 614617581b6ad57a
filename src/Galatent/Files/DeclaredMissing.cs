using PureHDF;

namespace Galatent.Files;

/// <summary>
/// What a dataset says about its own numbers in the conventions of netCDF (CF 1.11, section 2.5.1 and 8.1): the values that mean "no value"
/// (<c>_FillValue</c>, <c>missing_value</c>, outside <c>valid_min</c>, <c>valid_max</c>, <c>valid_range</c>), and packing
/// (<c>scale_factor</c>, <c>add_offset</c>).
/// </summary>
internal sealed class DeclaredMissing
{
    private static readonly string[] Marks = ["_FillValue", "missing_value"];

    private readonly List<(double Value, ulong? Bits, string Attribute)> _marks = [];
    private readonly double _low;
    private readonly double _high;
    private readonly double _scale;
    private readonly double _offset;

    private DeclaredMissing(IH5Dataset dataset, bool isNetCdf, Hdf5Type type)
    {
        foreach (var name in Marks.Where(dataset.AttributeExists))
        {
            var (kind, bytes) = Hdf5Internals.Raw(dataset.Attribute(name));
            for (var at = 0; kind.IsNumber && at + kind.Size <= bytes.Length; at += kind.Size)
            {
                var element = bytes.Span[at..];
                _marks.Add((kind.Number(element), kind.Kind == Hdf5Kind.Whole ? kind.Bits(element) : null, name));
            }
        }
        if (_marks.Count == 0 && isNetCdf && NetCdfFill(type) is { } fill)
        {
            _marks.Add((fill.Value, fill.Bits, "netCDF's own fill value"));
        }
        double Number(string name, double otherwise) =>
            Hdf5.AttributeNumbers(dataset, name) is [var value] && double.IsFinite(value) ? value : otherwise;
        var range = Hdf5.AttributeNumbers(dataset, "valid_range");
        _low = range is [var low, _] ? low : Number("valid_min", double.NegativeInfinity);
        _high = range is [_, var high] ? high : Number("valid_max", double.PositiveInfinity);
        _scale = Number("scale_factor", 1);
        _offset = Number("add_offset", 0);
    }

    /// <summary>Whether numbers are stored as others (value = stored x scale + offset).</summary>
    public bool IsPacked => _scale != 1 || _offset != 0;

    /// <summary>Whether every stored number is the value itself.</summary>
    public bool SaysNothing => _marks.Count == 0 && !IsPacked && double.IsNegativeInfinity(_low) && double.IsPositiveInfinity(_high);

    /// <summary>Reads a dataset's attributes.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="isNetCdf">Whether netCDF wrote the file: then its own fill values count too.</param>
    /// <param name="type">The type of the dataset's numbers.</param>
    public static DeclaredMissing Of(IH5Dataset dataset, bool isNetCdf, Hdf5Type type) => new(dataset, isNetCdf, type);

    /// <summary>The attribute that declares a stored number missing; null when it is a value.</summary>
    /// <param name="value">The number.</param>
    /// <param name="bits">Its exact form, when it is a 64-bit whole number.</param>
    /// <param name="isSingle">Whether it is stored as float32, as which the mark may be rounded.</param>
    public string? Mark(double value, ulong? bits, bool isSingle)
    {
        foreach (var (mark, markBits, attribute) in _marks)
        {
            if (bits is not null && markBits is not null ? bits == markBits : value == mark || (isSingle && (float)value == (float)mark))
            {
                return attribute;
            }
        }
        return value < _low ? "valid_min or valid_range"
            : value > _high ? "valid_max or valid_range"
            : null;
    }

    /// <summary>The number that a stored one stands for; NaN where it stands for no value.</summary>
    /// <param name="stored">The stored number.</param>
    /// <param name="type">The type of the dataset's numbers.</param>
    public double Meant(double stored, Hdf5Type type) =>
        Mark(stored, null, type is { Kind: Hdf5Kind.Float, Size: 4 }) is null ? Unpacked(stored) : double.NaN;

    /// <summary>The number that a stored one stands for.</summary>
    public double Unpacked(double stored) => (stored * _scale) + _offset;

    // netcdf.h, NC_FILL_*; bytes have none.
    private static (double Value, ulong? Bits)? NetCdfFill(Hdf5Type type) =>
        (type.Kind, type.Size, type.IsSigned) switch
        {
            (Hdf5Kind.Float, 4 or 8, _) => (9.9692099683868690e+36, null),
            (Hdf5Kind.Whole, 2, true) => (-32767, null),
            (Hdf5Kind.Whole, 2, false) => (65535, null),
            (Hdf5Kind.Whole, 4, true) => (-2147483647, null),
            (Hdf5Kind.Whole, 4, false) => (4294967295, null),
            (Hdf5Kind.Whole, 8, true) => (-9223372036854775806, unchecked((ulong)-9223372036854775806)),
            (Hdf5Kind.Whole, 8, false) => (18446744073709551614, 18446744073709551614),
            _ => null,
        };
}
