using Galatent.Latents.Matching;

namespace Galatent.Study;

/// <summary>Two of the models that are compared.</summary>
/// <param name="First">Place of the first model in the list.</param>
/// <param name="Second">Place of the second.</param>
/// <param name="Agreement">How they agree.</param>
/// <param name="Chance">What matching finds between axes that are turned at random; null when a model uses no dimension.</param>
/// <param name="ByInformation">The matching by information; null when it was not asked for.</param>
public sealed record ComparedPair(
    int First,
    int Second,
    ModelAgreement Agreement,
    RotationNull? Chance,
    DimensionMatching? ByInformation = null
);
