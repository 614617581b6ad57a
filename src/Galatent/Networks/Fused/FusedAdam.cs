using System.Numerics;
using System.Runtime.CompilerServices;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>Adam (see <see cref="AdamOptions"/>) in one pass over weights, gradient and both moments: it is bound by memory, so nothing is
/// read twice.</summary>
internal sealed unsafe class FusedAdam(AdamOptions options, int count)
{
    private float _stepSize;
    private float _rootCorrection;
    private float _keep;
    private float _limit;
    private float _floor;

    /// <summary>Running mean of the gradient, in the engine's order.</summary>
    public PinnedBuffer First { get; } = new(count);

    /// <summary>Running mean of the squared gradient, in the engine's order.</summary>
    public PinnedBuffer Second { get; } = new(count);

    /// <summary>Updates made so far.</summary>
    public long Steps { get; set; }

    /// <summary>Begins an update; <see cref="Update"/> must then see every weight once.</summary>
    public void Begin(float learningRate)
    {
        Steps++;
        _stepSize = (float)(learningRate / (1 - Math.Pow(options.Beta1, Steps)));
        _rootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, Steps)));
        (_limit, _floor) = options.GradientLimit(Steps);
        _keep = options.DecoupledDecay ? (float)(1 - (learningRate * options.WeightDecay)) : 1;
    }

    /// <summary>Updates a part of the weights; any thread, any order, any partition.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="gradient">Gradient of the part.</param>
    /// <param name="start">First weight of the part.</param>
    /// <param name="length">Weights in the part.</param>
    public void Update(float* weights, float* gradient, int start, int length)
    {
        var beta1 = (float)options.Beta1;
        var beta2 = (float)options.Beta2;
        var new1 = (float)(1 - options.Beta1);
        var new2 = (float)(1 - options.Beta2);
        var penalty = options.DecoupledDecay ? 0 : (float)options.WeightDecay;
        var epsilon = (float)options.Epsilon;
        var i = start;
        for (; i + Vector<float>.Count <= start + length; i += Vector<float>.Count)
        {
            var w = Unsafe.ReadUnaligned<Vector<float>>(weights + i);
            var g = Unsafe.ReadUnaligned<Vector<float>>(gradient + i - start) + (w * penalty);
            var v = Unsafe.ReadUnaligned<Vector<float>>(Second.Pointer + i);
            if (_limit > 0)
            {
                var limit = (Vector.SquareRoot(v) * _limit) + new Vector<float>(_floor);
                g = Vector.Min(Vector.Max(g, -limit), limit);
            }
            var m = (Unsafe.ReadUnaligned<Vector<float>>(First.Pointer + i) * beta1) + (g * new1);
            v = (v * beta2) + (g * g * new2);
            var denominator = (Vector.SquareRoot(v) * _rootCorrection) + new Vector<float>(epsilon);
            Unsafe.WriteUnaligned(First.Pointer + i, m);
            Unsafe.WriteUnaligned(Second.Pointer + i, v);
            Unsafe.WriteUnaligned(weights + i, (w * _keep) - (m * _stepSize / denominator));
        }
        for (; i < start + length; i++)
        {
            var g = gradient[i - start] + (weights[i] * penalty);
            if (_limit > 0)
            {
                var limit = (MathF.Sqrt(Second.Pointer[i]) * _limit) + _floor;
                g = Math.Clamp(g, -limit, limit);
            }
            var m = First.Pointer[i] = (First.Pointer[i] * beta1) + (g * new1);
            var v = Second.Pointer[i] = (Second.Pointer[i] * beta2) + (g * g * new2);
            weights[i] = (weights[i] * _keep) - (m * _stepSize / ((MathF.Sqrt(v) * _rootCorrection) + epsilon));
        }
    }
}
