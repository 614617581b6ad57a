using Galatent.Networks.Fused;
using Galatent.Networks.Objectives;
using Galatent.Networks.Torch;
using Galatent.Numerics;
using TorchSharp;

namespace Galatent.Networks;

/// <summary>Device, threads and engine of a network.</summary>
public sealed record ComputeOptions
{
    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>CPU threads; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>The engine that does the arithmetic: <c>auto</c> (our own kernels on the CPU, libtorch on other devices) or <c>torch</c>
    /// (libtorch on the CPU too: slower, and its bits depend on the number of threads).</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>The actual number of threads.</summary>
    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Creates the engine for a network on the chosen device. An objective that needs autograd always uses libtorch.</summary>
    /// <param name="weights">Start values.</param>
    /// <param name="adam">The optimizer's constants.</param>
    /// <param name="objective">What is minimised; the study's when null.</param>
    /// <param name="processes">The processes that make steps together. All of them call this method. Null for one process.</param>
    /// <exception cref="InputException">An option is unknown, or the device is not available.</exception>
    internal ITrainingEngine Create(
        NetworkWeights weights,
        AdamOptions adam,
        PreparedObjective? objective = null,
        ProcessGroup? processes = null
    )
    {
        if (Engine is not ("auto" or "torch"))
        {
            throw new InputException($"There is no engine '{Engine}'; choose auto or torch.");
        }
        if (Threads < 0)
        {
            throw new InputException($"The number of threads must be 0 (one per core) or more, not {Threads}.");
        }
        objective ??= PreparedObjective.Default;
        return Engine == "auto" && Device == "cpu" && !objective.Choice.NeedsAutograd
            ? new FusedEngine(weights, adam, ThreadCount, objective, processes)
            : new TorchEngine(weights, adam, TorchDevice(), ThreadCount, objective);
    }

    private torch.Device TorchDevice()
    {
        var parts = Device.Split(':');
        var index = 0L;
        if (
            parts is not (["cpu"] or ["cuda"] or ["cuda", _])
            || (parts.Length == 2 && !(TypedNumber.TryParseWhole(parts[1], out index) && index is >= 0 and <= int.MaxValue))
        )
        {
            throw new InputException($"There is no device '{Device}'; choose cpu, cuda or cuda:N.");
        }
        if (parts[0] == "cpu")
        {
            return torch.CPU;
        }
        return torch.cuda_is_available() && index < torch.cuda.device_count()
            ? new torch.Device(DeviceType.CUDA, (int)index)
            : throw new InputException(
                $"The device '{Device}' is not available here; use the ComputeOptions.Device cpu, or build with "
                    + $"-p:TorchBackend=cuda on a machine with an NVIDIA driver."
            );
    }
}
