using System.Reflection;
using PureHDF;

namespace Galatent.Files;

/// <summary>
/// What PureHDF knows but does not make public: the address of an object, byte order, filters. It is read by reflection. The version of the
/// package is pinned: another version may name these members differently. ForeignHdf5Tests then fails.
/// </summary>
internal static class Hdf5Internals
{
    /// <summary>The name of the type of complex numbers.</summary>
    public const string Complex = "complex numbers";

    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Address of an object in its file; the same for every link that leads to it.</summary>
    public static ulong Address(IH5Object item) => (ulong)Get(Get(item, "Reference")!, "Value")!;

    /// <summary>The opened file that an object belongs to; null for a link that leads nowhere. A link to another file gives another
    /// one.</summary>
    public static object? FileOf(IH5Object item) => Get(Get(item, "Reference")!, "File");

    /// <summary>Whether the numbers of a dataset stand in another file.</summary>
    public static bool IsExternal(IH5Dataset dataset) => Get(dataset, "InternalExternalFileList") is not null;

    /// <summary>The type of a dataset's elements.</summary>
    public static Hdf5Type TypeOf(IH5Dataset dataset) => Type(Get(dataset, "InternalDataType")!);

    /// <summary>The type of an attribute's elements and their bytes as they stand in the file.</summary>
    public static (Hdf5Type Type, Memory<byte> Bytes) Raw(IH5Attribute attribute)
    {
        var message = Get(attribute, "Message")!;
        return (Type(Get(message, "Datatype")!), (Memory<byte>)Get(message, "InputData")!);
    }

    /// <summary>Filters through which the chunks of a dataset went, in the order of writing: number, name (often empty) and
    /// parameters.</summary>
    public static IReadOnlyList<(ushort Id, string Name, uint[] Parameters)> Filters(IH5Dataset dataset) =>
        Get(dataset, "InternalFilterPipeline") is { } pipeline
            ?
            [
                .. ((Array)Get(pipeline, "FilterDescriptions")!)
                    .Cast<object>()
                    .Select(f => ((ushort)Get(f, "Identifier")!, (string)Get(f, "Name")!, (uint[])Get(f, "ClientData")!)),
            ]
            : [];

    /// <summary>Puts filters that do nothing before those of a dataset, unless it was done before.</summary>
    /// <param name="dataset">A dataset with filters.</param>
    /// <param name="filterId">The filter that does nothing.</param>
    /// <param name="count">How many times.</param>
    public static void PutFiltersBefore(IH5Dataset dataset, ushort filterId, int count)
    {
        var pipeline = Get(dataset, "InternalFilterPipeline")!;
        var filters = (Array)Get(pipeline, "FilterDescriptions")!;
        if (filters.Length == 0 || (ushort)Get(filters.GetValue(0)!, "Identifier")! == filterId)
        {
            return;
        }
        var type = filters.GetType().GetElementType()!;
        var idle = Activator.CreateInstance(
            type,
            filterId,
            Enum.ToObject(type.GetProperty("Flags")!.PropertyType, 0),
            "",
            Array.Empty<uint>()
        );
        var longer = Array.CreateInstance(type, filters.Length + count);
        for (var i = 0; i < count; i++)
        {
            longer.SetValue(idle, i);
        }
        Array.Copy(filters, 0, longer, count, filters.Length);
        Property(pipeline, "FilterDescriptions").SetValue(pipeline, longer);
    }

    private static bool IsComplex(string[] fields) => fields is ["r", "i"] or ["real", "imag"];

