using System.Numerics.Tensors;

namespace Galatent.Networks.Fused;

/// <summary>The encoder on one chunk of spectra: flux to posterior, and back.</summary>
internal sealed unsafe class EncoderPass(FusedNetwork network, float[] meanSpectrum, LinearPath? linear)
{
    /// <summary>Fills the encoder's levels and the posterior.</summary>
    /// <param name="chunk">Its count says how many spectra.</param>
    /// <param name="flux">Shape (count, n_wave).</param>
    /// <param name="weights">Weights of the first spectrum's pixels; null for none.</param>
    /// <param name="weightStride">Floats from one spectrum's weights to the next's; 0 when all share them.</param>
    public void Forward(ChunkBuffers chunk, float* flux, float* weights, int weightStride)
    {
        var pixels = meanSpectrum.Length;
        for (var s = 0; s < chunk.Count; s++)
        {
            TensorPrimitives.Subtract(
                new ReadOnlySpan<float>(flux + ((nint)s * pixels), pixels),
                meanSpectrum,
                new Span<float>(chunk.Centred(s), pixels)
            );
            if (network.HasMaskChannel)
            {
                Interleave(chunk.Centred(s), weights is null ? null : weights + ((nint)s * weightStride), chunk.Encoder.At(0, s));
            }
            for (var i = 0; i < network.FirstDeep; i++)
            {
                network.EncoderLinks[i].Down(chunk.Encoder.At(i, s), chunk.Encoder.At(i + 1, s), network.EncoderActivation(i));
            }
        }
        for (var i = network.FirstDeep; i < network.EncoderLevels.Count; i++)
        {
            var deep = chunk.EncoderDeep(i);
            var shape = network.EncoderLevels[i];
            var patches = deep.Patches;
            for (var s = 0; s < chunk.Count; s++)
            {
                PatchRows.Gather(shape, chunk.EncoderFine(i, s, derivatives: false), patches.Row(s * shape.OutputLength), patches.Stride);
            }
            network.EncoderDeep[i - network.FirstDeep].Forward(patches, deep.Values, network.EncoderActivation(i));
        }
        network.Heads.Forward(
            chunk.EncoderDeep(network.EncoderLevels.Count - 1).Values,
            chunk.Posterior,
            Activation.Forward(network.Bias(network.Layout.Heads), 1)
        );
        for (var s = 0; s < chunk.Count && linear is not null; s++)
        {
            linear.AddMeans(new ReadOnlySpan<float>(chunk.Centred(s), pixels), new Span<float>(chunk.Posterior.Row(s), network.Latent));
        }
    }

    /// <summary>From the derivatives of the posterior to those of the weights; the levels' values are lost.</summary>
    public void Backward(ChunkBuffers chunk, WorkerBuffers worker)
    {
        var gradient = chunk.Gradient.Pointer;
        var posterior = chunk.PosteriorGradient;
        RowSums.ByColumn(
            posterior.First,
            posterior.Rows,
            posterior.Width,
            posterior.Stride,
            gradient + network.Layout.Heads.BiasOffset,
            false
        );
        var deepest = chunk.EncoderDeep(network.EncoderLevels.Count - 1);
        network.Heads.Backward(posterior, deepest.Gradients, Activation.Backward(deepest.Values.First, network.NegativeSlope));
        for (var i = network.EncoderLevels.Count - 1; i >= network.FirstDeep; i--)
        {
            DeepBackward(chunk, worker, i);
        }
        for (var s = 0; s < chunk.Count; s++)
        {
            for (var i = network.FirstDeep - 1; i >= 0; i--)
            {
                ShallowBackward(chunk, i, s);
            }
        }
    }

    // Not multiplied by 0: a bad pixel may hold anything.
    private void Interleave(float* centred, float* weights, float* channels)
    {
        for (var i = 0; i < meanSpectrum.Length; i++)
        {
            var isSeen = weights is null || weights[i] > 0;
            centred[i] = isSeen ? centred[i] : 0;
            channels[2 * i] = centred[i];
            channels[(2 * i) + 1] = isSeen ? 0 : 1;
        }
    }

    private void DeepBackward(ChunkBuffers chunk, WorkerBuffers worker, int i)
    {
        var shape = network.EncoderLevels[i];
        var coarse = chunk.EncoderDeep(i).Gradients;
        RowSums.ByColumn(
            coarse.First,
            coarse.Rows,
            coarse.Width,
            coarse.Stride,
            chunk.Gradient.Pointer + network.Layout.Encoder[i].BiasOffset,
            false
        );
        if (i == 0)
        {
            return;
        }
        var patches = worker.Patches(shape, chunk.Count);
        network.EncoderDeep[i - network.FirstDeep].Backward(coarse, patches, Activation.None);
        for (var s = 0; s < chunk.Count; s++)
        {
            var values = (float*)chunk.EncoderFine(i, s, derivatives: false).First;
            var target = chunk.EncoderFine(i, s, derivatives: true);
            PatchRows.Fold(
                shape,
                patches.Row(s * shape.OutputLength),
                patches.Stride,
                target,
                Activation.Backward(values, network.NegativeSlope)
            );
        }
    }

    private void ShallowBackward(ChunkBuffers chunk, int i, int s)
    {
        var shape = network.EncoderLevels[i];
        var block = network.Layout.Encoder[i];
        var gradient = chunk.Gradient.Pointer;
        var fine = chunk.Encoder.At(i, s);
        var coarse = chunk.Encoder.At(i + 1, s);
        RowSums.ByColumn(coarse, shape.OutputLength, shape.OutputChannels, shape.OutputChannels, gradient + block.BiasOffset, s > 0);
        network.EncoderLinks[i].Gradient(fine, coarse, gradient + block.WeightOffset, s > 0);
        if (i > 0)
        {
            network.EncoderLinks[i].Up(coarse, fine, Activation.Backward(fine, network.NegativeSlope));
        }
    }
}
