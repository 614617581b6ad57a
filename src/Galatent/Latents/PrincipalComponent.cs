using Galatent.Files;

namespace Galatent.Latents;

/// <summary>A row of <c>principal-components.csv</c>.</summary>
/// <param name="Component">From 0, the largest first.</param>
/// <param name="Eigenvalue">Variance of the training spectra along it, normalised flux squared.</param>
internal sealed record PrincipalComponent(int Component, double Eigenvalue)
{
    public static TableColumns<PrincipalComponent> Columns { get; } =
        new TableColumns<PrincipalComponent>(new(0, 0))
            .Count("component", c => c.Component, (c, value) => c with { Component = value })
            .Number("eigenvalue", c => c.Eigenvalue, (c, value) => c with { Eigenvalue = value });
}
