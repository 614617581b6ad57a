using System.Net;

namespace Galatent.Explore.Server;

/// <summary>How the explorer is served.</summary>
/// <param name="RunFolder">The run.</param>
public sealed record ExploreOptions(string RunFolder)
{
    /// <summary>Port; null for the first free one of 8765 to 8784, and any free one after these.</summary>
    public int? Port { get; init; }

    /// <summary>Address of this machine that others reach it by; null for this machine alone.</summary>
    public IPAddress? Listen { get; init; }

    /// <summary>Name by which others address it; null for the address itself.</summary>
    public string? ListenName { get; init; }

    /// <summary>Threads of encoder and simulator.</summary>
    public int Threads { get; init; } = 1;
}
