using System.Numerics;

namespace Galatent.Numerics;

/// <summary>
/// Normal deviates in single precision, many at once: quantiles by two polynomials in the form of Giles (2010, "Approximating the erfinv
/// function", GPU Computing Gems 2, chapter 10). The coefficients of the centre are his. His ends stop being right at 6e-8, so ours are
/// fitted to the ends of 2^32 cells. Relative error below 1e-6.
/// </summary>
internal static class NormalNoise
{
    private const float CellOfHalf = 1 / 2147483648f;

    // Where the second polynomial begins: 0.3 % of the deviates.
    private const float Tail = 5;

    /// <summary>The quantiles of the midpoints of 2^32 equal cells.</summary>
    /// <param name="cells">Numbers of the cells, in whole registers.</param>
    /// <param name="deviates">Receives the quantiles; as many.</param>
    public static void Quantiles(ReadOnlySpan<uint> cells, Span<float> deviates)
    {
        for (var i = 0; i < cells.Length; i += Vector<float>.Count)
        {
            Quantiles(new Vector<uint>(cells[i..])).CopyTo(deviates[i..]);
        }
    }

    // The distance to the end of the range is formed from whole numbers, so that it is exact where it is small.
    private static Vector<float> Quantiles(Vector<uint> cells)
    {
        var signed = Vector.AsVectorInt32(cells ^ new Vector<uint>(0x80000000));
        var fromMiddle = signed ^ Vector.ShiftRightArithmetic(signed, 31);
        var half = new Vector<float>(0.5f);
        var end = (Vector.ConvertToSingle(new Vector<int>(int.MaxValue) - fromMiddle) + half) * CellOfHalf;
        var x = (Vector.ConvertToSingle(fromMiddle) + half) * (CellOfHalf * MathF.Sqrt(2));
        var w = -Vector.Log(end * (new Vector<float>(2) - end));
        var quantile = x * Polynomial(w - new Vector<float>(2.5f), Centre);
        var isTail = Vector.GreaterThan(w, new Vector<float>(Tail));
        if (isTail != Vector<int>.Zero)
        {
            var tail = x * Polynomial(Vector.SquareRoot(w) - new Vector<float>(3.5f), Ends);
            quantile = Vector.ConditionalSelect(isTail, tail, quantile);
        }
        return Vector.ConditionalSelect(Vector.LessThan(signed, Vector<int>.Zero), -quantile, quantile);
    }

    private static Vector<float> Polynomial(Vector<float> x, ReadOnlySpan<float> coefficients)
    {
        var value = new Vector<float>(coefficients[0]);
        foreach (var coefficient in coefficients[1..])
        {
            value = (value * x) + new Vector<float>(coefficient);
        }
        return value;
    }

    // From the highest power down.
    private static ReadOnlySpan<float> Centre =>
        [
            2.81022636e-08f,
            3.43273939e-07f,
            -3.5233877e-06f,
            -4.39150654e-06f,
            0.00021858087f,
            -0.00125372503f,
            -0.00417768164f,
            0.246640727f,
            1.50140941f,
        ];
    private static ReadOnlySpan<float> Ends =>
        [
            3.775437653530389e-05f,
            1.3590389244200196e-05f,
            -0.00030564222834073007f,
            0.0005190747324377298f,
            -0.0006124060018919408f,
            0.0010462462669238448f,
            -0.0020864694379270077f,
            0.003285509767010808f,
            1.0073710680007935f,
            3.3354854583740234f,
        ];
}
