namespace Galatent.Synthesis.Galaxies;

/// <summary>An endless numbered list of galaxies. Number k depends only on the seed and k.</summary>
internal interface ICandidates
{
    /// <summary>Faintest r-band AB magnitude of the sample; +inf when every candidate belongs to the sample.</summary>
    double RMagnitudeLimit { get; }

    /// <summary>Candidate number <paramref name="index"/>, or null when it is certainly too faint. Safe to call from many
    /// threads.</summary>
    Galaxy? DrawIfMayPass(ulong seed, ulong index);
}
