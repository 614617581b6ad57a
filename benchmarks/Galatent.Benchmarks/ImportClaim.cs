using System.Globalization;
using Galatent.Surveys;

namespace Galatent.Benchmarks;

/// <summary>
/// The line <c>import-sdss</c>: files of the size of SDSS' (3850 pixels) through one import, against a plain loop that imports file after
/// file. Why it exists: a survey has a million files, and what an import does once for each of them decides. The files are in the page
/// cache. What it does not measure: a disk.
/// </summary>
internal static class ImportClaim
{
    private const int Files = 200;
    private const int Pixels = 3850;

    public static Pair Prepare(int threads)
    {
        var folder = new ScratchFolder("galatent-import-");
        string[] files = [.. Enumerable.Range(0, Files).Select(i => folder.File(string.Create(CultureInfo.InvariantCulture, $"{i}.fits")))];
        for (var i = 0; i < Files; i++)
        {
            MutationFits.WriteSpectrum(files[i], Pixels, p => 3.58 + (1e-4 * p), i);
        }
        var output = folder.File("o.h5");
        return new Pair(
            () =>
            {
                foreach (var file in files)
                {
                    Import(output, [file], 1);
                }
            },
            Files,
            () => Import(output, files, threads),
            Files,
            folder
        );
    }

    private static void Import(string output, string[] files, int threads)
    {
        var options = new SurveyOptions { Threads = threads, KeepRepeats = true };
        if (SurveyImport.Run(output, InputFiles.Expand(files), options).Written != files.Length)
        {
            throw new InvalidOperationException("not every spectrum was written");
        }
    }
}
