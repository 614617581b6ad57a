using Galatent.Files;
using Galatent.Files.Fits;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys.Kinds;
using Galatent.Surveys.Preparation;

namespace Galatent.Surveys;

/// <summary>Reads one file of an import: its kind, its spectra with their redshifts, and what becomes of each. A damaged file is a line of
/// the result, and no end of the import.</summary>
internal sealed class SurveyReader(SurveyOptions options, RedshiftTable? catalogue, HashSet<string>? wanted)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isNamed">Whether the user named it; a file that was found in a folder may be something else.</param>
    /// <param name="rows">Where prepared spectra go.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InputException">It is damaged, and damage ends the import.</exception>
    public IReadOnlyList<ImportedSpectrum> Read(string path, bool isNamed, ScratchRows rows, CancellationToken cancellation)
    {
        var results = new List<ImportedSpectrum>();
        var kind = "";
        try
        {
            using var file = SurveyFile.Open(path, options.ScratchFolder);
            if (SurveyKinds.Of(file, options) is not { } found)
            {
                return [Unknown(file, isNamed)];
            }
            kind = found.Kind.Name;
            var remarks = new List<string>(file.Fits?.Remarks ?? []);
            // A file name stands for a spectrum only where the file has one. So the next one is looked for first.
            using var spectra = found.Kind.Read(file, options).GetEnumerator();
            for (var more = spectra.MoveNext(); more; )
            {
                cancellation.ThrowIfCancellationRequested();
                var spectrum = spectra.Current;
                more = spectra.MoveNext();
                PixelOrder.Require(spectrum, path);
                var result = One(spectrum, path, found.Kind, rows, isOnly: !more && results.Count == 0);
                results.Add(result with { Remarks = [.. remarks, .. result.Remarks] });
                remarks.Clear();
            }
            if (results.Count == 0)
            {
                results.Add(Failed(path, kind, Reason.NoSpectra, $"'{path}' has the layout of {kind}, and holds no spectrum."));
                results[0] = results[0] with { Remarks = remarks };
            }
            CheckSums(file, results);
        }
        catch (InputException e) when (!options.IsStrict && !rows.HasFailed && (isNamed || kind.Length > 0 || IsBinary(path)))
        {
            results.Add(Failed(path, kind, Reason.Unreadable, e.Message));
        }
        catch (InputException e) when (!options.IsStrict && !rows.HasFailed)
        {
            results.Add(Failed(path, kind, Reason.NoSpectra, e.Message));
        }
        catch (Exception e) when (e is EndOfStreamException or UnauthorizedAccessException or IOException)
        {
            var message = $"'{path}' cannot be read ({e.Message.TrimEnd('.')}); check the file.";
            results.Add(options.IsStrict ? throw new InputException(message, e) : Failed(path, kind, Reason.Unreadable, message));
        }
        return results;
    }

    private static ImportedSpectrum Failed(string path, string kind, string outcome, string message) =>
        new()
        {
            File = path,
            Kind = kind,
            Outcome = outcome,
            Detail = message,
        };

    // Notes and pictures lie in folders of spectra, too.
    private static bool IsBinary(string path)
    {
        if (SpecialFile.KindOf(path) is not null)
        {
            return false;
        }
        Span<byte> head = stackalloc byte[8];
        try
        {
            using var file = File.OpenRead(path);
            var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return length == 0
                || FitsContainer.IsFits(head)
                || FitsContainer.IsGzip(head)
                || head.SequenceEqual(Hdf5.Signature)
                || FitsContainer.Refusal(path, head) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be opened may be spectra: it is told as unreadable.
            return true;
        }
    }

    private ImportedSpectrum Unknown(SurveyFile file, bool isNamed)
    {
        if (file.Fits is { } fits && fits.Units.Any(u => u.IsTable && RedshiftTable.Fits(u.ColumnNames)))
        {
            return Failed(file.Path, "", Reason.NoSpectra, $"'{file.Path}' is a table of redshifts.");
        }
        if (!isNamed && file.IsHdf5 && SpectrumFile.Is(file.Path))
        {
            return Failed(file.Path, "", Reason.NoSpectra, $"'{file.Path}' is a dataset of this program.");
        }
        var message = SurveyInspection.WhyUnknown(file);
        return options.IsStrict
            ? throw new InputException(message)
            : Failed(file.Path, "", isNamed || !file.IsColumns ? Reason.NotRecognised : Reason.NoSpectra, message);
    }

    private void CheckSums(SurveyFile file, List<ImportedSpectrum> results)
    {
        foreach (var unit in file.Fits?.Units ?? [])
        {
            if (unit.WasRead && unit.CheckDataSum() is { } remark)
            {
                results[0] = options.IsStrict
                    ? throw new InputException(remark)
                    : results[0] with
                    {
                        Remarks = [.. results[0].Remarks, remark],
                    };
            }
        }
    }

    private ImportedSpectrum One(ObservedSpectrum spectrum, string path, ISurveyKind kind, ScratchRows rows, bool isOnly)
    {
        // A row without a redshift takes none away.
        if (catalogue?.Find([spectrum.ObjectId, .. spectrum.Aliases], isOnly ? path : null) is { HasRedshift: true } entry)
        {
            entry.GiveTo(spectrum, kind, "catalogue");
        }
        var result = new ImportedSpectrum
        {
            File = path,
            Place = spectrum.Place,
            ObjectId = spectrum.ObjectId,
            Kind = kind.Name,
            Outcome = Reason.Written,
            Class = spectrum.Class,
            Redshift = spectrum.Redshift,
            RedshiftError = spectrum.RedshiftError,
            RedshiftWarning = spectrum.RedshiftWarning,
            RedshiftFrom = double.IsNaN(spectrum.Redshift) ? "" : spectrum.RedshiftFrom,
            RightAscensionDegrees = spectrum.RightAscensionDegrees,
            DeclinationDegrees = spectrum.DeclinationDegrees,
            Pixels = spectrum.Count,
            IsAbsolute = spectrum.Scale.IsAbsolute,
            Remarks = spectrum.Remarks,
        };
        if (wanted is not null && !wanted.Contains(spectrum.ObjectId) && !spectrum.Aliases.Any(wanted.Contains))
        {
            return result with { Outcome = Reason.NotWanted };
        }
        if (SpectrumSelection.Before(spectrum, options) is { } before)
        {
            return result with { Outcome = before.Reason, Detail = before.Detail };
        }
        var prepared = SpectrumPreparation.Of(spectrum, options);
        if (prepared.RestRemark is { } rest)
        {
            spectrum.Remarks.Add($"'{path}': {rest}");
        }
        var after = SpectrumSelection.After(prepared, options);
        return result with
        {
            Outcome = after?.Reason ?? Reason.Written,
            Detail = after?.Detail ?? "",
            BadInSurvey = prepared.BadPixels[0],
            AtSkyLines = prepared.BadPixels[1],
            InTelluricBands = prepared.BadPixels[2],
            Absurd = prepared.BadPixels[3],
            WindowPixels = prepared.WindowPixels,
            Ebv = prepared.Ebv,
            SignalToNoise = prepared.SignalToNoise,
            Coverage = prepared.Coverage,
            Norm = prepared.Norm,
            NormKind = prepared.NormKind,
            LsfFwhmRestAngstrom = prepared.LsfFwhmRestAngstrom,
            ExpectedChiSquare = prepared.ExpectedChiSquare,
            ScratchRow = after is null ? rows.Append(prepared) : -1,
        };
    }
}
