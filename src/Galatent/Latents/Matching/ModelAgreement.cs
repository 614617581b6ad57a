using Galatent.Latents.Disentanglement;
using Galatent.Latents.Information;

namespace Galatent.Latents.Matching;

/// <summary>How much two models agree on the same spectra: axis by axis, and as spaces. Spaces that agree with axes that do not are the
/// same manifold in other coordinates.</summary>
/// <param name="Matching">Axis by axis.</param>
/// <param name="Subspace">As spaces, by linear maps.</param>
/// <param name="SecondFromFirst">Mean held-out R² of the second model's dimensions (normal scores) from all of the first, by Hermite
/// polynomials and products of pairs.</param>
/// <param name="FirstFromSecond">The way back.</param>
public sealed record ModelAgreement(DimensionMatching Matching, SubspaceAgreement Subspace, double SecondFromFirst, double FirstFromSecond)
{
    // The bias of CKA is about d / (n - 1).
    private const int FewRows = 1000;

    /// <summary>Compares posterior means.</summary>
    /// <param name="first">Columns of the first model, one for each dimension in use, at most 12.</param>
    /// <param name="second">Columns of the second model for the same spectra.</param>
    /// <param name="fitted">Rows that the regressions are fitted to.</param>
    /// <param name="judged">Rows that judge them.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static ModelAgreement Of(
        IReadOnlyList<double[]> first,
        IReadOnlyList<double[]> second,
        int[] fitted,
        int[] judged,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var matching = DimensionMatching.Of(first, second);
        if (first.Count == 0 || second.Count == 0)
        {
            return new ModelAgreement(matching, new SubspaceAgreement(0, []), 0, 0);
        }
        var subspace = SubspaceAgreement.Of(first, second);
        if (first[0].Length < FewRows)
        {
            subspace = subspace with { Alignment = SubspaceAgreement.DebiasedAlignment(first, second) };
        }
        var x = Scores(first);
        var y = Scores(second);
        return new ModelAgreement(
            matching,
            subspace,
            Predicted(x, y, fitted, judged, threads, cancellation),
            Predicted(y, x, fitted, judged, threads, cancellation)
        );
    }

    private static double[][] Scores(IReadOnlyList<double[]> columns) =>
        [.. GaussianCopula.Scores([.. columns.Select((c, i) => new NamedColumn($"dimension {i}", c))])];

    private static double Predicted(double[][] from, double[][] to, int[] fitted, int[] judged, int threads, CancellationToken cancellation)
    {
        var basis = HermiteBasis.Of(from);
        return SubsetRegression
            .HeldOutR2(
                RegressionMoments.Of(basis.Columns, to, fitted, fitted, threads),
                RegressionMoments.Of(basis.Columns, to, judged, fitted, threads),
                // All functions belong to one whole: only the regression on everything is wanted.
                [.. basis.Masks.Select(_ => 1)],
                1,
                threads,
                cancellation
            )
            .Average(r2 => r2[^1]);
    }
}
