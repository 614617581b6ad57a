using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Mocks;

/// <summary>
/// A mock survey that copies the spectra of a file one by one: redshift, bad pixels, noise, resolution and brightness. All spectra are
/// copied equally often, up to one, in an order that depends on the seed.
/// </summary>
public sealed class CopiedSurvey : MockSurvey
{
    private const string ExpectedChiSquare = "chi2_expected";
    private const string FullWidth = "lsf_fwhm_rest";
    private const string NormKind = "norm_kind";
    private const string AbsoluteUnit = "erg/s/cm2/Hz";

    /// <summary>Name of the column that says which spectrum a mock copies.</summary>
    public const string RowColumn = SpectrumFile.CopiedRow;

    // What describes the observation and not the galaxy.
    private static readonly string[] Copied =
    [
        "redshift_error",
        "redshift_warning",
        "ebv",
        "sn_median",
        "coverage",
        NormKind,
        FullWidth,
        ExpectedChiSquare,
    ];

    private readonly string _path;
    private readonly RowFile<float> _inverseVariance;
    private readonly RowFile<byte>? _mask;
    private readonly IReadOnlyList<ParameterColumn> _parameters;
    private readonly double[] _norm;
    private readonly bool _isAbsolute;
    private readonly int[] _usable;

    private CopiedSurvey(string path, RowFile<float> inverseVariance, RowFile<byte>? mask, CopiedCatalogue catalogue)
    {
        (_path, _inverseVariance, _mask) = (path, inverseVariance, mask);
        (Grid, _parameters, _norm, _isAbsolute, _usable) = catalogue;
        Columns =
        [
            new ParameterColumn(RowColumn, "", "the observed spectrum whose conditions are copied, from 0", []),
            .. _parameters.Where(p => Copied.Contains(p.Name)).Select(p => p with { Values = [], Whole = null }),
        ];
        var unusable = _norm.Length - _usable.Length;
        Remarks =
        [
            .. unusable > 0
                ?
                [
                    $"{unusable} of {_norm.Length} spectra of '{path}' have no redshift, or are not normalised at 5000-5500 Å, and are "
                        + $"not copied",
                ]
                : Array.Empty<string>(),
        ];
    }

    /// <inheritdoc/>
    public override string Description => $"like {Path.GetFileName(_path)}, {_usable.Length} spectra";

