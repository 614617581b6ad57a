using Galatent.Networks;
using static TorchSharp.torch;
using Factor = Galatent.Numerics.MatrixProducts.PolarFactor;

namespace Galatent.Torch;

/// <summary>Muon (see <see cref="MuonOptions"/>) for one weight, in tensor operations.</summary>
internal static class TorchMuon
{
    /// <summary>Whether this weight is a matrix that Muon moves.</summary>
    /// <param name="options">Constants; null for Adam alone.</param>
    /// <param name="block">Name and shape.</param>
    public static bool Moves(MuonOptions? options, ParameterBlock block)
    {
        if (options is null || block.Shape.Length < 2)
        {
            return false;
        }
        var rows = block.Shape[IsTransposed(block) ? 1 : 0];
        return options.Moves(rows, block.Count / rows);
    }

    /// <summary>One update.</summary>
    /// <param name="options">Constants.</param>
    /// <param name="block">Name and shape.</param>
    /// <param name="weight">Is changed.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="momentum">M, is changed.</param>
    /// <param name="learningRate">η.</param>
    public static void Update(
        MuonOptions options,
        ParameterBlock block,
        Tensor weight,
        Tensor gradient,
        Tensor momentum,
        double learningRate
    )
    {
        momentum.Times_(options.Momentum).add_(gradient);
        var direction = gradient.Plus(momentum, options.Momentum);
        var view = IsTransposed(block) ? direction.transpose(0, 1) : direction;
        var shape = view.shape;
        var matrix = view.reshape(shape[0], -1);
        var polar =
            matrix.shape[0] > matrix.shape[1] ? PolarFactor(matrix.t(), options.Iterations).t() : PolarFactor(matrix, options.Iterations);
        var update = polar.reshape(shape);
        var size = MuonOptions.Length((int)matrix.shape[0], (int)matrix.shape[1]);
        weight.Plus_(IsTransposed(block) ? update.transpose(0, 1) : update, -learningRate * size);
    }

    // A transposed convolution has the shape (in, out, kernel): its outputs come second.
    private static bool IsTransposed(ParameterBlock block) =>
        block.Shape.Length == 3 && block.Name.StartsWith("decoder.", StringComparison.Ordinal);

    // As the library's, for a matrix that is not taller than wide.
    private static Tensor PolarFactor(Tensor matrix, int iterations)
    {
        var norm = matrix.norm().item<float>();
        if (norm == 0)
        {
            return matrix;
        }
        var x = matrix.clone().Times_(1 / norm);
        for (var i = 0; i < iterations; i++)
        {
            var gram = x.matmul(x.t());
            var polynomial = gram.clone().Times_(Factor.B).Plus_(gram.matmul(gram), Factor.C);
            x = polynomial.matmul(x).Plus_(x, Factor.A);
        }
        return x;
    }
}
