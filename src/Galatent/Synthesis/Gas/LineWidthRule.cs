namespace Galatent.Synthesis.Gas;

/// <summary>What determines the width of emission lines.</summary>
public enum LineWidthRule
{
    /// <summary>sigma = two pixels, or the velocity if that is wider: FSPS 3.2 and the study.</summary>
    TwoPixels,

    /// <summary>The widest of three full widths at half maximum: two pixels, the resolution of the stellar library (MILES, 2.51 Å from
    /// 3602 to 7402 Å), the velocity: FSPS 4.</summary>
    TwoPixelsFullWidth,

    /// <summary>The velocity only. A line narrower than a pixel goes into the pixels that it touches; its flux is conserved.</summary>
    Velocity,
}
