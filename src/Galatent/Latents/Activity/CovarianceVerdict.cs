namespace Galatent.Latents.Activity;

/// <summary>What eq. 11 says of a dimension once its error is counted.</summary>
public enum CovarianceVerdict
{
    /// <summary>The mean absolute covariance is less than two errors away from the threshold.</summary>
    Undecided,

    /// <summary>It is above the threshold by more than two errors.</summary>
    Informative,

    /// <summary>It is below by more than two errors.</summary>
    NotInformative,
}
