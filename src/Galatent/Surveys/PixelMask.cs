namespace Galatent.Surveys;

/// <summary>Why a pixel is bad: the bits of <c>/mask</c> in a file of observed spectra. 0 is a good pixel.</summary>
[Flags]
public enum PixelMask
{
    /// <summary>Good.</summary>
    None = 0,

    /// <summary>The spectrum does not reach here.</summary>
    NoCoverage = 1,

    /// <summary>The survey says so: a flag, an inverse variance of 0, no finite number.</summary>
    BadInSurvey = 2,

    /// <summary>A strong line of the night sky.</summary>
    SkyLine = 4,

    /// <summary>Absorbed by the atmosphere.</summary>
    Telluric = 8,

    /// <summary>A value that no galaxy has.</summary>
    Absurd = 16,

    /// <summary>Good pixels cover less than half of the cell.</summary>
    PartlyCovered = 32,
}
