using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>
/// The sum of a gradient over several processes. Each process sums one part, in the order of the ranks; then the parts are gathered. So all
/// processes get the same bits, every time. <c>MPI_Allreduce</c> does not guarantee this.
/// </summary>
/// <param name="group">The processes.</param>
/// <param name="count">Length of the gradient.</param>
internal sealed class SharedSum(ProcessGroup group, int count)
{
    private readonly int[] _starts = group.PartStarts(count);
    private readonly float[] _received = new float[group.Part(count).Count * group.Size];

    /// <summary>Replaces the gradient with the sum over all processes.</summary>
    public void Sum(Span<float> gradient)
    {
        group.AllToAll(gradient, _starts, _received);
        var (first, length) = group.Part(count);
        var own = gradient.Slice(first, length);
        _received.AsSpan(0, length).CopyTo(own);
        for (var rank = 1; rank < group.Size; rank++)
        {
            TensorPrimitives.Add(own, _received.AsSpan(rank * length, length), own);
        }
        group.AllGather(gradient, _starts);
    }
}
