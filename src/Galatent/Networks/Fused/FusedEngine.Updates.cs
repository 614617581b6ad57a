namespace Galatent.Networks.Fused;

/// <summary>The last part of a step: gradients are added up, and the weights move.</summary>
internal sealed unsafe partial class FusedEngine
{
    /// <inheritdoc/>
    public AdamState GetAdamState()
    {
        _shared?.Complete(_adam.First.Span);
        _shared?.Complete(_adam.Second.Span);
        var state = new AdamState(new float[Layout.Count], new float[Layout.Count], _adam.Steps);
        _network.Layout.Export(_adam.First.Span, state.FirstMoment);
        _network.Layout.Export(_adam.Second.Span, state.SecondMoment);
        return state;
    }

    /// <inheritdoc/>
    public void SetAdamState(AdamState state)
    {
        _network.Layout.Import(state.FirstMoment, _adam.First.Span);
        _network.Layout.Import(state.SecondMoment, _adam.Second.Span);
        _adam.Steps = state.Steps;
    }

    private void SumGradient(int worker, int item)
    {
        var part = _workers[worker].Gradient;
        _gradientTasks.Compute(item, _inputs.Batch, _inputs.Spectra, _chunkGradients, _inputs.Chunks, part.Pointer);
        part.Span[.._gradientTasks.Length(item)].CopyTo(_gradient.AsSpan(_gradientTasks.Start(item)));
    }

    private void UpdateWeights(int worker, int item)
    {
        var part = _workers[worker].Gradient.Pointer;
        _gradientTasks.Compute(item, _inputs.Batch, _inputs.Spectra, _chunkGradients, _inputs.Chunks, part);
        foreach (var (start, length, isMatrix) in _stretches[item])
        {
            var gradient = part + (start - _gradientTasks.Start(item));
            if (isMatrix)
            {
                _muon!.Follow(_adam.First.Pointer, gradient, start, length);
            }
            else
            {
                _adam.Update(_network.Weights.Pointer, gradient, start, length);
            }
        }
        PackTask(item);
    }

    // Layers that Muon moves are packed after they have moved.
    private void PackTask(int task)
    {
        if (!_stretches[task][^1].IsMatrix)
        {
            _gradientTasks.Pack(task);
        }
    }

    private (int Start, int Length, bool IsMatrix)[] Stretches(int start, int length) =>
        _muon is null ? [(start, length, false)] : [.. _muon.Stretches(start, length)];

    private void Move(int layer)
    {
        _muon!.Orthogonalize(layer);
        _muon.Apply(layer, _network.Weights.Pointer, _learningRate);
    }
}
