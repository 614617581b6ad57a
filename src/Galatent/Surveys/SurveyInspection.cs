using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Surveys.Kinds;
using Galatent.Surveys.Preparation;

namespace Galatent.Surveys;

/// <summary>What is in a file of spectra, without importing it: for the moment when a file is refused.</summary>
public static class SurveyInspection
{
    private const int MostSpectra = 5;
    private const int LongestPart = 200;
    private const int MostGroups = 5;

    /// <summary>Names of the kinds of files that are read.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. SurveyKinds.All.Select(k => k.Name)];

    /// <summary>Describes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it would be read.</param>
    /// <returns>Lines of text.</returns>
    /// <exception cref="InputException">It cannot be read at all.</exception>
    public static IReadOnlyList<string> Describe(string path, SurveyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var file = SurveyFile.Open(path, options.ScratchFolder);
        if (options.Kind is null && DatasetInspection.IsDataset(file))
        {
            return DatasetInspection.Describe(path, options.ScratchFolder ?? Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        var lines = new List<string> { $"{path}: {Format(file)}" };
        lines.AddRange(Content(file));
        lines.AddRange(file.Fits?.Remarks ?? []);
        if (SurveyKinds.Of(file, options) is not { } found)
        {
            lines.Add(WhyUnknown(file));
            return lines;
        }
        lines.Add($"kind: {found.Kind.Name} ({found.Kind.Description}), because {found.Evidence}");
        var count = 0;
        foreach (var spectrum in found.Kind.Read(file, options))
        {
            PixelOrder.Require(spectrum, path);
            if (count++ < MostSpectra)
            {
                lines.AddRange(Spectrum(spectrum, options));
            }
        }
        lines.Add(count == 1 ? "1 spectrum" : $"{count} spectra{(count > MostSpectra ? $"; the first {MostSpectra} are shown" : "")}");
        return lines;
    }

    /// <summary>Why a file is of no kind, and what can be done.</summary>
    internal static string WhyUnknown(SurveyFile file)
    {
        if (DatasetInspection.IsDataset(file))
        {
            return $"'{file.Path}' is a dataset of Galatent already; give it to train, encode or merge.";
        }
        var damage = string.Concat((file.Fits?.Remarks ?? []).Select(r => $" {r}"));
        var parts = string.Join("; ", Content(file).Select(l => l.Trim()).Take(4).Select(Short));
        var hasTable = file.Fits is not { } fits || fits.Units.Any(u => u.IsTable);
        return $"'{file.Path}' is of no known kind: {parts}.{damage} "
            + (
                hasTable
                    ? "Say which columns are what with SurveyOptions.Columns, e.g. wavelength=A,flux=B,ivar=C."
                    : "Images of one or two axes are read, with wavelengths in the header or in another HDU (SurveyOptions.Hdus)."
            );
    }

    private static string Short(string line) => line.Length > LongestPart ? line[..LongestPart] + "..." : line;

    private static string Format(SurveyFile file) =>
        file.Fits is { } fits ? $"FITS with {fits.Units.Count} HDU{(fits.Units.Count == 1 ? "" : "s")}"
        : file.IsHdf5 ? "HDF5"
        : file.IsParquet ? "Parquet"
        : "text";

    private static IEnumerable<string> Content(SurveyFile file)
    {
        if (file.IsHdf5)
        {
            return Hdf5Columns
                .Describe(file.Path)
                .GroupBy(c => c.Rows)
                .OrderByDescending(g => g.Key)
                .Take(MostGroups)
                .Select(g => $"  {g.Key} rows of {ShownNames.Of(g.Select(c => c.Name))}");
        }
        if (file.Fits is null)
        {
            var columns = file.Columns;
            return [$"  {columns.Count} rows of {ShownNames.Of(columns.Names)}"];
        }
        return file.Fits.Units.Select(unit =>
            $"  HDU {unit.Index} {unit.Title}: "
            + (
                unit.IsTable ? $"table of {unit.Table.RowCount} rows with {ShownNames.Of(unit.ColumnNames)}"
                : unit.Shape.Length == 0 ? "no data"
                : $"image of {string.Join(" x ", unit.Shape)}{(unit.IsTiled ? ", compressed" : "")}"
            )
        );
    }

    private static IEnumerable<string> Spectrum(ObservedSpectrum s, SurveyOptions options)
    {
        var place = s.Place.Length > 0 ? $", {s.Place}" : "";
        yield return $"spectrum {(s.ObjectId.Length > 0 ? s.ObjectId : "without identifier")}{place}:";
        if (s.Count > 0)
        {
            var medium = (options.Medium ?? s.Medium).ToString().ToLowerInvariant();
            var bad = PixelCleaning.Mask(s, SpectrumFrames.Of(s, options).Observed, options).Count(m => m != PixelMask.None);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  {s.Count} pixels from {s.WavelengthAngstrom[0]:F2} to {s.WavelengthAngstrom[^1]:F2} Å, {medium}, "
                    + $"{(options.IsRest || s.IsRest ? "rest frame" : "observed frame")}; {100.0 * bad / s.Count:F1} % bad"
            );
            yield return s.Scale.IsAbsolute
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"  flux in {s.Scale.Factor:G6} erg/s/cm2/{(s.Scale.IsPerHertz ? "Hz" : "Å")}"
                )
                : "  flux in a relative unit";
        }
        yield return double.IsNaN(s.Redshift)
            ? "  no redshift"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"  redshift {s.Redshift:G7} ({s.RedshiftFrom}){(s.Doubt is { } d ? $", in doubt: {d}" : "")}"
            );
        if (s.Class.Length > 0)
        {
            yield return $"  class {s.Class}";
        }
        if (s.IsUncalibrated)
        {
            yield return "  not flux calibrated: left out by default; SurveyOptions.AllowUncalibrated takes it";
        }
        if (s.Exclusion is { } exclusion)
        {
            yield return $"  left out by default: {Reason.InWords(exclusion.Reason)} ({exclusion.Detail})";
        }
        foreach (var remark in s.Remarks)
        {
            yield return $"  {remark}";
        }
    }
}
