using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>
/// One optimizer step of several processes. Each owns a part of the weights: it adds up everybody's gradient there, in the order of the ranks, updates its part, and the
/// parts are gathered. That moves no more than a sum of the whole gradient would, and the optimizer's passes over memory are shared instead of repeated
/// (Rajbhandari et al. 2020, SC20, "ZeRO", stage 1).
/// </summary>
internal sealed class SharedUpdate
{
    private readonly ProcessGroup _group;
    private readonly int[] _starts;
    private readonly float[] _received;

    /// <summary>Plans the parts of <paramref name="count"/> weights.</summary>
    public SharedUpdate(ProcessGroup group, int count)
    {
        (_group, _starts) = (group, group.PartStarts(count));
        (Start, Length) = group.Part(count);
        _received = new float[Length * group.Size];
    }

    /// <summary>First weight of this process.</summary>
    public int Start { get; }

    /// <summary>Number of its weights.</summary>
    public int Length { get; }

    /// <summary>Replaces this process's part of the gradient by the sum over all processes.</summary>
    public void SumOwnPart(Span<float> gradient)
    {
        _group.Exchange(gradient, _starts, _received);
        var own = gradient.Slice(Start, Length);
        _received.AsSpan(0, Length).CopyTo(own);
        for (var rank = 1; rank < _group.Size; rank++)
        {
            TensorPrimitives.Add(own, _received.AsSpan(rank * Length, Length), own);
        }
    }

    /// <summary>The loss of the whole batch from the processes' shares of it.</summary>
    /// <param name="own">This process's sums over its spectra, divided by those of the whole batch.</param>
    /// <param name="penalty">The penalty of the whole batch where every process knows it; null where it is a sum like the others.</param>
    public StepLoss Sum(StepLoss own, double? penalty)
    {
        Span<double> terms = [own.SquaredError, own.KullbackLeibler, own.WeightedError, own.Penalty];
        _group.Sum(terms);
        return new StepLoss(terms[0], terms[1]) { WeightedError = terms[2], Penalty = penalty ?? terms[3] };
    }

    /// <summary>Fetches everybody's part of an array.</summary>
    public void Complete(Span<float> values) => _group.Complete(values, _starts);
}
