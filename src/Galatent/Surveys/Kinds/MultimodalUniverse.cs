using Galatent.Files;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// Files of the Multimodal Universe (DESI, SDSS, VIPERS). Evidence: in HDF5 datasets spectrum_flux and spectrum_lambda (VIPERS:
/// spectrum_wave) of two axes, in Parquet lists spectrum.flux and spectrum.lambda. Also ivar (VIPERS: noise), mask (true for bad),
/// lsf_sigma (pixels), Z, ZERR or Z_ERR, ZWARN or ZWARNING, EBV, object_id, in any case. Behind the last pixel lambda is -1 and the flux is
/// repeated. Parquet stores the opposite of DESI's ZWARN, as a truth value (MultimodalUniverse, scripts/desi/desi.py). The mask of SDSS
/// marks every pixel with any flag and is too wide. Vacuum, 10⁻¹⁷ erg/s/cm²/Å; VIPERS air.
/// </summary>
internal sealed class MultimodalUniverse : ISurveyKind
{
    private const int BlockRows = 64;
    private const string Flux = "flux";

    private static readonly string[] Wavelengths = ["lambda", "wave"];

    public string Name => "multimodal-universe";

    public string Description => "HDF5 or Parquet file of the Multimodal Universe";

    public string? Evidence(SurveyFile file, SurveyOptions options)
    {
        var separator = file.IsParquet ? "." : "_";
        var names =
            file.IsHdf5 ? Hdf5.Open(file.Path, f => Hdf5Walk.ChildNames(f).Select(n => n.TrimStart('/')).ToList())
            : file.IsParquet ? ParquetLists.Fields(file.Path).Where(f => f.IsList).Select(f => f.Name).ToList()
            : [];
        var wavelength = Wavelengths.Select(w => $"spectrum{separator}{w}").FirstOrDefault(names.Contains);
        var flux = $"spectrum{separator}{Flux}";
        return wavelength is not null && names.Contains(flux) ? $"it has {wavelength} and {flux}" : null;
    }

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options) =>
        file.IsHdf5 ? ReadHdf5(file.Path) : ReadParquet(file);

    private static IEnumerable<ObservedSpectrum> ReadHdf5(string path)
    {
        var catalogue = Hdf5.Open(path, f => MultimodalCatalogue.Of(path, f));
        string[] parts = [Flux, .. Wavelengths, "ivar", "noise", "mask", "lsf_sigma"];
        for (var first = 0; first < catalogue.Count; first += BlockRows)
        {
            var count = Math.Min(BlockRows, catalogue.Count - first);
            var block = Hdf5.Open(path, file => parts
                    .Where(p => file.LinkExists($"spectrum_{p}"))
                    .ToDictionary(
                        p => p,
                        p =>
                        {
                            var dataset = Hdf5.Dataset(file, path, $"spectrum_{p}");
                            Hdf5Numbers.RequireShape(
                                path,
                                dataset,
                                $"spectrum_{p}",
                                [catalogue.Count, catalogue.Pixels],
                                "spectra, pixels"
                            );
                            return Hdf5Numbers.Singles(path, dataset, $"spectrum_{p}", first, count).Chunk(catalogue.Pixels).ToArray();
                        }
                    ));
            for (var row = 0; row < count; row++)
            {
                yield return Spectrum(path, catalogue, first + row, block.ToDictionary(p => p.Key, p => p.Value[row]));
            }
        }
    }

    private static IEnumerable<ObservedSpectrum> ReadParquet(SurveyFile file)
    {
        var fields = ParquetLists.Fields(file.Path);
        var catalogue = MultimodalCatalogue.Of(file.Columns, fields);
        var groups = ParquetLists.Groups(file.Path);
        var first = 0;
        for (var group = 0; group < groups.Count; group++)
        {
            var lists = fields
                .Where(f => f.IsList && f.Name.StartsWith("spectrum.", StringComparison.Ordinal))
                .ToDictionary(f => f.Name["spectrum.".Length..], f => ParquetLists.Read(file.Path, group, f.Name));
            if (lists.FirstOrDefault(l => l.Value.Length != groups[group]) is { Key: not null } odd)
            {
                throw new Galatent.Numerics.InputException(
                    $"'{file.Path}': spectrum.{odd.Key} has {odd.Value.Length} lists for {groups[group]} rows; the file is damaged."
                );
            }
            for (var row = 0; row < groups[group]; row++)
            {
                yield return Spectrum(file.Path, catalogue, first + row, lists.ToDictionary(l => l.Key, l => l.Value[row]));
            }
            first += groups[group];
        }
    }

    private static ObservedSpectrum Spectrum(string path, MultimodalCatalogue catalogue, int row, Dictionary<string, float[]> parts)
    {
        var flux = parts[Flux];
        if (parts.FirstOrDefault(p => p.Value.Length != flux.Length) is { Key: not null } odd)
        {
            throw new Galatent.Numerics.InputException(
                $"'{path}', row {row}: {odd.Key} has {odd.Value.Length} values and {Flux} {flux.Length}; the file is damaged."
            );
        }
        // Only VIPERS has waves and noise.
        var isVipers = !parts.ContainsKey(Wavelengths[0]);
        var wavelength = parts[isVipers ? Wavelengths[1] : Wavelengths[0]];
        var known = Enumerable.Range(0, flux.Length).Where(i => wavelength[i] is not (-1 or 0)).ToArray();
        double[] Known(float[] values) => Array.ConvertAll(known, i => (double)values[i]);
        var spectrum = new ObservedSpectrum
        {
            Place = $"row {row}",
            WavelengthAngstrom = Known(wavelength),
            Flux = Known(flux),
            IsBad = parts.TryGetValue("mask", out var mask) ? Array.ConvertAll(known, i => mask[i] != 0) : [],
            ObjectId = catalogue.Id(row),
            Ebv = catalogue.Value(row, "ebv"),
            Medium = isVipers ? SpectralMedium.Air : SpectralMedium.Vacuum,
            HasTelluric = isVipers,
        };
        if (parts.TryGetValue("ivar", out var ivar))
        {
            spectrum.InverseVariance = Known(ivar);
        }
        else if (parts.TryGetValue("noise", out var noise))
        {
            spectrum.InverseVariance = FitsFields.InverseSquares(Known(noise));
        }
        else
        {
            TableSpectrum.EstimateNoise(spectrum, path);
        }
        if (isVipers)
        {
            TableSpectrum.SetScale(spectrum, path, "spectrum_flux", "");
        }
        else
        {
            spectrum.Scale = FluxScale.SdssUnit;
        }
        if (parts.TryGetValue("lsf_sigma", out var width))
        {
            spectrum.LsfSigmaAngstrom = InAngstrom(Known(width), spectrum.WavelengthAngstrom);
        }
        catalogue.Describe(spectrum, row);
        if (catalogue.Has("zwarning") && mask is not null)
        {
            spectrum.Remarks.Add(
                $"'{path}': its mask marks every pixel with any flag of SDSS, so that more pixels are bad than need be; the survey's own "
                    + $"files are better."
            );
        }
        return spectrum;
    }

    // From pixels, by the distance of the neighbours.
    private static double[] InAngstrom(double[] pixels, double[] wavelength) =>
        [
            .. pixels.Select(
                (p, i) =>
                {
                    var before = Math.Max(i, 1) - 1;
                    var after = Math.Min(i + 1, pixels.Length - 1);
                    return p * Math.Abs(wavelength[after] - wavelength[before]) / Math.Max(1, after - before);
                }
            ),
        ];
}
