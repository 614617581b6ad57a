using Galatent.Networks.Objectives;

namespace Galatent.Networks.Fused;

/// <summary>A latent term between the encoding and the decoding of a batch: it needs all latents at once, so it stands between two rounds
/// of the workers.</summary>
internal sealed unsafe class LatentTermPass(ILatentTerm term, int latent)
{
    private float[] _mu = [];
    private float[] _logVariance = [];
    private float[] _z = [];
    private float[] _muGradient = [];
    private float[] _logVarianceGradient = [];
    private float[] _zGradient = [];

    /// <summary>The term's value per spectrum. Its derivatives with respect to the posterior go to the batch's posterior gradient, those of
    /// z stay here.</summary>
    public double Evaluate(BatchBuffers batch, int spectra, ObjectiveWeights weights)
    {
        var length = spectra * latent;
        if (_mu.Length < length)
        {
            (_mu, _logVariance, _z) = (new float[length], new float[length], new float[length]);
            (_muGradient, _logVarianceGradient, _zGradient) = (new float[length], new float[length], new float[length]);
        }
        var posterior = batch.Posterior(0, spectra);
        var z = batch.Z(0, spectra);
        var gradient = batch.PosteriorGradient(0, spectra);
        for (var s = 0; s < spectra; s++)
        {
            Row(posterior, s, 0).CopyTo(_mu.AsSpan(s * latent));
            Row(posterior, s, latent).CopyTo(_logVariance.AsSpan(s * latent));
            Row(z, s, 0).CopyTo(_z.AsSpan(s * latent));
        }
        var value = term.Evaluate(
            new LatentBatch(latent, _mu.AsSpan(0, length), _logVariance.AsSpan(0, length), _z.AsSpan(0, length)),
            weights,
            new LatentGradient(_muGradient.AsSpan(0, length), _logVarianceGradient.AsSpan(0, length), _zGradient.AsSpan(0, length))
        );
        for (var s = 0; s < spectra; s++)
        {
            _muGradient.AsSpan(s * latent, latent).CopyTo(Row(gradient, s, 0));
            _logVarianceGradient.AsSpan(s * latent, latent).CopyTo(Row(gradient, s, latent));
        }
        return value;
    }

    /// <summary>Derivatives with respect to some spectra's latent vectors, shape (count, latent).</summary>
    public ReadOnlySpan<float> ZGradient(int first, int count) => _zGradient.AsSpan(first * latent, count * latent);

    private Span<float> Row(RowBlock block, int spectrum, int offset) => new(block.Row(spectrum) + offset, latent);
}
