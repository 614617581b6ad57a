namespace Galatent.Synthesis.Mocks;

/// <summary>How one mock is observed, pixels aside.</summary>
/// <param name="Row">The copied spectrum, counted from 0; the mock's own number in a described survey.</param>
/// <param name="Redshift">The galaxy's redshift.</param>
/// <param name="RestMagnitude">Apparent AB magnitude at rest 5000-5500 Å; NaN where nothing is known. The galaxy is drawn to be about as
/// bright.</param>
/// <param name="FullWidthRestAngstrom">Full width at half maximum of a line at rest 5250 Å; NaN where it is not known.</param>
/// <param name="ExpectedChiSquare">Chi² per pixel of a perfect model, above 0 and at most 1: below 1 where pixels share data.</param>
/// <param name="Values">One number for each of <see cref="MockSurvey.Columns"/>.</param>
public sealed record MockConditions(
    int Row,
    double Redshift,
    double RestMagnitude,
    double FullWidthRestAngstrom,
    double ExpectedChiSquare,
    double[] Values
);
