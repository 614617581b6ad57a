using Galatent.Numerics;

namespace Galatent.Explore.Site;

public static class StaticSite
{
    public static (int Files, long Bytes, IReadOnlyList<string> Remarks) Write(
        string runFolder,
        string folder,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    ) => throw new InputException("not yet");
}
