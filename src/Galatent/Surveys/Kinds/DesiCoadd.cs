using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// DESI <c>coadd-*</c> and <c>spectra-*</c>, by healpix or tile. Evidence: images X_WAVELENGTH and X_FLUX for some arm X, and a table
/// FIBERMAP. Vacuum, barycentric, 10⁻¹⁷ erg/s/cm²/Å, pixels of 0.8 Å. Arms, and exposures of one target, are joined by weight:
/// flux = Σ w f / Σ w, w the inverse variance where the mask is 0. An arm may be missing. Redshifts stand in another file (redrock-*,
/// zbest-*) and are joined by TARGETID, not by row.
/// </summary>
internal sealed class DesiCoadd : ISurveyKind
{
    // Fibres and targets with these bits of FIBERSTATUS are left out (desispec, fiberbitmasking.py).
    private static readonly int[] FatalBits = [0, 2, 8, 9, 11, 16, 17, 18, 19, 21, 25, 26, 27, 28, 29, 30];
    private static readonly Dictionary<string, int> ArmBits = new()
    {
        ["B"] = 22,
        ["R"] = 23,
        ["Z"] = 24,
    };

    private static readonly string[] Stems = ["coadd-", "spectra-"];
    private static readonly string[] Companions = ["redrock-", "zbest-"];

    // Redrock's bit for a spectrum without data.
    private const long NoData = 1L << 9;

    public string Name => "desi";

    public string Description => "DESI coadd or spectra file";

    public string? Evidence(SurveyFile file, SurveyOptions options)
    {
        if (file.Fits is not { } fits || fits.Find("FIBERMAP") is null)
        {
            return null;
        }
        if (fits.Find("WAVELENGTH") is not null && fits.Find("FLUX") is not null)
        {
            throw new InputException(
                $"'{file.Path}' is a frame of one DESI camera, which holds counts of one exposure; give the coadd-* or spectra-* file."
            );
        }
        var arm = fits.Units.FirstOrDefault(u =>
            u.Name.EndsWith("_WAVELENGTH", StringComparison.OrdinalIgnoreCase)
            && fits.Find(u.Name[..^"WAVELENGTH".Length] + "FLUX") is not null
        );
        return arm is null ? null : $"it has {arm.Name}, {arm.Name[..^"WAVELENGTH".Length]}FLUX and FIBERMAP";
    }

    /// <inheritdoc/>
    public string? Doubt(double warning) => DesiDoubt(warning);

    /// <summary>Redrock sets no harmless flag.</summary>
    public static string? DesiDoubt(double warning) => warning != 0 && double.IsFinite(warning) ? $"ZWARN {(long)warning}" : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var fits = file.Fits!;
        var arms = DesiArm.All(fits);
        var map = fits["FIBERMAP"].Table;
        if (arms.FirstOrDefault(a => a.Rows != map.RowCount) is { } odd)
        {
            throw new InputException(
                $"'{file.Path}': {odd.Name}_FLUX has {odd.Rows} spectra and FIBERMAP {map.RowCount} rows; the file is damaged."
            );
        }
        var redshifts = Companion(file.Path, options.ScratchFolder);
        var ids = map.Texts(map.Require("TARGETID"), 0, map.RowCount);
        var groups = options.KeepExposures
            ? ids.Select((_, row) => new List<int> { row })
            : ids.Select((id, row) => (id, row)).GroupBy(p => p.id).Select(g => g.Select(p => p.row).ToList());
        foreach (var rows in groups)
        {
            yield return Spectrum(arms, map, rows, ids[rows[0]], options, redshifts);
        }
    }

    private ObservedSpectrum Spectrum(
        IReadOnlyList<DesiArm> arms,
        FitsTable map,
        List<int> rows,
        string id,
        SurveyOptions options,
        RedshiftTable? redshifts
    )
    {
        var first = rows[0];
        var spectrum = new ObservedSpectrum
        {
            Scale = FluxScale.SdssUnit,
            ObjectId = id,
            Place = rows.Count == 1 ? $"row {first}" : $"rows {string.Join('+', rows)}",
            Ebv = map.Number(first, "EBV"),
        };
        spectrum.SetPosition(map.Number(first, "TARGET_RA"), map.Number(first, "TARGET_DEC"));
        if (redshifts?.Find([id], null) is { } entry)
        {
            entry.GiveTo(spectrum, this, "companion");
            // Redrock calls a spectrum without data a galaxy at redshift 0.
            if (double.IsFinite(entry.Warning) && ((long)entry.Warning & NoData) != 0)
            {
                spectrum.Exclusion = (Reason.NotTarget, "ZWARN says that there are no data");
            }
        }
        var type = map.Text(first, "OBJTYPE");
        if (type != "TGT" && map.Find("OBJTYPE") is not null)
        {
            spectrum.Exclusion = (Reason.NotTarget, $"OBJTYPE '{type}'");
            return spectrum;
        }
        // A strict import takes what spender takes: fibres without any flag.
        var good = rows.Select(row => (Row: row, Status: Status(map, row)))
            .Where(r => options.IsStrict ? r.Status == 0 : !Array.Exists(FatalBits, bit => (r.Status >> bit & 1) != 0))
            .ToList();
        if (good.Count == 0)
        {
            spectrum.Exclusion = (Reason.NotTarget, $"fibre status {Status(map, first)}");
            return spectrum;
        }
        Join(spectrum, arms, good);
        if (!spectrum.InverseVariance.Any(w => w > 0))
        {
            spectrum.Exclusion ??= (Reason.NotTarget, "no pixel has data");
        }
        return spectrum;
    }

    private static long Status(FitsTable map, int row) =>
        map.FindAny("COADD_FIBERSTATUS", "FIBERSTATUS") is { } column ? map.Wholes(column, row, 1)[0] : 0;

    private static void Join(ObservedSpectrum spectrum, IReadOnlyList<DesiArm> arms, List<(int Row, long Status)> rows)
    {
        var pieces = new List<SpectrumPiece>();
        foreach (var arm in arms)
        {
            foreach (var (row, status) in rows)
            {
                if (ArmBits.TryGetValue(arm.Name.ToUpperInvariant(), out var bit) && (status >> bit & 1) != 0)
                {
                    continue;
                }
                var (flux, ivar) = arm.Row(row);
                pieces.Add(new SpectrumPiece(arm.Wavelength, flux, ivar, arm.Sigma(row)));
            }
        }
        SpectrumPiece.Join(spectrum, pieces);
    }

    private static RedshiftTable? Companion(string path, string? scratchFolder)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var name = Path.GetFileName(path);
        foreach (var begin in Stems.Where(b => name.StartsWith(b, StringComparison.Ordinal)))
        {
            foreach (var companion in Companions)
            {
                var stem = companion + name[begin.Length..];
                var plain = stem.EndsWith(".gz", StringComparison.Ordinal) ? stem[..^3] : stem;
                foreach (var candidate in new[] { stem, plain, plain + ".gz" }.Select(c => Path.Combine(folder, c)).Where(File.Exists))
                {
                    return RedshiftTable.Read(candidate, scratchFolder);
                }
            }
        }
        return null;
    }
}
