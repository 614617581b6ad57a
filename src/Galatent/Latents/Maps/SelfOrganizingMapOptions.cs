namespace Galatent.Latents.Maps;

/// <summary>Size and schedule of a self-organising map.</summary>
public sealed record SelfOrganizingMapOptions
{
    /// <summary>Rows of units, at least 1.</summary>
    public int Rows { get; init; } = 15;

    /// <summary>Columns of units, at least 1.</summary>
    public int Columns { get; init; } = 15;

    /// <summary>Passes over the data, at least 1.</summary>
    public int Passes { get; init; } = 40;

    /// <summary>Radius of the neighbourhood in the first pass, in units of the grid. It falls geometrically.</summary>
    public double FirstRadius { get; init; } = 3.75;

    /// <summary>Radius in the last pass.</summary>
    public double LastRadius { get; init; } = 0.5;

    /// <summary>The radius of a pass, from 0.</summary>
    public double Radius(int pass) =>
        Passes == 1 ? FirstRadius : FirstRadius * Math.Pow(LastRadius / FirstRadius, (double)pass / (Passes - 1));
}