    private static Hdf5Type Type(object message)
    {
        var kind = Get(message, "Class")!.ToString()!;
        var size = (int)(uint)Get(message, "Size")!;
        var bits = Get(message, "BitField")!;
        var properties = (Array)Get(message, "Properties")!;
        bool Is(string property, object value) => Equals(Get(properties.GetValue(0)!, property), value);
        var isBigEndian = bits.GetType().GetProperty("ByteOrder", Any) is { } order && order.GetValue(bits)!.ToString() != "LittleEndian";
        switch (kind)
        {
            case "FixedPoint" when size is 1 or 2 or 4 or 8 && Is("BitOffset", (ushort)0) && Is("BitPrecision", (ushort)(8 * size)):
                return new Hdf5Type(Hdf5Kind.Whole, size, isBigEndian, (bool)Get(bits, "IsSigned")!);
            case "FloatingPoint" when IsIeee(size, bits, Is):
                return new Hdf5Type(Hdf5Kind.Float, size, isBigEndian, true);
            case "Enumerated":
                return Type(Get(properties.GetValue(0)!, "BaseType")!);
            case "String":
                return new Hdf5Type(Hdf5Kind.Text, size);
            case "VariableLength" when Get(bits, "Type")!.ToString() == "String":
                return new Hdf5Type(Hdf5Kind.VariableText, size);
            // h5py keeps complex numbers so, and reads any such record as one.
            case "Compound" when properties.Length == 2 && IsComplex([.. properties.Cast<object>().Select(p => (string)Get(p, "Name")!)]):
                return new Hdf5Type(Hdf5Kind.Other, size) { Name = Complex };
            case "Compound":
                return new Hdf5Type(Hdf5Kind.Record, size)
                {
                    Fields =
                    [
                        .. properties
                            .Cast<object>()
                            .Select(p =>
                                (
                                    (string)Get(p, "Name")!,
                                    checked((int)(ulong)Get(p, "MemberByteOffset")!),
                                    Type(Get(p, "MemberTypeMessage")!)
                                )
                            ),
                    ],
                };
            case "Array":
                var array = properties.GetValue(0)!;
                var count = ((uint[])Get(array, "DimensionSizes")!).Aggregate(1L, (all, n) => checked(all * n));
                return new Hdf5Type(Hdf5Kind.Array, size) { Element = Type(Get(array, "BaseType")!), ElementCount = checked((int)count) };
            default:
                return new Hdf5Type(Hdf5Kind.Other, size) { Name = Named(kind, size) };
        }
    }

    // Sign, exponent and mantissa where IEEE 754 has them, with its bias, and a mantissa whose first 1 is not stored.
    private static bool IsIeee(int size, object bits, Func<string, object, bool> isValue)
    {
        (int ExponentBits, int MantissaBits)? widths = size switch
        {
            2 => (5, 10),
            4 => (8, 23),
            8 => (11, 52),
            _ => null,
        };
        return widths is var (exponent, mantissa)
            && isValue("BitOffset", (ushort)0)
            && isValue("BitPrecision", (ushort)(8 * size))
            && isValue("MantissaLocation", (byte)0)
            && isValue("MantissaSize", (byte)mantissa)
            && isValue("ExponentLocation", (byte)mantissa)
            && isValue("ExponentSize", (byte)exponent)
            && isValue("ExponentBias", (1u << (exponent - 1)) - 1)
            && (byte)Get(bits, "SignLocation")! == (8 * size) - 1
            && Get(bits, "MantissaNormalization")!.ToString() == "MsbIsNotStoredButImplied"
            && Get(bits, "ByteOrder")!.ToString() is "LittleEndian" or "BigEndian";
    }

    private static string Named(string kind, int size) =>
        kind switch
        {
            "FixedPoint" => $"whole numbers of {size} bytes in an unusual layout",
            "FloatingPoint" => $"floats of {size} bytes that are not IEEE 754",
            "VariableLength" => "sequences of variable length",
            "BitField" => "bit fields",
            "Opaque" => "opaque bytes",
            "Reference" => "references to other objects",
            "Time" => "times",
            _ => kind,
        };

    private static object? Get(object source, string name) => Property(source, name).GetValue(source);

    private static PropertyInfo Property(object source, string name) =>
        source.GetType().GetProperty(name, Any)
        ?? throw new InvalidOperationException($"PureHDF's {source.GetType().Name} has no {name}; this program needs version 2.2.0 of it.");
}
