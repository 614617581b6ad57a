using Galatent.Spectra;
using Galatent.Spectra.Quantities;

namespace Galatent.Report.Figures.Samples;

/// <summary>Simulated spectra and quantities measured on them, for figures of a sample.</summary>
public sealed class SimulatedSample
{
    private SimulatedSample(SpectrumSet spectra, double[] lineWavelengths, double[] lineLuminosities)
    {
        Spectra = spectra;
        double[] Line(double wavelength)
        {
            var line = Array.FindIndex(lineWavelengths, w => Math.Abs(w - wavelength) < 1);
            return
            [
                .. Enumerable
                    .Range(0, spectra.Count)
                    .Select(i => line < 0 ? double.NaN : lineLuminosities[(i * lineWavelengths.Length) + line]),
            ];
        }
        var alpha = Line(6564.6);
        var beta = Line(4862.71);
        var oxygen = Line(5008.24);
        var nitrogen = Line(6585.27);
        LogNitrogen = [.. nitrogen.Zip(alpha, (n, a) => Math.Log10(n / a))];
        LogOxygen = [.. oxygen.Zip(beta, (o, b) => Math.Log10(o / b))];
        D4000 = [.. Enumerable.Range(0, spectra.Count).Select(i => SpectralIndices.D4000(spectra.Grid, spectra[i]))];
        LogHalphaWidth =
        [
            .. Enumerable
                .Range(0, spectra.Count)
                .Select(i => Math.Log10(SpectralIndices.HalphaWidth(spectra.Grid, spectra[i], spectra.Norm[i], alpha[i]))),
        ];
        LogSpecificSfr =
        [
            .. spectra
                .Parameter(GalaxyQuantities.LogSfr.Name)
                .Values.Zip(spectra.Parameter(GalaxyQuantities.LogMass.Name).Values, (s, m) => s - m),
        ];
    }

    /// <summary>The spectra.</summary>
    public SpectrumSet Spectra { get; }

    /// <summary>log10 of SFR over mass, 1/yr.</summary>
    public double[] LogSpecificSfr { get; }

    /// <summary>The break at 4000 Å.</summary>
    public double[] D4000 { get; }

    /// <summary>log10 of the equivalent width of H alpha, Å.</summary>
    public double[] LogHalphaWidth { get; }

    /// <summary>log10 of [N II] 6585 over H alpha.</summary>
    public double[] LogNitrogen { get; }

    /// <summary>log10 of [O III] 5008 over H beta.</summary>
    public double[] LogOxygen { get; }

    /// <summary>Reads a file that <c>galatent simulate</c> wrote with the study's grid, at most 20,000 spectra.</summary>
    public static SimulatedSample Read(string path)
    {
        var (wavelengths, luminosities) = SpectrumFile.ReadLines(path, 20_000);
        return new SimulatedSample(SpectrumFile.Read(path, 20_000), wavelengths, luminosities);
    }
}
