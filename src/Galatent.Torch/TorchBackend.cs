using System.Runtime.InteropServices;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using TorchSharp;

namespace Galatent.Torch;

/// <summary>libtorch as a backend: GPUs, and automatic differentiation on any device.</summary>
public sealed class TorchBackend : INetworkBackend
{
    private static readonly string[] Native = ["torch_cpu", "LibTorchSharp"];

    /// <inheritdoc/>
    ITrainingEngine INetworkBackend.Create(
        NetworkWeights weights,
        AdamOptions adam,
        int? cudaDevice,
        int threads,
        PreparedObjective objective
    ) => new TorchEngine(weights, adam, DeviceOf(cudaDevice), threads, objective);

    private static torch.Device DeviceOf(int? cudaDevice)
    {
        RequireNative();
        if (cudaDevice is not { } index)
        {
            return torch.CPU;
        }
        return torch.cuda_is_available() && index < torch.cuda.device_count()
            ? new torch.Device(DeviceType.CUDA, index)
            : throw new InputException(
                $"The device 'cuda:{index}' is not available here; use the ComputeOptions.Device cpu, or build Galatent.Torch with "
                    + "-p:TorchBackend=cuda on a machine with an NVIDIA driver."
            );
    }

    // Looked for before TorchSharp does: where they are missing it prints a page on standard output, and copies files about.
    private static void RequireNative()
    {
        if (!Native.All(name => NativeLibrary.TryLoad(name, typeof(torch).Assembly, null, out _)))
        {
            throw new InputException(
                $"libtorch cannot be loaded on this machine: the folder of Galatent.Torch holds it for another platform "
                    + $"({RuntimeInformation.RuntimeIdentifier} is due), or not at all; build Galatent.Torch on this machine."
            );
        }
    }
}
