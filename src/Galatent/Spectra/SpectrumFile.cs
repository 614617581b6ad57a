using System.Numerics.Tensors;
using Galatent.Files;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Spectra;

/// <summary>
/// The dataset file (HDF5, readable with h5py):
/// <c>/wavelength</c> (n_wave, Å, vacuum); <c>/flux</c> (n, n_wave, float32, normalised); <c>/norm</c> (n);
/// <c>/ivar</c> (n, n_wave, float32, normalised flux to the power -2) when the noise is known;
/// <c>/mask</c> (n, n_wave, one byte each, not 0 for a bad pixel) when there are bad pixels;
/// <c>/parameters/name</c> (n) with the attributes <c>units</c> and <c>description</c>. Root attributes hold the provenance.
/// </summary>
public static class SpectrumFile
{
    /// <summary>Version of the layout. It is raised when an old reader would misread a new file.</summary>
    public const int FormatVersion = 1;

    internal const string InverseVariance = "ivar";

    private const string Format = "galatent-spectra";

    // The strongest lines reach some 10^4 medians. Where the window is absorbed (observed frame, redshift 6) a simulated galaxy reaches
    // 10^9. A fill value of 1e20 or 1e30 makes every loss infinite, and says nothing about a galaxy.
    private const float LargestFlux = 1e15f;

    internal const string Mask = "mask";

    /// <summary>The column that says which observed spectrum a mock copies.</summary>
    internal const string CopiedRow = "copied_row";

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

    /// <summary>Whether a file says that it is a dataset of this layout.</summary>
    /// <exception cref="InputException">It is no HDF5 file.</exception>
    internal static bool Is(string path) => Hdf5.Open(path, file => Hdf5.Text(file, "format") == Format);

    /// <summary>Reads a file, whole or its first rows.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="maximumCount">At most this many spectra.</param>
    /// <exception cref="InputException">Missing, damaged, or not of this layout;
    /// or a flux is not finite, or beyond 10⁶ medians.</exception>
    public static SpectrumSet Read(string path, int maximumCount = int.MaxValue) => Hdf5.Open(path, file =>
        {
            var (grid, rows) = ReadShape(file, path);
            var count = Math.Min(rows, maximumCount);
            var values = Hdf5Numbers.Singles(path, Hdf5.Dataset(file, path, "flux"), "flux", 0, count);
            RequireUsable(path, values, grid.Count, 0);
            var norm = Norm(file, path, rows)[..count];
            return new SpectrumSet(grid, values, norm, ReadParameters(file, path, count), ReadProvenance(file));
        });

    /// <summary>Reads everything except the fluxes: grid, number of spectra, parameters and provenance.</summary>
    /// <exception cref="InputException">Missing, damaged, or not of this layout.</exception>
    public static (WavelengthGrid Grid, int Count, IReadOnlyList<ParameterColumn> Parameters, SpectrumProvenance Provenance) ReadCatalogue(
        string path
    ) => Hdf5.Open(path, file =>
        {
            var (grid, count) = ReadShape(file, path);
            return (grid, count, (IReadOnlyList<ParameterColumn>)ReadParameters(file, path, count), ReadProvenance(file));
        });

    /// <summary>Reads what every dataset has: grid, number of spectra and provenance.</summary>
    /// <exception cref="InputException">Missing, damaged, or not of this layout.</exception>
    internal static (WavelengthGrid Grid, int Count, SpectrumProvenance Provenance) ReadHeader(string path) =>
        Hdf5.Open(path, file => ReadHeader(file, path));

    /// <inheritdoc cref="ReadHeader(string)"/>
    internal static (WavelengthGrid Grid, int Count, SpectrumProvenance Provenance) ReadHeader(IH5Group file, string path)
    {
        var (grid, rows) = ReadShape(file, path);
        _ = Norm(file, path, rows);
        return (grid, rows, ReadProvenance(file));
    }

    /// <summary>The divisor (<c>/norm</c>) of the first spectra.</summary>
    internal static double[] ReadNorm(string path, int count) =>
        Hdf5.Open(path, file => Norm(file, path, ReadShape(file, path).Rows)[..count]);

    internal static IReadOnlyList<ParameterColumn> ReadParameters(string path, int count) =>
        Hdf5.Open(path, file => ReadParameters(file, path, count));

