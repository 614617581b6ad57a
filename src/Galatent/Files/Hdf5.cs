using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Galatent.Numerics;
using PureHDF;
using PureHDF.Filters;

namespace Galatent.Files;

/// <summary>Reading HDF5 with errors that name file and dataset.</summary>
internal static class Hdf5
{
    private const long LargestUserBlock = 1 << 24;

    /// <summary>The first bytes of HDF5 content.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Opens a file and reads from it; whatever the library finds wrong inside becomes one sentence.</summary>
    public static T Open<T>(string path, Func<IH5Group, T> read, CancellationToken cancellation = default)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        RegularFile.Require(path);
        using (var file = File.OpenRead(path))
        {
            if (!IsHdf5(file))
            {
                throw new InputException(
                    $"'{path}' is not an HDF5 file (its first bytes are not the HDF5 signature); give a file made by 'galatent simulate', "
                        + $"or one in the layout of docs/training.md."
                );
            }
        }
        H5Filter.Register(new LzfFilter());
        H5Filter.Register(new IdleFilter());
        return UnchangedFile.Read(path, () => Guard(path, () =>
            {
                using var guarded = new GuardedFile(path, cancellation);
                using var file = H5File.Open(guarded, leaveOpen: true);
                return read(file);
            }));
    }

    /// <summary>Whether a file is HDF5: the signature stands at its begin, or behind a block of 512, 1024, 2048, ... bytes that is the
    /// user's (MATLAB's version 7.3 writes 512).</summary>
    public static bool IsHdf5(Stream file) => ContentStart(file) is not null;

    /// <summary>The byte at which the HDF5 content begins; null when there is none.</summary>
    public static long? ContentStart(Stream file)
    {
        Span<byte> head = stackalloc byte[8];
        for (var at = 0L; at + 8 <= file.Length && at <= LargestUserBlock; at = at == 0 ? 512 : 2 * at)
        {
            file.Position = at;
            file.ReadExactly(head);
            if (head.SequenceEqual(Signature))
            {
                return at;
            }
        }
        return null;
    }

    /// <summary>Turns whatever the library finds wrong inside a file into one sentence.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw new InputException($"'{path}' {Reason(e)}.", e);
        }
    }

    /// <summary>Reads a part that may be left out; false, and why, when it cannot be read.</summary>
    public static bool TryRead<T>(Func<T> read, [MaybeNullWhen(false)] out T value, out string reason)
    {
        try
        {
            (value, reason) = (read(), "");
            return true;
        }
        catch (Exception e) when (IsOfFile(e))
        {
            (value, reason) = (default, Reason(e));
            return false;
        }
    }

    /// <summary>The dataset of that name.</summary>
    public static IH5Dataset Dataset(IH5Group group, string path, string name)
    {
        if (!group.LinkExists(name))
        {
            var others = Hdf5Walk.ChildNames(group).Take(40).ToArray();
            throw new InputException(
                $"'{path}' has no dataset /{name}; it has {(others.Length == 0 ? "none" : string.Join(", ", others))}."
            );
        }
        var found = group.Get(name);
        return found as IH5Dataset
            ?? throw new InputException(
                found is IH5UnresolvedLink
                    ? $"'{path}': /{name} is a link to another file or to nothing, which is not followed; write the dataset itself."
                    : $"'{path}': /{name} is a group where a dataset is expected; write a dataset."
            );
    }

    /// <summary>A text attribute; empty when absent or no text.</summary>
    public static string Text(IH5Object item, string name)
    {
        if (!item.AttributeExists(name))
        {
            return "";
        }
        var attribute = item.Attribute(name);
        return Hdf5Internals.Raw(attribute).Type.Kind switch
        {
            Hdf5Kind.Text => Hdf5Internals.Raw(attribute) is var (type, bytes) && bytes.Length >= type.Size ? type.Text(bytes.Span) : "",
            Hdf5Kind.VariableText when attribute.Space.Dimensions.All(d => d == 1) => attribute.Read<string[]>() is [{ } text, ..]
                ? text
                : "",
            _ => "",
        };
    }

    /// <summary>A numeric attribute of one or more elements; empty when absent or no numbers.</summary>
    public static double[] AttributeNumbers(IH5Object item, string name)
    {
        if (!item.AttributeExists(name))
        {
            return [];
        }
        var (type, bytes) = Hdf5Internals.Raw(item.Attribute(name));
        if (!type.IsNumber)
        {
            return [];
        }
        var values = new double[bytes.Length / type.Size];
        type.Numbers(bytes.Span, values);
        return values;
    }

    /// <summary>The first whole number of an attribute; null when absent or no whole number.</summary>
    public static long? AttributeWhole(IH5Object item, string name)
    {
        if (!item.AttributeExists(name))
        {
            return null;
        }
        var (type, bytes) = Hdf5Internals.Raw(item.Attribute(name));
        return type.Kind == Hdf5Kind.Whole && bytes.Length >= type.Size ? (long)type.Bits(bytes.Span) : null;
    }

    // PureHDF throws bare Exception for most of what it stumbles over, so every failure but our own, the user's wish to stop and a fault
    // of this program means the file. A null reference inside the library is the file's too.
    private static bool IsOfFile(Exception e) =>
        e is not (InputException or OperationCanceledException) && (e is not NullReferenceException || e.Source == "PureHDF");

    private static string Reason(Exception e)
    {
        while (e is TargetInvocationException { InnerException: { } inner })
        {
            e = inner;
        }
        return e switch
        {
            NotSupportedException =>
                $"uses a part of HDF5 that is not read ({FirstSentence(e.Message)}); write it again in the plain layout of h5py",
            OutOfMemoryException => "asks for more memory than there is: it is damaged, or too large to be read whole",
            EndOfStreamException => "ends too early: it is damaged, make or download it again",
            UnauthorizedAccessException => $"cannot be read ({FirstSentence(e.Message)}); check its rights",
            _ => $"is damaged or not readable as HDF5 ({FirstSentence((e.InnerException ?? e).Message)}); make or download it again",
        };
    }

    private static string FirstSentence(string message) => message.Split('\n')[0].Trim().TrimEnd('.');
}
