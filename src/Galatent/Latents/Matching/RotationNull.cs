using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Matching;

/// <summary>What matching finds when two models span the same space with axes turned at random: the mean of the matched |cosines| of a
/// rotation drawn uniformly (Haar). A match that is not above it says nothing of axes.</summary>
/// <param name="Mean">Mean over the rotations.</param>
/// <param name="Upper">Below this are 95 % of them.</param>
public sealed record RotationNull(double Mean, double Upper)
{
    private const int Draws = 4000;

    /// <summary>Draws rotations.</summary>
    /// <param name="dimensions">Dimensions of the space, at least 1.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="other">Dimensions of the second model when it uses fewer; those without a partner count as 0.</param>
    /// <param name="draws">Number of rotations; with 4,000 the mean is known to about 0.001.</param>
    /// <param name="threads">Threads to use, all when 0; the result does not depend on it.</param>
    public static RotationNull Of(int dimensions, ulong seed, int? other = null, int draws = Draws, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions);
        var matched = new double[draws];
        Parallel.For(0, draws, new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : -1 }, draw =>
        {
            var cosines = Array.ConvertAll(Rotation(dimensions, new RandomStream(seed, "random rotation", (ulong)draw)), Math.Abs);
            var rows = Math.Min(dimensions, other ?? dimensions);
            var partner = LinearAssignment.Best(cosines.AsSpan(0, rows * dimensions), rows, dimensions);
            matched[draw] = partner.Select((column, row) => cosines[(row * dimensions) + column]).Sum() / dimensions;
        });
        return new RotationNull(SampleMoments.Mean(matched), SampleMoments.Quantile(matched, 0.95));
    }

    /// <summary>A rotation drawn uniformly, shape (d, d): normal vectors made orthogonal (Stewart 1980, SIAM J. Numer. Anal. 17,
    /// 403).</summary>
    internal static double[] Rotation(int d, RandomStream stream)
    {
        var rows = new double[d * d];
        for (var i = 0; i < d; i++)
        {
            var row = rows.AsSpan(i * d, d);
            for (var k = 0; k < d; k++)
            {
                row[k] = stream.NextNormal();
            }
            for (var j = 0; j < i; j++)
            {
                var other = rows.AsSpan(j * d, d);
                var along = TensorPrimitives.Dot<double>(row, other);
                TensorPrimitives.MultiplyAdd(other, -along, row, row);
            }
            TensorPrimitives.Divide(row, TensorPrimitives.Norm<double>(row), row);
        }
        return rows;
    }
}
