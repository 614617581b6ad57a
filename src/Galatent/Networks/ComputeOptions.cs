using Galatent.Networks.Fused;
using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>Device, threads and engine of a network.</summary>
public sealed record ComputeOptions
{
    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>; all but the first need a <see cref="Backend"/>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>CPU threads; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>The engine that does the arithmetic: <c>auto</c> (our own kernels on the CPU, the backend on other devices) or
    /// <c>torch</c> (the backend on the CPU too: slower, and its bits depend on the number of threads).</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>Finds the backend; it is given the reason in words. Null for none.</summary>
    public Func<string, INetworkBackend>? Backend { get; init; }

    /// <summary>The actual number of threads.</summary>
    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Creates the engine for a network on the chosen device. An objective that needs autograd always uses the backend.</summary>
    /// <param name="weights">Start values.</param>
    /// <param name="adam">The optimizer's constants.</param>
    /// <param name="objective">What is minimised; the study's when null.</param>
    /// <param name="processes">The processes that make steps together. All of them call this method. Null for one process.</param>
    /// <exception cref="InputException">An option is unknown, or the device or the backend is not available.</exception>
    internal ITrainingEngine Create(
        NetworkWeights weights,
        AdamOptions adam,
        PreparedObjective? objective = null,
        ProcessGroup? processes = null
    )
    {
        if (Threads < 0)
        {
            throw new InputException($"The number of threads must be 0 (one per core) or more, not {Threads}.");
        }
        objective ??= PreparedObjective.Default;
        if (WhyBackend(objective.Choice) is { } why)
        {
            var backend = Backend
                ?? throw new InputException(
                    $"{why} needs libtorch: reference the project Galatent.Torch and give its TorchBackend as the backend."
                );
            return backend(why).Create(weights, adam, CudaDevice(), ThreadCount, objective);
        }
        ITrainingEngine Fused(PreparedObjective o) => new FusedEngine(weights, adam, ThreadCount, o, processes);
        return objective.Choice.DrawLoss is null ? Fused(objective) : new SeveralDrawsEngine(objective, Fused);
    }

    /// <summary>What asks for the backend, in words; null where our own kernels do.</summary>
    /// <exception cref="InputException">An option is unknown.</exception>
    public string? WhyBackend(Objective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Engine is not ("auto" or "torch") ? throw new InputException($"There is no engine '{Engine}'; choose auto or torch.")
            : CudaDevice() is not null ? $"The device '{Device}'"
            : Engine == "torch" ? "The engine 'torch'"
            : objective.NeedsAutograd ? $"The objective '{objective.Name}'"
            : null;
    }

    private int? CudaDevice()
    {
        var index = 0L;
        return Device.Split(':') switch
        {
            ["cpu"] => null,
            ["cuda"] => 0,
            ["cuda", var number] when TypedNumber.TryParseWhole(number, out index) && index is >= 0 and <= int.MaxValue => (int)index,
            _ => throw new InputException($"There is no device '{Device}'; choose cpu, cuda or cuda:N."),
        };
    }
}
