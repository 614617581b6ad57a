using System.Globalization;
using Galatent.Files;
using PureHDF;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// HDF5 files of the Multimodal Universe (DESI, SDSS). Evidence: datasets spectrum_lambda and spectrum_flux of two axes. Also
/// spectrum_ivar, spectrum_mask (true for bad), spectrum_lsf_sigma (pixels), Z, ZERR or Z_ERR, ZWARN or ZWARNING, EBV, object_id. Behind
/// the last pixel lambda is -1 and the flux is repeated. The mask of SDSS marks every pixel with any flag and is too wide. Vacuum,
/// 10⁻¹⁷ erg/s/cm²/Å.
/// </summary>
internal sealed class MultimodalUniverse : ISurveyKind
{
    private const int BlockRows = 64;

    public string Name => "multimodal-universe";

    public string Description => "HDF5 file of the Multimodal Universe";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        file.IsHdf5
        && Hdf5.Open(file.Path, f => f.LinkExists("spectrum_lambda") && f.LinkExists("spectrum_flux") && f.LinkExists("spectrum_ivar"))
            ? "it has spectrum_lambda, spectrum_flux and spectrum_ivar"
            : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var path = file.Path;
        var catalogue = Hdf5.Open(path, f => Catalogue.Of(path, f));
        for (var first = 0; first < catalogue.Count; first += BlockRows)
        {
            foreach (var spectrum in Block(path, catalogue, first, Math.Min(BlockRows, catalogue.Count - first)))
            {
                yield return spectrum;
            }
        }
    }

    private static List<ObservedSpectrum> Block(string path, Catalogue catalogue, int first, int count) => Hdf5.Open(path, file =>
        {
            double[] Rows(string name)
            {
                var dataset = Hdf5.Dataset(file, path, name);
                Hdf5Numbers.RequireShape(path, dataset, name, [catalogue.Count, catalogue.Pixels], "spectra, pixels");
                return Hdf5Numbers.Doubles(path, dataset, name, first, count);
            }
            var wavelength = Rows("spectrum_lambda");
            var flux = Rows("spectrum_flux");
            var ivar = Rows("spectrum_ivar");
            var mask = file.LinkExists("spectrum_mask") ? Rows("spectrum_mask") : [];
            var width = file.LinkExists("spectrum_lsf_sigma") ? Rows("spectrum_lsf_sigma") : [];
            return Enumerable
                .Range(0, count)
                .Select(r => Spectrum(path, catalogue, first + r, r * catalogue.Pixels, wavelength, flux, ivar, mask, width))
                .ToList();
        });

    private static ObservedSpectrum Spectrum(
        string path,
        Catalogue catalogue,
        int row,
        int start,
        double[] wavelength,
        double[] flux,
        double[] ivar,
        double[] mask,
        double[] width
    )
    {
        var known = Enumerable.Range(start, catalogue.Pixels).Where(i => wavelength[i] is not (-1 or 0)).ToArray();
        var spectrum = new ObservedSpectrum
        {
            Scale = FluxScale.SdssUnit,
            Place = $"row {row}",
            WavelengthAngstrom = Array.ConvertAll(known, i => wavelength[i]),
            Flux = Array.ConvertAll(known, i => flux[i]),
            InverseVariance = Array.ConvertAll(known, i => ivar[i]),
            IsBad = mask.Length > 0 ? Array.ConvertAll(known, i => mask[i] != 0) : [],
            ObjectId = catalogue.Ids.Length > row ? catalogue.Ids[row] : row.ToString(CultureInfo.InvariantCulture),
            Ebv = catalogue.Value(row, "EBV"),
        };
        if (width.Length > 0)
        {
            spectrum.LsfSigmaAngstrom =
            [
                .. known.Select(
                    (i, k) =>
                        width[i]
                        * Math.Abs(wavelength[known[Math.Min(k + 1, known.Length - 1)]] - wavelength[known[Math.Max(k, 1) - 1]])
                        / (k == 0 || k == known.Length - 1 ? 1 : 2)
                ),
            ];
        }
        var warning = catalogue.Value(row, "ZWARN", "ZWARNING");
        spectrum.SetRedshift(catalogue.Value(row, "Z"), catalogue.Value(row, "ZERR", "Z_ERR"), warning);
        spectrum.Doubt = SdssMask.Doubt(warning);
        spectrum.SetPosition(catalogue.Value(row, "ra", "RA"), catalogue.Value(row, "dec", "DEC"));
        if (catalogue.Has("ZWARNING") && mask.Length > 0)
        {
            spectrum.Remarks.Add(
                $"'{path}': its mask marks every pixel with any flag of SDSS, so that more pixels are bad than need be; the survey's own "
                    + $"files are better."
            );
        }
        return spectrum;
    }

    private sealed record Catalogue(int Count, int Pixels, string[] Ids, Dictionary<string, double[]> Columns)
    {
        private static readonly string[] Names = ["Z", "ZERR", "Z_ERR", "ZWARN", "ZWARNING", "EBV", "ra", "RA", "dec", "DEC"];

        public static Catalogue Of(string path, IH5Group file)
        {
            var shape = Hdf5.Dataset(file, path, "spectrum_flux").Space.Dimensions;
            if (shape is not [<= int.MaxValue, <= int.MaxValue])
            {
                throw new Galatent.Numerics.InputException(
                    $"'{path}': spectrum_flux has the shape ({string.Join(", ", shape)}); spectra and pixels are expected."
                );
            }
            var columns = Names
                .Where(file.LinkExists)
                .ToDictionary(n => n, n => Hdf5Columns.Column(path, Hdf5.Dataset(file, path, n), n).Numbers);
            return new Catalogue((int)shape[0], (int)shape[1], Identifiers(path, file), columns);
        }

        public bool Has(string name) => Columns.ContainsKey(name);

        public double Value(int row, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (Columns.TryGetValue(name, out var values) && row < values.Length)
                {
                    return values[row];
                }
            }
            return double.NaN;
        }

        // Written from Python's bytes, an identifier may read b' 461...'.
        private static string[] Identifiers(string path, IH5Group file)
        {
            if (!file.LinkExists("object_id"))
            {
                return [];
            }
            var dataset = Hdf5.Dataset(file, path, "object_id");
            if (Hdf5Internals.TypeOf(dataset).IsNumber)
            {
                var column = Hdf5Columns.Column(path, dataset, "object_id");
                return
                [
                    .. Enumerable
                        .Range(0, column.Count)
                        .Select(i =>
                            column.Whole is { } whole ? whole.Text(i) : column.Numbers[i].ToString("R", CultureInfo.InvariantCulture)
                        ),
                ];
            }
            return Array.ConvertAll(Hdf5Columns.Texts(path, dataset, "object_id"), t =>
                t.StartsWith("b'", StringComparison.Ordinal) ? t[2..].TrimEnd('\'').Trim() : t.Trim()
            );
        }
    }
}
