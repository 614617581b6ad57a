using Galatent.Files;
using Galatent.Numerics;
using PureHDF;
using PureHDF.Selections;

namespace Galatent.Spectra;

/// <summary>
/// The dataset file (HDF5, h5py-friendly): <c>/wavelength</c> (n_wave, Å, vacuum), <c>/flux</c> (n, n_wave, float32, normalised),
/// <c>/norm</c> (n), <c>/ivar</c> (n, n_wave, float32, normalised flux to the power -2) where the noise is known, <c>/mask</c> (n, n_wave,
/// one byte each, not 0 where a pixel is bad) where there are bad pixels, <c>/parameters/name</c> (n) with attributes <c>units</c> and
/// <c>description</c>; root attributes hold the provenance.
/// </summary>
public static class SpectrumFile
{
    /// <summary>Version of the layout, raised when a reader of the old one would go wrong.</summary>
    public const int FormatVersion = 1;

    internal const string InverseVariance = "ivar";

    internal const string Mask = "mask";

    /// <summary>Writes a whole set at once, atomically.</summary>
    public static void Write(string path, SpectrumSet spectra)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        AtomicFile.Write(path, temporary =>
        {
            using var writer = new SpectrumFileWriter(temporary, spectra.Grid, spectra.Count, spectra.Provenance, spectra.Parameters);
            writer.Append(spectra.Flux, spectra.Norm, [.. spectra.Parameters.Select(p => p.Values)]);
            writer.Finish();
        });
    }

    /// <summary>Reads a file, whole or its first rows.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="maximumCount">At most this many spectra.</param>
    /// <exception cref="InputException">Missing, damaged, or not of this layout; or a flux is not finite.</exception>
    public static SpectrumSet Read(string path, int maximumCount = int.MaxValue) => Hdf5.Open(path, file =>
        {
            var (grid, rows) = ReadShape(file, path);
            var count = Math.Min(rows, maximumCount);
            var values = file.Dataset("flux").Read<float[]>(new HyperslabSelection(2, [0, 0], [(ulong)count, (ulong)grid.Count]));
            RequireFinite(path, values, grid.Count, 0);
            var norm = Hdf5.Doubles(file, path, "norm")[..count];
            return new SpectrumSet(grid, values, norm, ReadParameters(file, path, count), ReadProvenance(file));
        });

    /// <summary>Reads everything but the fluxes: grid, number of spectra, parameters and provenance.</summary>
    /// <exception cref="InputException">Missing, damaged, or not of this layout.</exception>
    public static (WavelengthGrid Grid, int Count, IReadOnlyList<ParameterColumn> Parameters, SpectrumProvenance Provenance) ReadCatalogue(
        string path
    ) => Hdf5.Open(path, file =>
        {
            var grid = new WavelengthGrid(Hdf5.Doubles(file, path, "wavelength"));
            var count = (int)Hdf5.Dataset(file, path, "flux").Space.Dimensions[0];
            return (grid, count, (IReadOnlyList<ParameterColumn>)ReadParameters(file, path, count), ReadProvenance(file));
        });

    /// <summary>Reads what every dataset has: grid, number of spectra and provenance.</summary>
    /// <exception cref="InputException">Missing, damaged, or not of this layout.</exception>
    internal static (WavelengthGrid Grid, int Count, SpectrumProvenance Provenance) ReadHeader(string path) => Hdf5.Open(path, file =>
        {
            var (grid, rows) = ReadShape(file, path);
            return (grid, rows, ReadProvenance(file));
        });

    internal static IReadOnlyList<ParameterColumn> ReadParameters(string path, int count) =>
        Hdf5.Open(path, file => ReadParameters(file, path, count));

    /// <summary>Emission lines of simulated spectra: centres in Å, vacuum, shape (n_line), and luminosities after dust, Lsun per solar
    /// mass formed, shape (n, n_line); both empty when the file has none.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="maximumCount">At most this many spectra.</param>
    /// <exception cref="InputException">Missing or damaged.</exception>
    public static (double[] WavelengthAngstrom, double[] Luminosity) ReadLines(string path, int maximumCount = int.MaxValue) =>
        Hdf5.Open(path, file =>
        {
            if (!file.LinkExists("line_wavelength"))
            {
                return ([], []);
            }
            var wavelengths = Hdf5.Doubles(file, path, "line_wavelength");
            var dataset = Hdf5.Dataset(file, path, "line_luminosity");
            var count = Math.Min(dataset.Space.Dimensions[0], (ulong)maximumCount);
            return (wavelengths, dataset.Read<double[]>(new HyperslabSelection(2, [0, 0], [count, (ulong)wavelengths.Length])));
        });

    /// <summary>1/sigma^2 of the first spectra's pixels in units of the normalised flux, shape (count, pixels), 0 where nothing is known;
    /// empty when the file has no <c>/ivar</c>.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="count">Number of spectra, at most those of the file.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    /// <exception cref="InputException">Missing, damaged, or of another shape.</exception>
    public static float[] ReadInverseVariance(string path, int count, int pixels) =>
        Hdf5.Open(path, file =>
            PixelRows(file, path, InverseVariance, count, pixels) is null
                ? []
                : file.Dataset(InverseVariance).Read<float[]>(new HyperslabSelection(2, [0, 0], [(ulong)count, (ulong)pixels]))
        );

    /// <summary>Number of rows of a dataset that holds one number for each pixel of each spectrum; null when the file has none of that
    /// name.</summary>
    /// <exception cref="InputException">It is of another shape.</exception>
    internal static int? PixelRows(IH5Group file, string path, string name, int count, int pixels)
    {
        if (!file.LinkExists(name))
        {
            return null;
        }
        var shape = file.Dataset(name).Space.Dimensions;
        return shape.Length == 2 && shape[0] >= (ulong)count && shape[0] <= int.MaxValue && shape[1] == (ulong)pixels
            ? (int)shape[0]
            : throw new InputException(
                $"'{path}': /{name} has the shape ({string.Join(", ", shape)}), but {count} spectra of {pixels} pixels need ({count}, "
                    + $"{pixels}); write the file again."
            );
    }

    internal static Dictionary<string, object> RootAttributes(SpectrumProvenance p)
    {
        var attributes = Attributes(p);
        if (p.Instrument.Length > 0)
        {
            attributes["instrument"] = p.Instrument;
        }
        return attributes;
    }

    private static Dictionary<string, object> Attributes(SpectrumProvenance p) =>
        new()
        {
            ["format"] = "galatent-spectra",
            ["format_version"] = FormatVersion,
            ["generator"] = p.Generator,
            ["seed"] = p.Seed,
            ["flux_unit"] = p.FluxUnit,
            ["normalization_low_angstrom"] = p.NormalizationLowAngstrom,
            ["normalization_high_angstrom"] = p.NormalizationHighAngstrom,
            ["source"] = p.Source,
            ["population"] = p.Population,
        };

    private static (WavelengthGrid Grid, int Rows) ReadShape(IH5Group file, string path)
    {
        var grid = new WavelengthGrid(Hdf5.Doubles(file, path, "wavelength"));
        var shape = Hdf5.Dataset(file, path, "flux").Space.Dimensions;
        return shape.Length == 2 && shape[1] == (ulong)grid.Count && shape[0] is > 0 and <= int.MaxValue
            ? (grid, (int)shape[0])
            : throw new InputException(
                $"'{path}': /flux has the shape ({string.Join(", ", shape)}), but a dataset needs (n, {grid.Count}) for its {grid.Count} "
                    + $"wavelengths; make it with 'galatent simulate', or in the layout of docs/training.md."
            );
    }

    private static List<ParameterColumn> ReadParameters(IH5Group file, string path, int count)
    {
        var columns = new List<ParameterColumn>();
        if (file.LinkExists("parameters"))
        {
            foreach (var child in file.Group("parameters").Children().OfType<IH5Dataset>())
            {
                var whole = Hdf5Columns.Whole(child);
                var column = whole?.ToDoubles() ?? child.Read<double[]>();
                if (column.Length < count)
                {
                    throw new InputException(
                        $"'{path}': /parameters/{child.Name} has {column.Length} values for {count} spectra; write the file again."
                    );
                }
                columns.Add(
                    new ParameterColumn(
                        child.Name,
                        Hdf5.Text(child, "units"),
                        Hdf5.Text(child, "description"),
                        column[..count],
                        whole?.Slice(0, count)
                    )
                );
            }
        }
        return columns;
    }

    internal static SpectrumProvenance ReadProvenance(IH5Object root) =>
        new(
            Hdf5.Text(root, "generator"),
            root.AttributeExists("seed") ? root.Attribute("seed").Read<long>() : -1,
            Hdf5.Text(root, "flux_unit"),
            root.AttributeExists("normalization_low_angstrom") ? root.Attribute("normalization_low_angstrom").Read<double>() : double.NaN,
            root.AttributeExists("normalization_high_angstrom") ? root.Attribute("normalization_high_angstrom").Read<double>() : double.NaN,
            Hdf5.Text(root, "source"),
            Hdf5.Text(root, "population"),
            Hdf5.Text(root, "instrument")
        );

    internal static void RequireFinite(string path, ReadOnlySpan<float> flux, int pixels, int firstRow)
    {
        for (var i = 0; i < flux.Length; i++)
        {
            if (!float.IsFinite(flux[i]))
            {
                throw new InputException(
                    $"'{path}': /flux of spectrum {firstRow + (i / pixels)}, pixel {i % pixels} is {flux[i]}; remove or repair that "
                        + $"spectrum."
                );
            }
        }
    }
}
