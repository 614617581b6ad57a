namespace Galatent.Synthesis.Galaxies;

/// <summary>An endless numbered list of galaxies; number k depends on the seed and k alone.</summary>
internal interface ICandidates
{
    /// <summary>Faintest r-band AB magnitude of the sample; +inf when every candidate belongs to it.</summary>
    double RMagnitudeLimit { get; }

    /// <summary>Candidate number <paramref name="index"/>, or null when it surely misses the magnitude limit. Safe to call from many
    /// threads.</summary>
    Galaxy? DrawIfMayPass(ulong seed, ulong index);
}
