namespace Galatent.Networks;

/// <summary>A program for the arithmetic of networks beside the library's own: the project Galatent.Torch has the one of libtorch, for GPUs
/// and automatic differentiation. Given in <see cref="ComputeOptions.Backend"/>.</summary>
public interface INetworkBackend
{
    /// <summary>Puts a network on a device.</summary>
    /// <param name="weights">Start values.</param>
    /// <param name="adam">The optimizer's constants.</param>
    /// <param name="cudaDevice">Number of the GPU; null for the processor.</param>
    /// <param name="threads">Threads to use on the processor.</param>
    /// <param name="objective">What is minimised.</param>
    /// <exception cref="Numerics.InputException">The device is not there.</exception>
    internal ITrainingEngine Create(
        NetworkWeights weights,
        AdamOptions adam,
        int? cudaDevice,
        int threads,
        Objectives.PreparedObjective objective
    );
}
