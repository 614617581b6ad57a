using System.Numerics.Tensors;

namespace Galatent.Networks.Fused;

/// <summary>The decoder on one chunk of spectra: latent vectors to flux, and back.</summary>
internal sealed unsafe class DecoderPass(FusedNetwork network, float[] meanSpectrum, LinearPath? linear)
{
    private readonly int _pixels = meanSpectrum.Length;

    /// <summary>Latent vectors to flux, mean spectrum added.</summary>
    /// <param name="chunk">Holds the latent vectors.</param>
    /// <param name="worker">Scratch memory.</param>
    /// <param name="flux">Receives shape (count, n_wave).</param>
    public void Forward(ChunkBuffers chunk, WorkerBuffers worker, float* flux)
    {
        DeepForward(chunk, worker);
        for (var s = 0; s < chunk.Count; s++)
        {
            ShallowForward(chunk, worker, s);
            var reconstruction = new ReadOnlySpan<float>(Level(chunk, worker, 0, s), _pixels);
            TensorPrimitives.Add(reconstruction, meanSpectrum, new Span<float>(flux + ((nint)s * _pixels), _pixels));
        }
    }

    /// <summary>Forward, squared error against the encoder's input, and back to the derivatives of the latent vectors.</summary>
    /// <param name="chunk">Holds the latent vectors and the encoder's input; receives the squared error and the derivatives.</param>
    /// <param name="worker">Scratch memory.</param>
    /// <param name="batchSize">Spectra over which the loss is averaged.</param>
    /// <param name="weights">Weights of the first spectrum's pixels; null for none.</param>
    /// <param name="weightStride">Floats from one spectrum's weights to the next's; 0 when all share them.</param>
    public void ForwardAndBackward(ChunkBuffers chunk, WorkerBuffers worker, int batchSize, float* weights = null, int weightStride = 0)
    {
        DeepForward(chunk, worker);
        (chunk.SquaredError, chunk.WeightedError) = (0, 0);
        if (linear is not null)
        {
            worker.ClearLinearGradient();
        }
        for (var s = 0; s < chunk.Count; s++)
        {
            ShallowForward(chunk, worker, s);
            var reconstruction = new Span<float>(Level(chunk, worker, 0, s), _pixels);
            var flux = new ReadOnlySpan<float>(chunk.Centred(s), _pixels);
            var (plain, weighted) = weights is null
                ? RowSums.SquaredError(flux, reconstruction, 2f / batchSize)
                : RowSums.SquaredError(
                    flux,
                    reconstruction,
                    new ReadOnlySpan<float>(weights + ((nint)s * weightStride), _pixels),
                    2f / batchSize,
                    network.HasMaskChannel
                );
            linear?.AddDerivatives(reconstruction, worker.LinearGradient(s));
            chunk.SquaredError += plain;
            chunk.WeightedError += weighted;
            for (var i = 0; i < network.FirstDeep; i++)
            {
                ShallowBackward(chunk, worker, i, s);
            }
        }
        for (var i = network.FirstDeep; i < network.Levels.Count; i++)
        {
            DeepBackward(chunk, i);
        }
        var deepest = chunk.DecoderDeep(network.Levels.Count - 1).Gradients;
        RowSums.ByColumn(
            deepest.First,
            deepest.Rows,
            deepest.Width,
            deepest.Stride,
            chunk.Gradient.Pointer + network.Layout.Input.BiasOffset,
            false
        );
        network.Input.Backward(deepest, chunk.ZGradient, Activation.None);
        for (var s = 0; s < chunk.Count && linear is not null; s++)
        {
            var gradient = new Span<float>(chunk.ZGradient.Row(s), network.Latent);
            TensorPrimitives.Add(gradient, worker.LinearGradient(s), gradient);
        }
    }

    private float* Level(ChunkBuffers chunk, WorkerBuffers worker, int level, int s) =>
        level == network.FirstDeep ? chunk.DecoderBorder.At(level, s) : worker.Decoder.At(level);

    private void DeepForward(ChunkBuffers chunk, WorkerBuffers worker)
    {
        var input = Activation.Forward(network.Bias(network.Layout.Input), 1);
        network.Input.Forward(chunk.Z, chunk.DecoderDeep(network.Levels.Count - 1).Values, input);
        for (var i = network.Levels.Count - 1; i >= network.FirstDeep; i--)
        {
            var shape = network.Levels[i];
            var patches = worker.Patches(shape, chunk.Count);
            network.DecoderDeep[i - network.FirstDeep].Backward(chunk.DecoderDeep(i).Values, patches, Activation.None);
            for (var s = 0; s < chunk.Count; s++)
            {
                var fine = chunk.DecoderFine(i, s, derivatives: false);
                PatchRows.Fold(shape, patches.Row(s * shape.OutputLength), patches.Stride, fine, network.DecoderActivation(i));
            }
        }
    }

    private void ShallowForward(ChunkBuffers chunk, WorkerBuffers worker, int s)
    {
        for (var i = network.FirstDeep - 1; i >= 0; i--)
        {
            network.DecoderLinks[i].Up(Level(chunk, worker, i + 1, s), Level(chunk, worker, i, s), network.DecoderActivation(i));
        }
        linear?.AddFlux(new ReadOnlySpan<float>(chunk.Z.Row(s), network.Latent), new Span<float>(Level(chunk, worker, 0, s), _pixels));
    }

    // The coarse level's values serve the weights' gradient and the LeakyReLU's sign before they are overwritten by their derivatives.
    private void ShallowBackward(ChunkBuffers chunk, WorkerBuffers worker, int i, int s)
    {
        var shape = network.Levels[i];
        var block = network.Layout.Decoder[i];
        var gradient = chunk.Gradient.Pointer;
        var fine = Level(chunk, worker, i, s);
        var coarse = Level(chunk, worker, i + 1, s);
        RowSums.ByColumn(fine, shape.InputLength, shape.InputChannels, shape.InputChannels, gradient + block.BiasOffset, s > 0);
        network.DecoderLinks[i].Gradient(fine, coarse, gradient + block.WeightOffset, s > 0);
        network.DecoderLinks[i].Down(fine, coarse, Activation.Backward(coarse, network.NegativeSlope));
    }

    private void DeepBackward(ChunkBuffers chunk, int i)
    {
        var shape = network.Levels[i];
        var deep = chunk.DecoderDeep(i);
        var block = network.Layout.Decoder[i];
        var patches = deep.Patches;
        for (var s = 0; s < chunk.Count; s++)
        {
            var fine = chunk.DecoderFine(i, s, derivatives: true);
            RowSums.ByColumn(
                fine.At(0),
                shape.InputLength,
                shape.InputChannels,
                fine.RowStride,
                chunk.Gradient.Pointer + block.BiasOffset,
                s > 0
            );
            PatchRows.Gather(shape, fine, patches.Row(s * shape.OutputLength), patches.Stride);
        }
        var slope = i == network.Levels.Count - 1 ? 1 : network.NegativeSlope;
        network.DecoderDeep[i - network.FirstDeep].Forward(patches, deep.Gradients, Activation.Backward(deep.Values.First, slope));
    }
}
