using Galatent.Numerics;

namespace Galatent.Networks.Objectives;

/// <summary>
/// A latent term of a batch that processes may have divided among them. It needs all latents at once, so they are gathered (some hundred
/// numbers per process, where the gradient has a million), every process evaluates the whole term, and takes the derivatives of its own
/// spectra: what one process would have.
/// </summary>
internal sealed class BatchTerm(ILatentTerm term, int latent)
{
    private float[] _mu = [];
    private float[] _logVariance = [];
    private float[] _z = [];
    private float[] _muGradient = [];
    private float[] _logVarianceGradient = [];
    private float[] _zGradient = [];
    private ProcessGroup _processes = ProcessGroup.Alone;
    private int _spectra;
    private int _start;
    private int _length;

    /// <summary>Posterior means of this process's spectra, shape (b, latent); to be filled before <see cref="Evaluate"/>, as the next
    /// two.</summary>
    public Span<float> Mu => _mu.AsSpan(_start, _length);

    /// <summary>Their ln σ².</summary>
    public Span<float> LogVariance => _logVariance.AsSpan(_start, _length);

    /// <summary>Their draws.</summary>
    public Span<float> Z => _z.AsSpan(_start, _length);

    /// <summary>Derivatives with respect to <see cref="Mu"/> at fixed z, after <see cref="Evaluate"/>.</summary>
    public Span<float> MuGradient => _muGradient.AsSpan(_start, _length);

    /// <summary>Derivatives with respect to <see cref="LogVariance"/> at fixed z.</summary>
    public Span<float> LogVarianceGradient => _logVarianceGradient.AsSpan(_start, _length);

    /// <summary>Derivatives with respect to <see cref="Z"/>.</summary>
    public Span<float> ZGradient => _zGradient.AsSpan(_start, _length);

    /// <summary>Value of the last evaluation: per spectrum of the whole batch, the same bits in every process.</summary>
    public double Value { get; private set; }

    /// <summary>Makes room for a batch.</summary>
    /// <param name="spectra">Spectra of the whole batch.</param>
    /// <param name="processes">Who shares it.</param>
    public void Begin(int spectra, ProcessGroup processes)
    {
        var (first, count) = processes.Part(spectra);
        (_processes, _spectra, _start, _length) = (processes, spectra, first * latent, count * latent);
        var length = spectra * latent;
        if (_mu.Length < length)
        {
            (_mu, _logVariance, _z) = (new float[length], new float[length], new float[length]);
            (_muGradient, _logVarianceGradient, _zGradient) = (new float[length], new float[length], new float[length]);
        }
    }

    /// <summary>The term's value and derivatives; all processes must call it, also those that have no spectra.</summary>
    public double Evaluate(ObjectiveWeights weights)
    {
        var length = _spectra * latent;
        if (_processes.Size > 1)
        {
            int[] starts = [.. _processes.PartStarts(_spectra).Select(start => start * latent)];
            _processes.AllGather(_mu.AsSpan(0, length), starts);
            _processes.AllGather(_logVariance.AsSpan(0, length), starts);
            _processes.AllGather(_z.AsSpan(0, length), starts);
        }
        Value = term.Evaluate(
            new LatentBatch(latent, _mu.AsSpan(0, length), _logVariance.AsSpan(0, length), _z.AsSpan(0, length)),
            weights,
            new LatentGradient(_muGradient.AsSpan(0, length), _logVarianceGradient.AsSpan(0, length), _zGradient.AsSpan(0, length))
        );
        return Value;
    }
}
