using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Galatent.Explore.Uploads;

/// <summary>What a person says about a spectrum beside its file.</summary>
/// <param name="Model">Hash of the model that encodes; empty for the one that is shown first.</param>
/// <param name="Redshift">Redshift; null for what the file says.</param>
/// <param name="IsRest">Whether wavelengths are at rest already.</param>
internal sealed record UploadQuestion(string Model, double? Redshift, bool IsRest)
{
    private const double LargestRedshift = 20;

    /// <summary>Reads the question of an address; false when a value cannot be used.</summary>
    public static bool TryRead(IQueryCollection query, out UploadQuestion question)
    {
        var frame = query["frame"].ToString();
        var text = query["redshift"].ToString();
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var redshift);
        question = new UploadQuestion(query["model"].ToString(), isNumber ? redshift : null, frame == "rest");
        return frame is "" or "rest" or "observed" && (text.Length == 0 || (isNumber && redshift is >= 0 and <= LargestRedshift));
    }
}
