namespace Galatent.Latents.Reconstructions;

/// <summary>One spectrum and its reconstruction.</summary>
/// <param name="Name">The kind of galaxy, e.g. <c>star-forming</c>.</param>
/// <param name="Spectrum">Its row in the set.</param>
/// <param name="Flux">Normalised flux, shape (n_wave).</param>
/// <param name="Reconstructed">The decoded posterior mean, normalised flux, shape (n_wave).</param>
public sealed record Reconstruction(string Name, int Spectrum, double[] Flux, double[] Reconstructed);
