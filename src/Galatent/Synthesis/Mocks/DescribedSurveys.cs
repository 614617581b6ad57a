namespace Galatent.Synthesis.Mocks;

/// <summary>The surveys that are described here.</summary>
public static class DescribedSurveys
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SurveyDescription> All { get; } =
    [SdssDescription.Create(), BossDescription.Create(), DesiDescription.Create()];
}
