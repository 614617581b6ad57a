using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>A latent term between the encoding and the decoding of a batch: it needs all latents at once, so it stands between two rounds of the workers.</summary>
internal sealed unsafe class TermPass(ILatentTerm term, int latent)
{
    private readonly BatchTerm _term = new(term, latent);

    /// <summary>The term's value per spectrum of the whole batch, of the last evaluation.</summary>
    public double Value => _term.Value;

    /// <summary>Evaluates the term. Its derivatives with respect to the posterior go to the batch's posterior gradient, those of z stay here.</summary>
    /// <param name="batch">Holds this process's posteriors and latent vectors.</param>
    /// <param name="spectra">Their number; may be 0.</param>
    /// <param name="wholeBatch">Spectra in the batch of all processes.</param>
    /// <param name="weights">Weights of this update.</param>
    /// <param name="processes">Who shares the batch.</param>
    public void Evaluate(BatchBuffers batch, int spectra, int wholeBatch, ObjectiveWeights weights, ProcessGroup processes)
    {
        _term.Begin(wholeBatch, processes);
        if (spectra == 0)
        {
            _term.Evaluate(weights);
            return;
        }
        var (posterior, z, gradient) = (batch.Posterior(0, spectra), batch.Z(0, spectra), batch.PosteriorGradient(0, spectra));
        for (var s = 0; s < spectra; s++)
        {
            Row(posterior, s, 0).CopyTo(_term.Mu[(s * latent)..]);
            Row(posterior, s, latent).CopyTo(_term.LogVariance[(s * latent)..]);
            Row(z, s, 0).CopyTo(_term.Z[(s * latent)..]);
        }
        _term.Evaluate(weights);
        for (var s = 0; s < spectra; s++)
        {
            _term.MuGradient.Slice(s * latent, latent).CopyTo(Row(gradient, s, 0));
            _term.LogVarianceGradient.Slice(s * latent, latent).CopyTo(Row(gradient, s, latent));
        }
    }

    /// <summary>Derivatives with respect to some of this process's latent vectors, shape (count, latent).</summary>
    public ReadOnlySpan<float> ZGradient(int first, int count) => _term.ZGradient.Slice(first * latent, count * latent);

    private Span<float> Row(RowBlock block, int spectrum, int offset) => new(block.Row(spectrum) + offset, latent);
}
