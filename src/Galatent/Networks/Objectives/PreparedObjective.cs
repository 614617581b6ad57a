using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Networks.Objectives;

/// <summary>An objective ready for use by an engine, its β chosen.</summary>
internal sealed class PreparedObjective
{
    private readonly double _beta;

    private PreparedObjective(Objective choice, double beta, FeatureComparison? comparison, ILatentTerm? term)
    {
        (Choice, _beta, Comparison) = (choice, beta, comparison);
        Term = term;
    }

    /// <summary>The study's objective.</summary>
    public static PreparedObjective Default { get; } = new(ObjectiveList.Default, 0, null, null);

    /// <summary>What was chosen.</summary>
    public Objective Choice { get; }

    /// <summary>The part that needs all latents of a batch; null when the divergence times β is all.</summary>
    public ILatentTerm? Term { get; }

    /// <summary>What compares spectra otherwise than pixel by pixel; null when nothing does.</summary>
    public FeatureComparison? Comparison { get; }

    /// <summary>Makes an objective ready; loads what it needs.</summary>
    /// <exception cref="InputException">A model that it needs is missing, changed, or for another grid.</exception>
    public static PreparedObjective Create(Objective choice, double beta, WavelengthGrid grid) =>
        new(choice, beta, choice.CreateComparison(grid), choice.CreateTerm());

    /// <summary>The same with another latent term.</summary>
    public PreparedObjective WithTerm(ILatentTerm term) => new(Choice, _beta, Comparison, term);

    /// <summary>Weights at some point of the run.</summary>
    /// <param name="epochsDone">Epochs since the start, fractions included; infinity for the values that are reached in the end.</param>
    /// <param name="noiseVariance">Learnt pixel noise s; ignored where it is not learnt.</param>
    public ObjectiveWeights At(double epochsDone, double noiseVariance) => Choice.At(_beta, epochsDone, noiseVariance);
}
