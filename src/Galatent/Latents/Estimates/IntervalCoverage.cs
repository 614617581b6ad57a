namespace Galatent.Latents.Estimates;

/// <summary>How often intervals hold the truth.</summary>
/// <param name="Level">The promised share.</param>
/// <param name="Mixture">Share of test rows inside the mixture's own quantiles.</param>
/// <param name="Conformal">Share inside the conformal interval.</param>
/// <param name="MedianWidth">Median width of the conformal interval, unit of the parameter; infinite with too few calibration
/// rows.</param>
/// <param name="Widening">By how much the quantiles were moved outwards, unit of the parameter.</param>
public sealed record IntervalCoverage(double Level, double Mixture, double Conformal, double MedianWidth, double Widening);
