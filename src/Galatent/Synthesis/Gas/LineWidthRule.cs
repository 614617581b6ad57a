namespace Galatent.Synthesis.Gas;

/// <summary>What sets the width of emission lines.</summary>
public enum LineWidthRule
{
    /// <summary>sigma = twice the pixel, or the velocity when that is wider: FSPS 3.2, the study's.</summary>
    TwoPixels,

    /// <summary>Full width at half maximum = twice the pixel, or that of the stars' library (MILES, 2.51 Å from 3602 to 7402 Å), or the
    /// velocity, whichever is widest: FSPS 4.</summary>
    TwoPixelsFullWidth,

    /// <summary>The velocity alone; a line narrower than a pixel falls into the pixels that it touches, its flux kept.</summary>
    Velocity,
}
