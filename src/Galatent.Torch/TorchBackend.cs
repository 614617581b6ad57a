using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using TorchSharp;

namespace Galatent.Torch;

/// <summary>libtorch as a backend: GPUs, and automatic differentiation on any device.</summary>
public sealed class TorchBackend : INetworkBackend
{
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
        if (cudaDevice is not { } index)
        {
            return Loaded(() => torch.CPU);
        }
        return Loaded(torch.cuda_is_available) && index < torch.cuda.device_count()
            ? new torch.Device(DeviceType.CUDA, index)
            : throw new InputException(
                $"The device 'cuda:{index}' is not available here; use the ComputeOptions.Device cpu, or build Galatent.Torch with "
                    + "-p:TorchBackend=cuda on a machine with an NVIDIA driver."
            );
    }

    // TorchSharp looks for its native libraries at the first call, and says that they are missing in one of these ways.
    private static T Loaded<T>(Func<T> first)
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            return first();
        }
        catch (Exception e)
            when (e is DllNotFoundException or NotSupportedException or TypeInitializationException or BadImageFormatException)
        {
            throw new InputException(
                $"libtorch cannot be loaded on this machine ({e.GetBaseException().Message.Split('\n')[0].TrimEnd('.')}): the folder of "
                    + "Galatent.Torch holds it for another platform, or not at all; build Galatent.Torch on this machine."
            );
        }
    }
}
