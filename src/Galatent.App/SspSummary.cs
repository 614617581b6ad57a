using System.Text.Json.Serialization;
using Galatent.Synthesis.Ssp;

namespace Galatent.App;

/// <summary>What <c>galatent ssp info</c> shows about a library.</summary>
internal sealed record SspSummary(
    string Description,
    string Citation,
    string InitialMassFunction,
    string Isochrones,
    string SpectralLibrary,
    double[] MetallicitySolar,
    double SolarMetallicity,
    int AgeCount,
    double YoungestAgeYr,
    double OldestAgeYr,
    int WavelengthCount,
    double FirstWavelengthAngstrom,
    double LastWavelengthAngstrom,
    string FluxUnit,
    double LargestLogIonizingRate,
    string IonizingRateOrigin,
    bool HasLivingMass,
    bool HasSurvivingMass,
    bool SpectraHoldEmissionLines,
    int OwnLineCount,
    int LineCount,
    double[] LineMetallicityLogSolar,
    double[] LineLogU,
    double LargestRelativeError
)
{
    public static SspSummary Of(SspLibrary library)
    {
        var stars = library.Stars;
        var lines = library.Lines;
        return new SspSummary(
            stars.Provenance.Description,
            stars.Provenance.Citation,
            stars.Provenance.InitialMassFunction,
            stars.Provenance.Isochrones,
            stars.Provenance.SpectralLibrary,
            [.. stars.LogZ.Select(z => Math.Round(Math.Pow(10, z), 6))],
            stars.Provenance.SolarMetallicity,
            stars.AgeCount,
            Math.Pow(10, stars.LogAgeYr[0]),
            Math.Pow(10, stars.LogAgeYr[^1]),
            stars.WavelengthCount,
            stars.WavelengthAngstrom[0],
            stars.WavelengthAngstrom[^1],
            $"Lsun/Hz per solar mass formed, Lsun = {stars.Provenance.SolarLuminosityErgPerSecond:G4} erg/s",
            stars.LogIonizingRate.Max(),
            stars.IonizingRateOrigin switch
            {
                Synthesis.Ssp.IonizingRateOrigin.Fallback => "not in the table; those of Bruzual and Charlot (2003, Chabrier) are used",
                Synthesis.Ssp.IonizingRateOrigin.Integrated => "from its light below 912 angstrom",
                _ => "stated by the table",
            },
            stars.LivingMass.Length > 0,
            stars.SurvivingMass.Length > 0,
            SspPlausibility.HasEmissionLines(stars),
            stars.EmissionLines?.Name.Length ?? 0,
            lines.LineCount,
            lines.LogZ,
            lines.LogU,
            library.LargestRelativeError
        );
    }

    public void Print(TextWriter output)
    {
        void Row(string name, string value) => output.WriteLine($"{name, -22}{(value.Length == 0 ? "not stated" : value)}");
        Row("description", Description);
        Row("cite", Citation);
        Row("initial mass function", InitialMassFunction);
        Row("isochrones", Isochrones);
        Row("spectral library", SpectralLibrary);
        Row("metallicities", $"{MetallicitySolar.Length}: Z/Zsun = {string.Join(", ", MetallicitySolar)}; Zsun = {SolarMetallicity}");
        Row("ages", $"{AgeCount}: {YoungestAgeYr / 1e6:G4} Myr to {OldestAgeYr / 1e9:G4} Gyr");
        Row("wavelengths", $"{WavelengthCount}: {FirstWavelengthAngstrom:F2} to {LastWavelengthAngstrom:F2} Å, vacuum");
        Row("flux", FluxUnit);
        Row("ionising photons", $"log10 Q up to {LargestLogIonizingRate:F2} per second and solar mass formed; {IonizingRateOrigin}");
        Row("mass of living stars", HasLivingMass ? "in the table" : "not in the table");
        Row(
            "surviving mass",
            HasSurvivingMass
                ? "in the table (stars and remnants); the population uses the fit of Hearin et al. (2023)"
                : "not in the table; a fit is used (Hearin et al. 2023)"
        );
        Row(
            "lines in the spectra",
            SpectraHoldEmissionLines
                ? "yes: its young spectra contain emission lines, so add none (--no-lines --no-nebular-continuum)"
                : "none, stars alone"
        );
        Row(
            "lines beside them",
            OwnLineCount == 0 ? "none" : $"{OwnLineCount}, for one ionisation parameter; used with --lines table, otherwise those below"
        );
        Row(
            "emission lines",
            $"{LineCount}, log Zgas/Zsun {LineMetallicityLogSolar[0]} to {LineMetallicityLogSolar[^1]}, log U {LineLogU[0]} to "
                + $"{LineLogU[^1]} (Byler et al. 2017, ApJ 840, 44; FSPS, MIST)"
        );
        Row(
            "largest error",
            LargestRelativeError == 0 ? "none, the table is not packed" : $"{100 * LargestRelativeError:F4} % of any flux, from packing"
        );
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SspSummary))]
internal sealed partial class SspSummaryJson : JsonSerializerContext;
