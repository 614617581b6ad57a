using Galatent.Files;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents.Outliers;

/// <summary>Spectra of a file with their noise, on the grid of a model, and their latents.</summary>
public sealed class ObservedSpectra : IDisposable
{
    private readonly SpectrumStream _stream;
    private readonly RowFile<float> _inverseVariance;
    private readonly SpectrumGaps? _gaps;
    private readonly FilledSpectra? _filled;
    private readonly double[] _redshift;
    private readonly double[] _expected;

    private ObservedSpectra(
        string path,
        SpectrumStream stream,
        RowFile<float> inverseVariance,
        SpectrumGaps? gaps,
        FilledSpectra? filled,
        LatentPosterior posterior
    )
    {
        (Path, _stream, _inverseVariance, _gaps, _filled, Posterior) = (path, stream, inverseVariance, gaps, filled, posterior);
        double[] Values(string name, double otherwise) =>
            stream.Parameters.FirstOrDefault(p => p.Name == name)?.Values ?? [.. Enumerable.Repeat(otherwise, stream.Count)];
        _redshift = Values("redshift", double.NaN);
        _expected = Values("chi2_expected", 1);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Number of spectra.</summary>
    public int Count => _stream.Count;

    /// <summary>The pixels.</summary>
    public WavelengthGrid Grid => _stream.Grid;

    /// <summary>Known quantities of the spectra.</summary>
    public IReadOnlyList<ParameterColumn> Parameters => _stream.Parameters;

    /// <summary>What the encoder says of each spectrum, bad pixels filled.</summary>
    public LatentPosterior Posterior { get; }

    /// <summary>The latent dimensions that the model uses, measured on spectra that it decodes. Noise moves the means of the others too, so
    /// that observed spectra cannot tell.</summary>
    public IReadOnlyList<int> InUse { get; private init; } = [];

    /// <summary>Unit of the flux, as the file states it.</summary>
    internal string FluxUnit => _stream.Provenance.FluxUnit;

    /// <summary>Redshift of a spectrum; NaN where it is not known.</summary>
    public double Redshift(int row) => _redshift[row];

    /// <summary>Identifiers of the spectra; null when the file has none.</summary>
    public string[]? ObjectIds() =>
        Hdf5.Open(Path, file =>
            file.LinkExists("object_id")
            && Hdf5Columns.Texts(Path, Hdf5.Dataset(file, Path, "object_id"), "object_id") is { } texts
            && texts.Length >= Count
                ? texts
                : null
        );

    /// <summary>Opens a file and encodes its spectra.</summary>
    /// <param name="path">A dataset with <c>/ivar</c>.</param>
    /// <param name="network">The model.</param>
    /// <param name="scratchFolder">Folder for what bad pixels are filled with.</param>
    /// <param name="progress">Told after each block; may be null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InputException">Missing, damaged, not on the model's grid, or without noise.</exception>
    public static ObservedSpectra Open(
        string path,
        VaeModel network,
        string scratchFolder,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        var stream = SpectrumStream.Open(path, scratchFolder);
        network.Description.RequireAlike(stream);
        var (count, pixels) = (stream.Count, stream.Grid.Count);
        if (InverseVarianceRows(path, count, pixels) is not { } ivarRows)
        {
            throw new InputException(
                $"'{path}' has no /ivar, and without noise nobody can say what is unusual; give imported spectra, or mocks of "
                    + "a survey (SimulationOptions.Like)."
            );
        }
        var gaps = SpectrumGaps.Open(path, stream, scratchFolder);
        var samples = DecodedSamples.Of(network);
        var filled = gaps is null ? null : FilledSpectra.FromSamples(gaps, samples, scratchFolder);
        var posterior = network.Encode(filled ?? (ISpectrumSource)stream, progress, null, cancellation);
        var ivar = RowFile<float>.Open(path, SpectrumFile.InverseVariance, scratchFolder, ivarRows, count, pixels);
        return new ObservedSpectra(path, stream, ivar, gaps, filled, posterior) { InUse = Used(network.Encode(samples)) };
    }

    private static int? InverseVarianceRows(string path, int count, int pixels) =>
        Hdf5.Open(path, file => SpectrumFile.PixelRows(file, path, SpectrumFile.InverseVariance, count, pixels));

    private static int[] Used(LatentPosterior posterior) =>
        [
            .. KullbackLeibler
                .ByDimension(posterior)
                .Select((kl, d) => (kl, d))
                .Where(p => p.kl > ActiveDimensions.ThresholdNat)
                .Select(p => p.d),
        ];

    /// <summary>One spectrum. Several threads may call at once.</summary>
    public ObservedPixels Read(int row)
    {
        var (flux, ivar) = (new float[Grid.Count], new float[Grid.Count]);
        _stream.Read([row], flux);
        _inverseVariance.Read(row, ivar);
        var mask = Mask(row);
        for (var j = 0; j < ivar.Length; j++)
        {
            ivar[j] = mask[j] == 0 && ivar[j] > 0 && float.IsFinite(ivar[j]) ? ivar[j] : 0;
        }
        return new ObservedPixels(flux, ivar, _redshift[row], _expected[row] is > 0 and <= 1 ? _expected[row] : 1);
    }

    /// <summary>Why pixels of a spectrum are bad, 0 for good ones, shape (n_wave).</summary>
    internal byte[] Mask(int row) => _gaps?.Mask(row) ?? new byte[Grid.Count];

    /// <summary>One spectrum as the encoder saw it, bad pixels filled.</summary>
    internal float[] Filled(int row)
    {
        var flux = new float[Grid.Count];
        ((ISpectrumSource?)_filled ?? _stream).Read([row], flux);
        return flux;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _filled?.Dispose();
        _gaps?.Dispose();
        _inverseVariance.Dispose();
        _stream.Dispose();
    }
}