    /// <inheritdoc/>
    public override WavelengthGrid Grid { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Remarks { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterColumn> Columns { get; }

    /// <summary>Number of spectra that can be copied.</summary>
    public int Count => _usable.Length;

    /// <summary>Opens a file of observed spectra.</summary>
    /// <param name="path">A file that <c>galatent import</c> wrote, or one with the same layout: <c>/ivar</c> and
    /// <c>/parameters/redshift</c> are needed.</param>
    /// <param name="scratchFolder">Folder for flat copies, if the file is not stored row by row.</param>
    /// <exception cref="InputException">Missing, damaged, or without redshifts or noise.</exception>
    public static CopiedSurvey Open(string path, string scratchFolder)
    {
        var catalogue = CopiedCatalogue.Read(path, NormKind);
        var (count, pixels) = (catalogue.Norm.Length, catalogue.Grid.Count);
        var (ivarRows, maskRows) = Hdf5.Open(path, file =>
            (
                SpectrumFile.PixelRows(file, path, SpectrumFile.InverseVariance, count, pixels),
                SpectrumFile.PixelRows(file, path, SpectrumFile.Mask, count, pixels)
            )
        );
        if (ivarRows is not { } rows)
        {
            throw new InputException(
                $"'{path}' has no /ivar, so its noise is not known and cannot be copied; give a file that 'galatent import' wrote."
            );
        }
        var inverseVariance = RowFile<float>.Open(path, SpectrumFile.InverseVariance, scratchFolder, rows, count, pixels);
        var mask = maskRows is { } m ? RowFile<byte>.Open(path, SpectrumFile.Mask, scratchFolder, m, count, pixels) : null;
        return new CopiedSurvey(path, inverseVariance, mask, catalogue);
    }

    /// <inheritdoc/>
    public override MockConditions Conditions(ulong seed, int mock)
    {
        var row = _usable[Place(seed, mock, _usable.Length)];
        double Value(string name, double otherwise) => _parameters.FirstOrDefault(p => p.Name == name)?.Values[row] ?? otherwise;
        var expected = Value(ExpectedChiSquare, 1);
        return new MockConditions(
            row,
            Value("redshift", double.NaN),
            _isAbsolute ? (-2.5 * Math.Log10(_norm[row])) - 48.60 : double.NaN,
            Value(FullWidth, double.NaN),
            expected > 0 && expected <= 1 ? expected : 1,
            [row, .. Columns.Skip(1).Select(c => Value(c.Name, double.NaN))]
        );
    }

    /// <inheritdoc/>
    public override void Pixels(
        ulong seed,
        int mock,
        MockConditions conditions,
        WavelengthGrid grid,
        Span<float> inverseVariance,
        Span<byte> mask
    )
    {
        ArgumentNullException.ThrowIfNull(conditions);
        _inverseVariance.Read(conditions.Row, inverseVariance);
        mask.Clear();
        _mask?.Read(conditions.Row, mask);
        var good = 0;
        for (var j = 0; j < mask.Length; j++)
        {
            // Without a known error a pixel cannot be copied.
            if (mask[j] == 0 && !(inverseVariance[j] > 0 && float.IsFinite(inverseVariance[j])))
            {
                mask[j] = BadInSurvey;
            }
            inverseVariance[j] = mask[j] == 0 ? inverseVariance[j] : 0;
            good += mask[j] == 0 ? 1 : 0;
        }
        if (good == 0)
        {
            throw new InputException(
                string.Create(CultureInfo.InvariantCulture, $"'{_path}': spectrum {conditions.Row} has no good pixel; remove it.")
            );
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _inverseVariance.Dispose();
        _mask?.Dispose();
        base.Dispose(disposing);
    }

    // The bit of /mask for what the survey calls bad.
    private const byte BadInSurvey = 2;

    /// <summary>Place of a mock's copy among n: each round of n mocks visits every place once, in steps that have no divisor in common with
    /// n. So a place is found without drawing the ones before it.</summary>
    internal static int Place(ulong seed, int mock, int n)
    {
        var stream = new RandomStream(seed, "copied spectrum", (ulong)(mock / n));
        var start = stream.NextInt(n);
        var step = 1 + stream.NextInt(n);
        while (GreatestDivisor(step, n) != 1)
        {
            step++;
        }
        return (int)((start + ((long)step * (mock % n))) % n);
    }

    private static int GreatestDivisor(int a, int b) => b == 0 ? a : GreatestDivisor(b, a % b);

    private sealed record CopiedCatalogue(
        WavelengthGrid Grid,
        IReadOnlyList<ParameterColumn> Parameters,
        double[] Norm,
        bool IsAbsolute,
        int[] Usable
    )
    {
        public static CopiedCatalogue Read(string path, string normKind)
        {
            var (grid, count, parameters, provenance) = SpectrumFile.ReadCatalogue(path);
            var redshift = parameters.FirstOrDefault(p => p.Name == "redshift")?.Values
                ?? throw new InputException(
                    $"'{path}' has no /parameters/redshift, so mocks cannot have its redshifts; give a file that 'galatent import' wrote."
                );
            var kind = parameters.FirstOrDefault(p => p.Name == normKind)?.Values;
            int[] usable =
            [
                .. Enumerable.Range(0, count).Where(i => redshift[i] > 0 && double.IsFinite(redshift[i]) && (kind?[i] ?? 0) == 0),
            ];
            return usable.Length > 0
                ? new CopiedCatalogue(grid, parameters, SpectrumFile.ReadNorm(path, count), provenance.FluxUnit == AbsoluteUnit, usable)
                : throw new InputException(
                    $"'{path}' has no spectrum with a redshift above 0 that is normalised at 5000-5500 Å; import it without "
                        + "SurveyOptions.UseFallbackWindow."
                );
        }
    }
}
