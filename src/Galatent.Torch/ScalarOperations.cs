using TorchSharp;
using static TorchSharp.torch;

namespace Galatent.Torch;

/// <summary>
/// Operations of a tensor with a number that keep the number alive. TorchSharp 0.107 passes a Scalar's bare handle to native code, and a
/// temporary one may be finalised while the call runs: "Unknown scalar type", seen once in some ten thousand updates when another thread
/// collected garbage.
/// Numbers hide in a sum of tensors
/// (times one), a square (to the power of two) and the reading of a value; a test refuses TorchSharp's own versions of these, wherever they
/// are called.
/// </summary>
internal static class ScalarOperations
{
    public static Tensor Times(this Tensor tensor, double factor) => With(factor, tensor.mul);

    public static Tensor Times_(this Tensor tensor, double factor) => With(factor, tensor.mul_);

    public static Tensor Plus(this Tensor tensor, double term) => With(term, t => With(1, one => tensor.add(t, one)));

    public static Tensor Plus_(this Tensor tensor, double term) => With(term, t => With(1, one => tensor.add_(t, one)));

    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.Plus(other, 1);

    public static Tensor Plus(this Tensor tensor, Tensor other, double factor) => With(factor, f => tensor.add(other, f));

    public static Tensor Plus_(this Tensor tensor, Tensor other, double factor) => With(factor, f => tensor.add_(other, f));

    public static Tensor PlusProduct_(this Tensor tensor, Tensor a, Tensor b, double factor) => With(factor, f => tensor.addcmul_(a, b, f));

    public static Tensor PlusQuotient_(this Tensor tensor, Tensor a, Tensor b, double factor) =>
        With(factor, f => tensor.addcdiv_(a, b, f));

    public static Tensor LeakyRelu(this Tensor tensor, double slope) => With(slope, tensor.leaky_relu);

    public static Tensor Square(this Tensor tensor) => tensor.mul(tensor);

    /// <summary>The value of a tensor of one element.</summary>
    public static double Number(this Tensor tensor)
    {
        using var scalar = tensor.ToScalar();
        return scalar.ToDouble();
    }

    private static Tensor With(double value, Func<Scalar, Tensor> operation)
    {
        using var scalar = value.ToScalar();
        return operation(scalar);
    }
}
