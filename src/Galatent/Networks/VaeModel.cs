using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Networks;

/// <summary>A trained network: encodes spectra to latent posteriors and decodes latent vectors to spectra, with plain arrays. Not safe for
/// concurrent use.</summary>
public sealed class VaeModel : IDisposable
{
    /// <summary>File of the weights inside a model folder.</summary>
    public const string WeightsFile = "weights.safetensors";

    /// <summary>File of the description inside a model folder.</summary>
    public const string DescriptionFile = "model.json";

    /// <summary>Name of the model folder beside the results of its analysis.</summary>
    public const string FolderName = "model";

    // Blocks limit the memory of the activations (0.6 MB per spectrum). They also make the results independent of the number of spectra per
    // call.
    private const int BlockSize = 64;

    private readonly ITrainingEngine _engine;

    private VaeModel(ModelDescription description, NetworkWeights weights, ITrainingEngine engine)
    {
        (Description, Weights, _engine) = (description, weights, engine);
        Grid = new WavelengthGrid(description.WavelengthAngstrom);
    }

    /// <summary>How the network was made.</summary>
    public ModelDescription Description { get; }

    /// <summary>The trained numbers.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>The pixels of the network's spectra.</summary>
    public WavelengthGrid Grid { get; }

    /// <summary>Number of latent dimensions.</summary>
    public int LatentDimensions => Description.Network.LatentDimensions;

    /// <summary>Loads a model folder.</summary>
    /// <param name="folder">A folder with <c>model.json</c> and <c>weights.safetensors</c>, or a folder with a subfolder <c>model</c> that
    /// holds them.</param>
    /// <param name="compute">Where to compute; the CPU with one thread per core when null.</param>
    /// <exception cref="InputException">A file is missing or damaged, or the two do not belong together.</exception>
    public static VaeModel Load(string folder, ComputeOptions? compute = null)
    {
        var stored = StoredModel.Read(folder);
        var engine = (compute ?? new ComputeOptions()).Create(stored.Weights, new AdamOptions());
        return new VaeModel(stored.Description, stored.Weights, engine);
    }

    /// <summary>The actual model folder: the folder itself, or its subfolder <c>model</c> if only that holds a model.</summary>
    public static string Home(string folder)
    {
        var inner = Path.Combine(folder, FolderName);
        return !File.Exists(Path.Combine(folder, DescriptionFile)) && File.Exists(Path.Combine(inner, DescriptionFile)) ? inner : folder;
    }

    /// <summary>Posteriors of a whole set, in memory or streamed. A model with a mask channel does not see the bad pixels of
    /// <see cref="FilledSpectra"/>, whatever they were filled with.</summary>
    /// <param name="spectra">Spectra on the model's pixels.</param>
    /// <param name="progress">Receives the progress after every block.</param>
    /// <param name="processes">The processes that share the spectra; all get all posteriors. Null for this process alone.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="InputException">The spectra do not fit the network (<see cref="ModelDescription.RequireAlike"/>).</exception>
    public LatentPosterior Encode(
        ISpectrumSource spectra,
        IProgress<StepProgress>? progress = null,
        ProcessGroup? processes = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(spectra);
        Description.RequireAlike(spectra);
        processes ??= ProcessGroup.Alone;
        var part = processes.Part(spectra.Count);
        var posterior = NewPosterior(spectra.Count);
        var block = new float[BlockSize * Grid.Count];
        var gaps = Description.Network.MaskChannel ? spectra as FilledSpectra : null;
        var isGood = new float[gaps is null ? 0 : block.Length];
        for (var done = 0; done < part.Count; done += BlockSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(BlockSize, part.Count - done);
            var flux = block.AsSpan(0, rows * Grid.Count);
            spectra.ReadFrom(part.First + done, flux);
            var good = isGood.AsSpan(0, gaps is null ? 0 : flux.Length);
            gaps?.ReadGood(part.First + done, good);
            EncodeInto(posterior, part.First + done, flux, good);
            progress?.Report(new StepProgress(Math.Min(spectra.Count, (done + rows) * (long)processes.Size), spectra.Count));
        }
        int[] starts = [.. processes.PartStarts(spectra.Count).Select(s => s * LatentDimensions)];
        processes.AllGather<float>(posterior.Mu, starts);
        processes.AllGather<float>(posterior.LogVariance, starts);
        return posterior;
    }

    /// <summary>Posteriors of a flux block.</summary>
    /// <param name="flux">Normalised flux, shape (n, n_wave), row-major.</param>
    public LatentPosterior Encode(ReadOnlySpan<float> flux) => Encode(flux, []);

    /// <summary>Posteriors of a flux block with bad pixels.</summary>
    /// <param name="flux">Normalised flux, shape (n, n_wave), row-major; bad pixels may hold anything.</param>
    /// <param name="good">0 for a bad pixel, 1 for a good one, same shape; empty where all are good.</param>
    /// <exception cref="InputException">The model has no mask channel: bad pixels must be filled first.</exception>
    public LatentPosterior Encode(ReadOnlySpan<float> flux, ReadOnlySpan<float> good)
    {
        if (!good.IsEmpty && !Description.Network.MaskChannel)
        {
            throw new InputException("The model has no mask channel, so it cannot be told of bad pixels; fill them (FilledSpectra).");
        }
        if (!good.IsEmpty && good.Length != flux.Length)
        {
            throw new ArgumentException($"There are {flux.Length} fluxes, but {good.Length} marks of good pixels.", nameof(good));
        }
        var posterior = NewPosterior(Rows(flux.Length, Grid.Count));
        for (var start = 0; start < posterior.Count; start += BlockSize)
        {
            var (at, length) = (start * Grid.Count, Math.Min(BlockSize, posterior.Count - start) * Grid.Count);
            EncodeInto(posterior, start, flux.Slice(at, length), good.IsEmpty ? [] : good.Slice(at, length));
        }
        return posterior;
    }

    /// <summary>Spectra of latent vectors.</summary>
    /// <param name="z">Shape (count, latent), row-major.</param>
    /// <param name="count">Number of vectors.</param>
    /// <returns>Normalised flux, shape (count, n_wave).</returns>
    public float[] Decode(ReadOnlySpan<float> z, int count)
    {
        if (Rows(z.Length, LatentDimensions) != count)
        {
            throw new ArgumentException($"{z.Length} numbers are not {count} latent vectors of {LatentDimensions}.", nameof(z));
        }
        var flux = new float[count * Grid.Count];
        for (var start = 0; start < count; start += BlockSize)
        {
            var rows = Math.Min(BlockSize, count - start);
            _engine.Decode(z.Slice(start * LatentDimensions, rows * LatentDimensions), flux.AsSpan(start * Grid.Count, rows * Grid.Count));
        }
        return flux;
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private LatentPosterior NewPosterior(int count) =>
        new(count, LatentDimensions, new float[count * LatentDimensions], new float[count * LatentDimensions]);

    private void EncodeInto(LatentPosterior posterior, int row, ReadOnlySpan<float> flux, ReadOnlySpan<float> good)
    {
        var at = row * LatentDimensions;
        var length = flux.Length / Grid.Count * LatentDimensions;
        // One spectrum's marks would be taken for those of all, which is the same.
        _engine.Encode(flux, posterior.Mu.AsSpan(at, length), posterior.LogVariance.AsSpan(at, length), good);
    }

    private static int Rows(int length, int width) =>
        length % width == 0 ? length / width : throw new ArgumentException($"{length} numbers are not whole rows of {width}.");
}
