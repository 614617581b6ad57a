using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Surveys;

/// <summary>What is in a dataset of this program: one that was imported or simulated.</summary>
internal static class DatasetInspection
{
    private const string Kind = "dataset";

    /// <summary>Whether a file is a dataset of this program.</summary>
    public static bool IsDataset(SurveyFile file) => file.IsHdf5 && SpectrumFile.Is(file.Path);

    /// <summary>Describes a dataset.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scratchFolder">Folder for a flat copy of the mask, if it is not stored row by row.</param>
    public static IReadOnlyList<string> Describe(string path, string scratchFolder)
    {
        var (grid, count, provenance) = SpectrumFile.ReadHeader(path);
        var names = SpectrumFile.ReadParameters(path, count).Select(p => p.Name).ToArray();
        var window =
            provenance.NormalizationLowAngstrom > 0
                ? $", divided by the median at {provenance.NormalizationLowAngstrom:0}-{provenance.NormalizationHighAngstrom:0} Å"
                : "";
        List<string> lines =
        [
            $"{path}: a dataset of Galatent with {(count == 1 ? "1 spectrum" : $"{count} spectra")}; train, encode and analyze read it",
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {grid.Count} pixels from {grid.WavelengthAngstrom[0]:F2} to {grid.WavelengthAngstrom[^1]:F2} Å, vacuum, "
                    + $"{(IsObserved(provenance) ? "observed frame" : "rest frame")}"
            ),
            $"  flux in {(provenance.FluxUnit.Length > 0 ? provenance.FluxUnit : "an unknown unit")}{window}",
            $"  {(provenance.Population.Length > 0 ? provenance.Population : "spectra")} of {provenance.Source}; made by "
                + provenance.Generator,
            Noise(path, grid.Count, count, scratchFolder),
            names.Length == 0 ? "  no parameters" : $"  parameters: {ShownNames.Of(names)}",
        ];
        return lines;
    }

    /// <summary>One spectrum of a dataset.</summary>
    /// <param name="path">The file.</param>
    /// <param name="which">Its identifier, or its row; null for the first.</param>
    /// <exception cref="InputException">There is no such spectrum, or the file is damaged.</exception>
    public static InspectedSpectrum Read(string path, string? which)
    {
        var (grid, count, provenance) = SpectrumFile.ReadHeader(path);
        return Hdf5.Open(path, file =>
        {
            var ids =
                file.LinkExists("object_id")
                && Hdf5Columns.Texts(path, Hdf5.Dataset(file, path, "object_id"), "object_id") is { } texts
                && texts.Length == count
                    ? texts
                    : [];
            var row = which is null ? 0 : Row(path, ids, count, which);
            float[] Values(string name) =>
                SpectrumFile.PixelRows(file, path, name, count, grid.Count) is null
                    ? []
                    : Hdf5Numbers.Singles(path, Hdf5.Dataset(file, path, name), name, row, 1);
            var mask = Values(SpectrumFile.Mask);
            var ivar = Values(SpectrumFile.InverseVariance);
            var redshift = SpectrumFile.ReadParameters(file, path, count).Find(p => p.Name == "redshift")?.Values[row] ?? double.NaN;
            return new InspectedSpectrum
            {
                Kind = Kind,
                Number = row,
                ObjectId = ids.Length > 0 ? ids[row] : "",
                Redshift = redshift,
                IsRest = !IsObserved(provenance),
                WavelengthAngstrom = grid.WavelengthAngstrom,
                Flux = Array.ConvertAll(Values("flux"), f => (double)f),
                Error =
                [
                    .. Enumerable.Range(0, grid.Count).Select(j => ivar.Length > 0 && ivar[j] > 0 ? 1 / Math.Sqrt(ivar[j]) : double.NaN),
                ],
                Mask = [.. Enumerable.Range(0, grid.Count).Select(j => mask.Length > 0 ? (PixelMask)mask[j] : PixelMask.None)],
                FluxUnit = InspectedSpectrum.Normalised,
            };
        });
    }

    private static bool IsObserved(SpectrumProvenance provenance) =>
        provenance.FluxUnit.Contains("observed frame", StringComparison.Ordinal);

    private static int Row(string path, string[] ids, int count, string which)
    {
        if (Array.IndexOf(ids, which) is >= 0 and var place)
        {
            return place;
        }
        return int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row < count
            ? row
            : throw new InputException(
                $"'{path}' has no spectrum '{which}': it holds {count}, numbers 0 to {count - 1}"
                    + $"{(ids.Length > 0 ? $", with identifiers like {ids[0]}" : "")}."
            );
    }

    private static string Noise(string path, int pixels, int count, string scratchFolder)
    {
        var (masked, known) = Hdf5.Open(path, file =>
            (
                SpectrumFile.PixelRows(file, path, SpectrumFile.Mask, count, pixels),
                SpectrumFile.PixelRows(file, path, SpectrumFile.InverseVariance, count, pixels)
            )
        );
        var noise = known is null ? "no errors (/ivar)" : "errors in /ivar";
        if (masked is not { } rows)
        {
            return $"  {noise}, no mask";
        }
        using var mask = RowFile<byte>.Open(path, SpectrumFile.Mask, scratchFolder, rows, count, pixels);
        long bad = 0;
        var row = new byte[pixels];
        for (var i = 0; i < count; i++)
        {
            mask.ReadFrom(i, row);
            bad += pixels - row.AsSpan().Count((byte)0);
        }
        return string.Create(CultureInfo.InvariantCulture, $"  {noise}; {100.0 * bad / count / pixels:F1} % of the pixels are bad (/mask)");
    }
}
