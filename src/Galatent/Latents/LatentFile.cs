using System.Numerics.Tensors;
using Galatent.Files;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Latents;

/// <summary>The file of latent representations (HDF5, readable with h5py): <c>/mu</c>, <c>/log_variance</c>, <c>/z</c>, each float32 (n,
/// dimensions).</summary>
public static class LatentFile
{
    /// <summary>The file's name beside <c>model/</c>.</summary>
    public const string FileName = "latents.h5";

    private static readonly string[] Names = ["mu", "log_variance", "z"];

    /// <summary>Writes the representations. The file appears only when it is complete.</summary>
    public static void Write(string path, LatentSet latents)
    {
        ArgumentNullException.ThrowIfNull(latents);
        ulong[] shape = [(ulong)latents.Count, (ulong)latents.Dimensions];
        var file = new H5File
        {
            ["mu"] = Dataset(latents.Mu, shape, "posterior mean"),
            ["log_variance"] = Dataset(latents.LogVariance, shape, "natural logarithm of the posterior variance"),
            ["z"] = Dataset(latents.Z, shape, "one sample of the posterior: mu + exp(log_variance / 2) * standard normal"),
            Attributes = new()
            {
                ["format"] = "galatent-latents",
                ["format_version"] = 1,
                ["seed"] = (long)latents.Seed,
            },
        };
        AtomicFile.Write(path, temporary => file.Write(temporary));
    }

    /// <summary>Reads the representations.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or its datasets disagree in shape.</exception>
    public static LatentSet Read(string path) => Hdf5.Open(path, file =>
        {
            var shape = Hdf5.Dataset(file, path, "mu").Space.Dimensions;
            if (shape.Length != 2 || shape[0] > int.MaxValue || shape[1] > int.MaxValue)
            {
                throw new InputException(
                    $"'{path}': /mu has the shape ({string.Join(", ", shape)}) but (spectra, dimensions) is expected; run "
                        + $"'galatent encode' again."
                );
            }
            long[] due = [(long)shape[0], (long)shape[1]];
            float[] Part(string name)
            {
                var dataset = Hdf5.Dataset(file, path, name);
                Hdf5Numbers.RequireShape(path, dataset, name, due, "spectra, dimensions, as /mu");
                var values = Hdf5Numbers.Singles(path, dataset, name, 0, (int)shape[0]);
                if (TensorPrimitives.IsFiniteAll<float>(values))
                {
                    return values;
                }
                var bad = Array.FindIndex(values, v => !float.IsFinite(v));
                throw new InputException(
                    $"'{path}': /{name}, spectrum {bad / due[1]}, dimension {bad % due[1]} is {values[bad]}; run "
                        + $"'galatent encode' again."
                );
            }
            float[][] parts = [.. Names.Select(Part)];
            var seed = (ulong)(Hdf5.AttributeWhole(file, "seed") ?? 0);
            return new LatentSet((int)shape[1], parts[0], parts[1], parts[2], seed);
        });

    private static H5Dataset<float[]> Dataset(float[] values, ulong[] shape, string description) =>
        new(values, fileDims: shape) { Attributes = new() { ["description"] = description } };
}
