using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>A kind of file that spectra come in: how it is recognised, and how it is read.</summary>
internal interface ISurveyKind
{
    /// <summary>Its name, for options and tables.</summary>
    string Name { get; }

    /// <summary>What it is, for people.</summary>
    string Description { get; }

    /// <summary>By what the file is recognised as of this kind; null when it is not.</summary>
    /// <exception cref="InputException">It is of a kin that is not read; the sentence says what to give instead.</exception>
    string? Evidence(SurveyFile file, SurveyOptions options);

    /// <summary>Why the survey doubts a redshift with these warning flags (ZWARN, ZWARNING); null where it does not.</summary>
    string? Doubt(double warning) => SdssMask.Doubt(warning);

    /// <summary>The spectra of a file, in its order, read one after the other.</summary>
    /// <exception cref="InputException">The file is damaged where it is needed.</exception>
    IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options);
}
