using Galatent.Files;
using Galatent.Spectra;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>What a file of simulated spectra will hold.</summary>
/// <param name="FirstRow">Number of its first spectrum in the whole set.</param>
/// <param name="Count">Number of its spectra.</param>
/// <param name="TotalCount">Number of spectra of the whole set.</param>
/// <param name="Provenance">Where they come from.</param>
/// <param name="Columns">The columns of each galaxy, in the order of <see cref="SimulatedRow.Columns"/>, without values.</param>
/// <param name="Rows">The galaxies.</param>
/// <param name="Seed">Seed of noise and dispersions.</param>
internal sealed record SimulatedFile(
    int FirstRow,
    int Count,
    int TotalCount,
    SpectrumProvenance Provenance,
    IReadOnlyList<ParameterColumn> Columns,
    IEnumerable<SimulatedRow> Rows,
    ulong Seed
);

/// <summary>One galaxy of a file of simulated spectra.</summary>
/// <param name="Population">Its stars, gas and dust.</param>
/// <param name="Redshift">Its redshift.</param>
/// <param name="Columns">Its numbers in the file.</param>
internal sealed record SimulatedRow(CompositeStellarPopulation Population, double Redshift, Func<double[]> Columns);
