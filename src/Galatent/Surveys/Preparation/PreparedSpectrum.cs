namespace Galatent.Surveys.Preparation;

/// <summary>What became of one observed spectrum: the pixels of the grid, or the reason why there are none.</summary>
internal sealed class PreparedSpectrum
{
    /// <summary>Normalised flux, 0 in bad pixels; empty without pixels.</summary>
    public float[] Flux { get; set; } = [];

    /// <summary>Inverse variance of the normalised flux, 0 in bad pixels.</summary>
    public float[] InverseVariance { get; set; } = [];

    /// <summary><see cref="PixelMask"/> of each pixel.</summary>
    public byte[] Mask { get; set; } = [];

    /// <summary>The outcome, see <see cref="Surveys.Reason"/>.</summary>
    public string Outcome { get; set; } = Reason.Written;

    /// <summary>What was seen, for people.</summary>
    public string Detail { get; set; } = "";

    /// <summary>What the spectrum was divided by, erg/s/cm²/Hz (or in a relative unit).</summary>
    public double Norm { get; set; } = double.NaN;

    /// <summary>How it was normalised: 0 for the median at 5000-5500 Å, <see cref="Provisional"/> until the others are known.</summary>
    public int NormKind { get; set; }

    /// <summary>Divided by the median of all good pixels, until it is known how others look there.</summary>
    public const int Provisional = -1;

    /// <summary>E(B-V) that was used; NaN where none was.</summary>
    public double Ebv { get; set; } = double.NaN;

    /// <summary>Median signal-to-noise for each observed ångström.</summary>
    public double SignalToNoise { get; set; } = double.NaN;

    /// <summary>Good share of the grid.</summary>
    public double Coverage { get; set; } = double.NaN;

    /// <summary>Full width at half maximum of the line-spread function at rest 5250 Å, Å at rest; NaN where it is not known.</summary>
    public double LsfFwhmRestAngstrom { get; set; } = double.NaN;

    /// <summary>Mean of ivar V over good pixels: chi² per pixel that a perfect model has.</summary>
    public double ExpectedChiSquare { get; set; } = double.NaN;

    /// <summary>A sentence where the wavelengths seem to be at rest already; else null.</summary>
    public string? RestRemark { get; set; }

    /// <summary>Good pixels of the file in the normalisation window, at rest.</summary>
    public int WindowPixels { get; set; }

    /// <summary>Pixels of the file by what made them bad: survey, sky line, telluric, absurd.</summary>
    public int[] BadPixels { get; set; } = new int[4];
}