    /// <summary>Emission lines of simulated spectra: centres in Å, vacuum, shape (n_line), and luminosities after dust, Lsun per solar
    /// mass formed, shape (n, n_line). Both are empty when the file has none.</summary>
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
            var wavelengths = Hdf5Numbers.Doubles(file, path, "line_wavelength");
            var dataset = Hdf5.Dataset(file, path, "line_luminosity");
            var rows = ReadShape(file, path).Rows;
            Hdf5Numbers.RequireShape(path, dataset, "line_luminosity", [rows, wavelengths.Length], "spectra, lines");
            return (wavelengths, Hdf5Numbers.Doubles(path, dataset, "line_luminosity", 0, Math.Min(rows, maximumCount)));
        });

    /// <summary>1/sigma² of the pixels of the first spectra, in units of the normalised flux, shape (count, pixels); 0 where nothing is
    /// known. Empty when the file has no <c>/ivar</c>.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="count">Number of spectra, at most as many as the file has.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    /// <exception cref="InputException">Missing, damaged, or of another shape.</exception>
    public static float[] ReadInverseVariance(string path, int count, int pixels) =>
        Hdf5.Open(path, file =>
            PixelRows(file, path, InverseVariance, count, pixels) is null
                ? []
                : Hdf5Numbers.Singles(path, Hdf5.Dataset(file, path, InverseVariance), InverseVariance, 0, count)
        );

    /// <summary>The bytes of <c>/mask</c> of some spectra; empty when the file has none of this shape.</summary>
    internal static IReadOnlyList<byte[]> ReadMasks(string path, IReadOnlyList<int> rows, int count, int pixels) => Hdf5.Open(path, file =>
        {
            if (
                !file.LinkExists(Mask)
                || Hdf5.Dataset(file, path, Mask).Space.Dimensions is not [var all, var width]
                || width != (ulong)pixels
                || all < (ulong)count
            )
            {
                return (IReadOnlyList<byte[]>)[];
            }
            var dataset = Hdf5.Dataset(file, path, Mask);
            return [.. rows.Select(row => Array.ConvertAll(Hdf5Numbers.Singles(path, dataset, Mask, row, 1), m => (byte)(m == 0 ? 0 : 1)))];
        });

    /// <summary>Number of rows of a dataset that holds one number for each pixel of each spectrum; null when the file has no such
    /// dataset.</summary>
    /// <exception cref="InputException">The dataset has another shape.</exception>
    internal static int? PixelRows(IH5Group file, string path, string name, int count, int pixels)
    {
        if (!file.LinkExists(name))
        {
            return null;
        }
        var shape = Hdf5.Dataset(file, path, name).Space.Dimensions;
        return shape.Length == 2 && shape[0] >= (ulong)count && shape[0] <= int.MaxValue && shape[1] == (ulong)pixels
            ? (int)shape[0]
            : throw new InputException(
                $"'{path}': /{name} has the shape ({string.Join(", ", shape)}), but {count} spectra of {pixels} pixels need ({count}, "
                    + $"{pixels}); write the file again."
            );
    }

    /// <summary>The first inverse variance that is negative or not finite where the mask is 0; null when there is none.</summary>
    /// <param name="inverseVariance">1/sigma^2 of any number of pixels.</param>
    /// <param name="mask">As many numbers, not 0 where a pixel is bad; or empty.</param>
    internal static (int Place, float Value)? BadInverseVariance(ReadOnlySpan<float> inverseVariance, ReadOnlySpan<float> mask)
    {
        for (var i = 0; i < inverseVariance.Length; i++)
        {
            if (!(inverseVariance[i] >= 0 && float.IsFinite(inverseVariance[i])) && (mask.IsEmpty || mask[i] == 0))
            {
                return (i, inverseVariance[i]);
            }
        }
        return null;
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
            ["format"] = Format,
            ["format_version"] = FormatVersion,
            ["generator"] = p.Generator,
            ["seed"] = p.Seed,
            ["flux_unit"] = p.FluxUnit,
            ["normalization_low_angstrom"] = p.NormalizationLowAngstrom,
            ["normalization_high_angstrom"] = p.NormalizationHighAngstrom,
            ["source"] = p.Source,
            ["population"] = p.Population,
        };

    private static double[] Norm(IH5Group file, string path, int rows)
    {
        Hdf5Numbers.RequireShape(path, Hdf5.Dataset(file, path, "norm"), "norm", [rows], "one value for each spectrum of /flux");
        return Hdf5Numbers.Doubles(file, path, "norm");
    }

    /// <summary>The grid of a file.</summary>
    internal static WavelengthGrid ReadGrid(IH5Group file, string path)
    {
        var wavelength = Hdf5Numbers.Doubles(file, path, "wavelength");
        Hdf5Numbers.RequireShape(path, Hdf5.Dataset(file, path, "wavelength"), "wavelength", [wavelength.Length], "one for each pixel");
        var dataset = Hdf5.Dataset(file, path, "wavelength");
        WavelengthUnit.RequireStated(path, "/wavelength", Hdf5.Text(dataset, "units"));
        WavelengthUnit.RequireStated(path, "/wavelength", Hdf5.Text(dataset, "unit"));
        WavelengthUnit.RequireAngstrom(path, "/wavelength", wavelength);
        for (var i = 1; i < wavelength.Length; i++)
        {
            if (!(wavelength[i] > wavelength[i - 1]))
            {
                throw new InputException(
                    $"'{path}': /wavelength must ascend, but pixel {i} has {wavelength[i]} Å after {wavelength[i - 1]} Å; sort "
                        + $"the pixels of "
                        + $"/wavelength and /flux."
                );
            }
        }
        return new WavelengthGrid(wavelength);
    }

    private static (WavelengthGrid Grid, int Rows) ReadShape(IH5Group file, string path)
    {
        var grid = ReadGrid(file, path);
        var shape = Hdf5.Dataset(file, path, "flux").Space.Dimensions;
        return shape.Length == 2 && shape[1] == (ulong)grid.Count && shape[0] is > 0 and <= int.MaxValue
            ? (grid, (int)shape[0])
            : throw new InputException(
                $"'{path}': /flux has the shape ({string.Join(", ", shape)}), but a dataset needs (n, {grid.Count}) for its {grid.Count} "
                    + $"wavelengths{(shape.Length == 2 && shape[0] == (ulong)grid.Count ? " (transpose it)" : "")}; make it with "
                    + $"'galatent simulate', or "
                    + $"in the layout of docs/training.md."
            );
    }

    internal static List<ParameterColumn> ReadParameters(IH5Group file, string path, int count)
    {
        var columns = new List<ParameterColumn>();
        if (file.LinkExists("parameters"))
        {
            foreach (var (name, child) in Hdf5Walk.Of(file.Group("parameters")).Datasets)
            {
                var type = Hdf5Internals.TypeOf(child);
                if (type.Kind is Hdf5Kind.Text or Hdf5Kind.VariableText)
                {
                    continue;
                }
                var column = Hdf5Columns.Column(path, child, name);
                if (column.Count < count)
                {
                    throw new InputException(
                        $"'{path}': /parameters/{name} has {column.Count} values for {count} spectra; write the file again."
                    );
                }
                column = column.First(count);
                columns.Add(new ParameterColumn(name, column.Unit, column.Description, column.Numbers, column.Whole));
            }
        }
        return columns;
    }

    internal static SpectrumProvenance ReadProvenance(IH5Object root) =>
        new(
            Hdf5.Text(root, "generator"),
            Hdf5.AttributeWhole(root, "seed") ?? -1,
            Hdf5.Text(root, "flux_unit"),
            Hdf5.AttributeNumbers(root, "normalization_low_angstrom") is [var low, ..] ? low : double.NaN,
            Hdf5.AttributeNumbers(root, "normalization_high_angstrom") is [var high, ..] ? high : double.NaN,
            Hdf5.Text(root, "source"),
            Hdf5.Text(root, "population"),
            Hdf5.Text(root, "instrument")
        );

    internal static void RequireUsable(string path, ReadOnlySpan<float> flux, int pixels, int firstRow)
    {
        // The largest magnitude is NaN where any value is.
        if (flux.IsEmpty || MathF.Abs(TensorPrimitives.MaxMagnitude(flux)) <= LargestFlux)
        {
            return;
        }
        for (var i = 0; i < flux.Length; i++)
        {
            if (!(MathF.Abs(flux[i]) <= LargestFlux))
            {
                var isOnlyLarge = float.IsFinite(flux[i]) ? ", where fluxes over their median are of the order of 1" : "";
                var remedy = float.IsFinite(flux[i]) ? "; or divide every spectrum by its median, which belongs into /norm" : "";
                throw new InputException(
                    $"'{path}': /flux of spectrum {firstRow + (i / pixels)}, pixel {i % pixels} is {flux[i]}{isOnlyLarge}; remove or "
                        + $"repair that spectrum{remedy}."
                );
            }
        }
    }
}
