namespace Galatent.Files;

/// <summary>Names of columns and parts for a sentence: not more, and none longer, than a reader takes in. A damaged header holds any
/// number of any length.</summary>
internal static class ShownNames
{
    private const int Most = 25;
    private const int Longest = 30;

    /// <summary>The names with commas between.</summary>
    public static string Of(IEnumerable<string> names)
    {
        var all = names.ToList();
        var some = all.Take(Most).Select(n => n.Length > Longest ? n[..Longest] + "..." : n);
        return string.Join(", ", some) + (all.Count > Most ? $" and {all.Count - Most} more" : "");
    }
}
