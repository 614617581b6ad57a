using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>All kinds of files that spectra come in, in the order in which they are tried: surveys first, any table last.</summary>
internal static class SurveyKinds
{
    /// <summary>The kinds.</summary>
    public static IReadOnlyList<ISurveyKind> All { get; } =
    [
        new SdssSpec(),
        new SdssSpSpec(),
        new SdssPlate(),
        new DesiCoadd(),
        new Lamost(),
        new EsoPhase3(),
        new Vipers(),
        new JwstSpectrum(),
        new DeimosSpec1d(),
        new Gama(),
        new SixDegreeField(),
        new TwoDegreeField(),
        new FiberImages(),
        new MultimodalUniverse(),
        new FitsTableSpectra(),
        new IrafImage(),
        new ColumnSpectrum(),
    ];

    /// <summary>The kind of a file, and by what it was recognised; null when it is of none.</summary>
    /// <exception cref="InputException">It is damaged, or of a kin that is not read.</exception>
    public static (ISurveyKind Kind, string Evidence)? Of(SurveyFile file, SurveyOptions options)
    {
        if (options.Kind is { } name)
        {
            var told = All.FirstOrDefault(k => k.Name == name)
                ?? throw new InputException($"There is no kind '{name}' of spectra; choose {string.Join(", ", All.Select(k => k.Name))}.");
            return told.Evidence(file, options) is { } seen
                ? (told, seen)
                : throw new InputException($"'{file.Path}' is no {told.Description}; leave SurveyOptions.Kind out to recognise it.");
        }
        foreach (var kind in All)
        {
            if (kind.Evidence(file, options) is { } evidence)
            {
                return (kind, evidence);
            }
        }
        return null;
    }
}
