using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents.Conditional;

/// <summary>
/// What one column knows about two others, alone and together: five estimates, each from a mixture of its own. So the chain rule
/// I(z; a, b) = I(z; a) + I(z; b given a), in both orders, is a check and not an identity.
/// </summary>
/// <param name="First">I(z; a).</param>
/// <param name="Second">I(z; b).</param>
/// <param name="FirstGivenSecond">I(z; a given b).</param>
/// <param name="SecondGivenFirst">I(z; b given a).</param>
/// <param name="Joint">I(z; a, b).</param>
/// <remarks>No shares ("unique", "redundant") are given: for normal variables the common definitions all become the minimum rule (Barrett
/// 2015), in which the weaker source is never unique.</remarks>
public sealed record PairInformation(
    InformationEstimate First,
    InformationEstimate Second,
    InformationEstimate FirstGivenSecond,
    InformationEstimate SecondGivenFirst,
    InformationEstimate Joint
)
{
    /// <summary>Interaction information I(z; a given b) - I(z; a), nat: positive for synergy or suppression, negative for
    /// redundancy.</summary>
    public double InteractionNat => FirstGivenSecond.Mi - First.Mi;

    /// <summary>Standard error of <see cref="InteractionNat"/>.</summary>
    public double InteractionErrorNat => Together(FirstGivenSecond, First);

    /// <summary>I(z; a, b) - I(z; a) - I(z; b given a), nat: 0 apart from errors.</summary>
    public double ChainGapNat => Joint.Mi - First.Mi - SecondGivenFirst.Mi;

    /// <summary>The same in the other order: I(z; a, b) - I(z; b) - I(z; a given b).</summary>
    public double OtherChainGapNat => Joint.Mi - Second.Mi - FirstGivenSecond.Mi;

    /// <summary>Whether both gaps are within this many standard errors.</summary>
    public bool ChainHolds(double standardErrors = 3) =>
        Math.Abs(ChainGapNat) <= standardErrors * Together(Joint, First, SecondGivenFirst)
        && Math.Abs(OtherChainGapNat) <= standardErrors * Together(Joint, Second, FirstGivenSecond);

    /// <summary>Estimates all five.</summary>
    /// <param name="z">The column that knows, e.g. a latent dimension.</param>
    /// <param name="a">The first other column.</param>
    /// <param name="b">The second other column.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">The columns cannot be used (<see cref="ConditionalInformation.Estimate"/>).</exception>
    public static PairInformation Estimate(
        NamedColumn z,
        NamedColumn a,
        NamedColumn b,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        InformationEstimate Of(NamedColumn[] about, NamedColumn[] given) =>
            ConditionalInformation.Estimate([z], about, given, options, seed, threads, cancel);
        return new PairInformation(Of([a], []), Of([b], []), Of([a], [b]), Of([b], [a]), Of([a, b], []));
    }

    // Rows are shared, so the errors are at most as large as those of independent estimates.
    private static double Together(params ReadOnlySpan<InformationEstimate> terms)
    {
        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += term.Std * term.Std;
        }
        return Math.Sqrt(sum);
    }
}
