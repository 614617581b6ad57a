using Galatent.Numerics;
using PureHDF;

namespace Galatent.Files;

/// <summary>Reading HDF5 with errors that name file and dataset.</summary>
internal static class Hdf5
{
    /// <summary>The first bytes of every HDF5 file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Opens a file and reads from it; whatever the library finds wrong inside becomes one sentence.</summary>
    public static T Open<T>(string path, Func<IH5Group, T> read)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        RequireSignature(path);
        return UnchangedFile.Read(path, () => Guard(path, () =>
            {
                using var file = H5File.OpenRead(path);
                return read(file);
            }));
    }

    /// <summary>Turns whatever the library finds wrong inside a file into one sentence.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        // A damaged file surfaces as whatever the parser stumbled over (PureHDF throws bare Exception for most of it), so every
        // failure but our own and a fault of this program means the same thing to the user.
        catch (Exception e) when (e is not (InputException or OutOfMemoryException or NullReferenceException))
        {
            throw new InputException(
                $"'{path}' is damaged or not readable as HDF5 ({FirstSentence(e.Message)}); make or download it again.",
                e
            );
        }
    }

    /// <summary>The dataset of that name.</summary>
    public static IH5Dataset Dataset(IH5Group group, string path, string name) =>
        group.LinkExists(name)
            ? group.Dataset(name)
            : throw new InputException(
                $"'{path}' has no dataset /{name}; it has {string.Join(", ", group.Children().Select(c => "/" + c.Name))}."
            );

    /// <summary>A numeric dataset as flat doubles.</summary>
    public static double[] Doubles(IH5Group group, string path, string name)
    {
        var dataset = Dataset(group, path, name);
        return dataset.Type is { Class: H5DataTypeClass.FloatingPoint, Size: 4 }
            ? Array.ConvertAll(dataset.Read<float[]>(), x => (double)x)
            : dataset.Read<double[]>();
    }

    /// <summary>A text attribute; empty when absent.</summary>
    public static string Text(IH5Object item, string name) => item.AttributeExists(name) ? item.Attribute(name).Read<string>() : "";

    private static void RequireSignature(string path)
    {
        Span<byte> head = stackalloc byte[8];
        using var stream = File.OpenRead(path);
        if (stream.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8 || !head.SequenceEqual(Signature))
        {
            throw new InputException(
                $"'{path}' is not an HDF5 file (its first bytes are not the HDF5 signature); give a file made by 'galatent simulate', or "
                    + $"one in the layout of docs/training.md."
            );
        }
    }

    private static string FirstSentence(string message) => message.Split('\n')[0].Trim().TrimEnd('.');
}
