using Galatent.Numerics;
using Galatent.Spectra;
using static TorchSharp.torch;

namespace Galatent.Networks.Objectives;

/// <summary>An objective ready for use by an engine, its β chosen.</summary>
internal sealed class PreparedObjective
{
    private readonly double _beta;

    private PreparedObjective(Objective choice, double beta, Func<Device, IComparisonLoss>? comparison)
    {
        (Choice, _beta, Comparison) = (choice, beta, comparison);
        Term = choice.CreateTerm();
    }

    /// <summary>The study's objective.</summary>
    public static PreparedObjective Default { get; } = new(ObjectiveList.Default, 0, null);

    /// <summary>What was chosen.</summary>
    public Objective Choice { get; }

    /// <summary>The part that needs all latents of a batch; null when the divergence times β is all.</summary>
    public ILatentTerm? Term { get; }

    /// <summary>What compares spectra otherwise than pixel by pixel, to be put on a device; null when nothing does.</summary>
    public Func<Device, IComparisonLoss>? Comparison { get; }

    /// <summary>Makes an objective ready; loads what it needs.</summary>
    /// <exception cref="InputException">A model that it needs is missing, changed, or for another grid.</exception>
    public static PreparedObjective Create(Objective choice, double beta, WavelengthGrid grid) =>
        new(choice, beta, choice.CreateComparison(grid));

    /// <summary>Weights at some point of the run.</summary>
    /// <param name="epochsDone">Epochs since the start, fractions included; infinity for the values that are reached in the end.</param>
    /// <param name="noiseVariance">Learnt pixel noise s; ignored where it is not learnt.</param>
    public ObjectiveWeights At(double epochsDone, double noiseVariance) => Choice.At(_beta, epochsDone, noiseVariance);
}
