using System.Reflection;
using PureHDF;

namespace Galatent.Files;

/// <summary>
/// What PureHDF knows but does not make public: the address of an object, byte order, filters. It is read by reflection. The version of the
/// package is pinned: another version may name these members differently. ForeignHdf5Tests then fails.
/// </summary>
internal static class Hdf5Internals
{
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

    /// <summary>Filters through which the chunks of a dataset went, in the order of writing: number and name (often empty).</summary>
    public static IReadOnlyList<(ushort Id, string Name)> Filters(IH5Dataset dataset) =>
        Get(dataset, "InternalFilterPipeline") is { } pipeline
            ?
            [
                .. ((Array)Get(pipeline, "FilterDescriptions")!)
                    .Cast<object>()
                    .Select(f => ((ushort)Get(f, "Identifier")!, (string)Get(f, "Name")!)),
            ]
            : [];

    /// <summary>
    /// Lets every filter run whatever a chunk says about it. PureHDF 2.2.0 looks one bit too far in the mask of filters that a chunk was
    /// not sent through, so that a chunk that LZF could not shrink lost its shuffle instead. LZF tells by the length of a chunk whether
    /// it is to be left as it is; no other filter is ever left out. A first filter that does nothing moves all others off the mask.
    /// </summary>
    public static void IgnoreMask(IH5Dataset dataset)
    {
        var pipeline = Get(dataset, "InternalFilterPipeline")!;
        var filters = (Array)Get(pipeline, "FilterDescriptions")!;
        var type = filters.GetType().GetElementType()!;
        if (filters.GetValue(0) is { } first && (ushort)Get(first, "Identifier")! == IdleFilter.Number)
        {
            return;
        }
        var idle = Activator.CreateInstance(
            type,
            IdleFilter.Number,
            Enum.ToObject(type.GetProperty("Flags")!.PropertyType, 0),
            "",
            Array.Empty<uint>()
        );
        var longer = Array.CreateInstance(type, filters.Length + 1);
        longer.SetValue(idle, 0);
        Array.Copy(filters, 0, longer, 1, filters.Length);
        Property(pipeline, "FilterDescriptions").SetValue(pipeline, longer);
    }

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
            case "FloatingPoint" when size is 2 or 4 or 8 && IsIeee(size, Is):
                return new Hdf5Type(Hdf5Kind.Float, size, isBigEndian, true);
            case "Enumerated":
                return Type(Get(properties.GetValue(0)!, "BaseType")!);
            case "String":
                return new Hdf5Type(Hdf5Kind.Text, size);
            case "VariableLength" when Get(bits, "Type")!.ToString() == "String":
                return new Hdf5Type(Hdf5Kind.VariableText, size);
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

    private static bool IsIeee(int size, Func<string, object, bool> isValue) =>
        isValue(
            "ExponentSize",
            (byte)(
                size == 2 ? 5
                : size == 4 ? 8
                : 11
            )
        )
        && isValue(
            "MantissaSize",
            (byte)(
                size == 2 ? 10
                : size == 4 ? 23
                : 52
            )
        );

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
