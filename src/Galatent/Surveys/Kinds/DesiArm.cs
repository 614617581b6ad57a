using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>One arm (B, R, Z) of a DESI file: its wavelengths, and flux, inverse variance and mask row by row.</summary>
internal sealed class DesiArm
{
    private const double PixelAngstrom = 0.8;
    private const int BlockRows = 64;

    private readonly FitsUnit _flux;
    private readonly FitsUnit _ivar;
    private readonly FitsUnit _mask;
    private readonly FitsUnit? _resolution;
    private (int First, double[] Flux, double[] Ivar, long[] Mask) _block = (-1, [], [], []);

    private DesiArm(string name, double[] wavelength, FitsUnit flux, FitsUnit ivar, FitsUnit mask, FitsUnit? resolution) =>
        (Name, Wavelength, _flux, _ivar, _mask, _resolution) = (name, wavelength, flux, ivar, mask, resolution);

    /// <summary>Letter of the arm.</summary>
    public string Name { get; }

    /// <summary>Wavelengths, Å, vacuum.</summary>
    public double[] Wavelength { get; }

    /// <summary>Number of spectra.</summary>
    public int Rows => _flux.Shape[0];

    /// <summary>The arms of a file, by their names in any order. An arm may be missing as a whole.</summary>
    /// <exception cref="InputException">An arm lacks a part, or its parts have different shapes.</exception>
    public static IReadOnlyList<DesiArm> All(FitsFile fits)
    {
        var arms = new List<DesiArm>();
        foreach (var unit in fits.Units.Where(u => u.Name.EndsWith("_WAVELENGTH", StringComparison.OrdinalIgnoreCase)))
        {
            var name = unit.Name[..^"_WAVELENGTH".Length];
            if (fits.Find($"{name}_FLUX") is null && fits.Find($"{name}_IVAR") is null)
            {
                continue;
            }
            var flux = fits[$"{name}_FLUX"];
            var ivar = fits[$"{name}_IVAR"];
            var mask = fits[$"{name}_MASK"];
            var wavelength = unit.Image();
            foreach (var part in new[] { flux, ivar, mask })
            {
                if (part.Shape is not [_, var pixels] || pixels != wavelength.Length || part.Shape[0] != flux.Shape[0])
                {
                    throw new InputException(
                        $"'{fits.Path}': {part.Name} has the shape ({string.Join(", ", part.Shape)}) where {name}_FLUX has "
                            + $"({string.Join(", ", flux.Shape)}) and {name}_WAVELENGTH {wavelength.Length} pixels; the file is damaged."
                    );
                }
            }
            arms.Add(new DesiArm(name, wavelength, flux, ivar, mask, fits.Find($"{name}_RESOLUTION")));
        }
        return arms;
    }

    /// <summary>A spectrum: flux, and inverse variance that is 0 in every bad pixel.</summary>
    public (double[] Flux, double[] Ivar) Row(int row)
    {
        var n = Wavelength.Length;
        if (_block.First < 0 || row < _block.First || row >= _block.First + BlockRows)
        {
            var first = row / BlockRows * BlockRows;
            var count = Math.Min(BlockRows, Rows - first);
            _block = (first, _flux.Rows(first, count), _ivar.Rows(first, count), _mask.WholeRows(first, count));
        }
        var at = (row - _block.First) * n;
        var flux = _block.Flux[at..(at + n)];
        var ivar = _block.Ivar[at..(at + n)];
        for (var i = 0; i < n; i++)
        {
            // Every bit of SPECMASK is bad.
            var isGood = _block.Mask[at + i] == 0 && ivar[i] > 0 && double.IsFinite(ivar[i]) && double.IsFinite(flux[i]);
            (flux[i], ivar[i]) = isGood ? (flux[i], ivar[i]) : (0, 0);
        }
        return (flux, ivar);
    }

    /// <summary>Standard deviation of the line-spread function of a spectrum, Å, at each pixel: second moment of a column of its
    /// resolution matrix, whose diagonals lie at offsets ndiag/2 to -ndiag/2. Empty where there is no matrix.</summary>
    public double[] Sigma(int row)
    {
        if (_resolution?.Shape is not [var rows, var diagonals, var n] || n != Wavelength.Length || row >= rows)
        {
            return [];
        }
        var matrix = _resolution.Rows(row, 1);
        var sigma = new double[n];
        for (var column = 0; column < n; column++)
        {
            var sum = 0.0;
            var mean = 0.0;
            var square = 0.0;
            for (var d = 0; d < diagonals; d++)
            {
                var value = matrix[(d * n) + column];
                var offset = (diagonals / 2) - d;
                sum += value;
                mean += value * offset;
                square += value * offset * offset;
            }
            mean /= sum;
            var variance = (square / sum) - (mean * mean);
            sigma[column] = variance > 0 ? PixelAngstrom * Math.Sqrt(variance) : double.NaN;
        }
        return sigma;
    }
}
