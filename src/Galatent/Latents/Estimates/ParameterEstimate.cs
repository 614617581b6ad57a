namespace Galatent.Latents.Estimates;

/// <summary>How well one parameter is estimated from some columns.</summary>
/// <param name="R2">1 - squared error / variance on the test rows, of the predicted mean.</param>
/// <param name="R2StandardError">Its error over resamples of the test rows.</param>
/// <param name="NeighbourR2">The same for the mean of the nearest neighbours: a check that knows no mixture.</param>
/// <param name="Crps">Mean continuous ranked probability score, unit of the parameter.</param>
/// <param name="Intervals">One for each level.</param>
/// <param name="PitDistance">Largest distance between the distribution of F(truth) and the uniform one; 1.36/√n is exceeded by chance in
/// 5 % of cases.</param>
public sealed record ParameterEstimate(
    double R2,
    double R2StandardError,
    double NeighbourR2,
    double Crps,
    IntervalCoverage[] Intervals,
    double PitDistance
)
{
    /// <summary>Truth, lower and upper end of each level's conformal interval for every test row; shape (test rows, 1 + 2
    /// levels).</summary>
    internal double[][] TestIntervals { get; init; } = [];

    /// <summary>Predicted mean of every test row.</summary>
    internal double[] TestMeans { get; init; } = [];

    /// <summary>Predicted mean, lower and upper end of each level's conformal interval for every row whose truth is not known.</summary>
    internal double[][] UnknownIntervals { get; init; } = [];
}
