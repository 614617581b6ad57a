using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>The step of several processes.</summary>
internal sealed unsafe partial class FusedEngine
{
    private int[]? _muonStarts;

    /// <inheritdoc/>
    public (int First, int Count) Part(int spectra, ProcessGroup processes)
    {
        var round = new PinnedInputs { Spectra = spectra, Chunks = (spectra + SpectraPerChunk - 1) / SpectraPerChunk };
        var (first, count) = processes.Part(round.Chunks);
        return (round.FirstSpectrum(first), round.FirstSpectrum(first + count) - round.FirstSpectrum(first));
    }

    /// <inheritdoc/>
    public StepLoss StepTogether(
        ReadOnlySpan<float> part,
        ReadOnlySpan<float> epsilon,
        int spectra,
        ObjectiveWeights weights,
        float learningRate,
        ProcessGroup processes,
        ReadOnlySpan<float> pixelWeights = default
    )
    {
        if (_sharesMemory && _processes != processes)
        {
            throw new ArgumentException("The engine was made for other processes.", nameof(processes));
        }
        _shared ??= new SharedStep(processes, _gradientTasks, _network, Allocate, _sharesMemory);
        Pack();
        var chunks = (spectra + SpectraPerChunk - 1) / SpectraPerChunk;
        var (firstChunk, ownChunks) = processes.Part(chunks);
        EnsureRoom(ownChunks, 0);
        var shared = pixelWeights.Length == _pixels;
        CheckLength(pixelWeights.Length, shared || pixelWeights.IsEmpty ? pixelWeights.Length : part.Length, nameof(pixelWeights));
        var chunkStarts = processes.PartStarts(chunks);
        int[] spectrumStarts;
        double? penalty = null;
        fixed (
            float* input = part,
                noise = epsilon,
                pixel = pixelWeights
        )
        {
            _inputs = new PinnedInputs
            {
                Spectra = spectra,
                Chunks = chunks,
                Batch = _shared.BatchOf(spectra),
                FirstChunk = firstChunk,
                Beta = weights.Beta,
                PixelWeightStride = pixelWeights.Length == _pixels ? 0 : _pixels,
            };
            // A chunk finds its spectra by its place in the whole batch, of which only this part is here.
            var first = _inputs.FirstSpectrum(firstChunk);
            _inputs.Input = input - ((nint)first * _pixels);
            _inputs.Epsilon = noise - ((nint)first * _network.Latent);
            _inputs.PixelWeights = pixelWeights.IsEmpty ? null : pixel - ((nint)first * _inputs.PixelWeightStride);
            spectrumStarts = [.. chunkStarts.Select(c => _inputs.FirstSpectrum(c))];
            if (_term is null)
            {
                _team.Run(ownChunks, (worker, item) => Train(worker, firstChunk + item));
            }
            else
            {
                // Everybody evaluates the term of the whole batch: the latents are some hundred numbers a process, and its derivatives need
                // no further exchange.
                _team.Run(ownChunks, (worker, item) => SampleChunk(worker, firstChunk + item));
                _shared.CompleteLatents(_inputs.Batch, spectrumStarts);
                penalty = _term.Evaluate(_inputs.Batch, spectra, weights);
                MeetIfShared();
                _team.Run(ownChunks, (worker, item) => BackChunk(worker, firstChunk + item));
            }
        }
        var loss = LossOf(processes, firstChunk, ownChunks, penalty);
        if (!loss.MovesWeights(weights))
        {
            return loss;
        }
        _chunkGradients = _shared.Complete(_inputs.Batch, _chunks, firstChunk, chunkStarts, spectrumStarts);
        _adam.Begin(learningRate);
        _learningRate = learningRate;
        _team.Run(_shared.OwnTasks.Length, (worker, item) => UpdateWeights(worker, _shared.OwnTasks[item]));
        MoveTogether(processes);
        if (_sharesMemory)
        {
            MeetIfShared();
        }
        else
        {
            _shared.Complete(_network.Weights.Span);
            _team.Run(_shared.OtherTasks.Length, (_, item) => PackTask(_shared.OtherTasks[item]));
        }
        _itemsToPack = _network.ShallowPackingItems;
        return loss;
    }

    // Each process orthogonalises some layers. Weights in common memory are moved by who has made the update, others by everybody.
    private void MoveTogether(ProcessGroup processes)
    {
        if (_muon is null)
        {
            return;
        }
        var starts = _muonStarts ??= _muon.Divide(processes.Size);
        var first = starts[processes.Rank];
        var own = starts[processes.Rank + 1] - first;
        if (_sharesMemory)
        {
            MeetIfShared();
            _team.Run(own, (_, item) => Move(first + item));
            return;
        }
        _shared!.Complete(_muon.Direction);
        _team.Run(own, (_, item) => _muon.Orthogonalize(first + item));
        processes.AllGather(_muon.Direction, _muon.Starts(starts));
        _team.Run(_muon.Count, (_, item) => _muon.Apply(item, _network.Weights.Pointer, _learningRate));
    }

    private PinnedBuffer Allocate(long count) => (_sharesMemory ? _processes.Share(count) : null) ?? new PinnedBuffer(count);

    private void MeetIfShared()
    {
        if (_sharesMemory)
        {
            _processes.MemoryFence();
        }
    }

    private StepLoss LossOf(ProcessGroup processes, int firstChunk, int ownChunks, double? penalty)
    {
        var terms = new double[3 * _inputs.Chunks];
        for (var i = 0; i < ownChunks; i++)
        {
            double[] own = [_chunks[i].SquaredError, _chunks[i].WeightedError, _chunks[i].KullbackLeibler];
            own.CopyTo(terms, 3 * (firstChunk + i));
        }
        processes.AllGather<double>(terms, [.. processes.PartStarts(_inputs.Chunks).Select(chunk => 3 * chunk)]);
        double squaredError = 0;
        double weightedError = 0;
        double divergence = 0;
        for (var i = 0; i < terms.Length; i += 3)
        {
            squaredError += terms[i];
            weightedError += terms[i + 1];
            divergence += terms[i + 2];
        }
        var spectra = _inputs.Spectra;
        return new StepLoss(squaredError / spectra, divergence / spectra)
        {
            WeightedError = weightedError / spectra,
            Penalty = penalty ?? (_inputs.Beta * divergence / spectra),
        };
    }
}
