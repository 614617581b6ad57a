using Galatent.Surveys;
using Galatent.Tests.Files.Fits;

namespace Galatent.Tests.Surveys;

/// <summary>Catalogues of redshifts: what joins, and what does not.</summary>
public sealed class RedshiftTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_that_says_nothing_takes_no_redshift_away()
    {
        var spectrum = _folder.File("a.fits");
        using (var file = File.Create(spectrum))
        {
            InventedSurveys.Sdss(file);
        }
        var catalogue = _folder.File("z.csv");
        foreach (
            var (rows, redshift, from) in new (string[], double, string)[]
            {
                (["4565525861424406528,0.2,0.001"], 0.2, "catalogue"),
                // The same twice is clear; two redshifts are not; -9999 and a negative error are none.
                (["4565525861424406528,0.2,0.001", "4565525861424406528,0.2,0.001"], 0.2, "catalogue"),
                (["4565525861424406528,0.2,0.001", "4565525861424406528,0.3,0.001"], 0.1, "file"),
                (["4565525861424406528,-9999,0.001"], 0.1, "file"),
                (["4565525861424406528,0.2,-1"], 0.1, "file"),
            }
        )
        {
            File.WriteAllLines(catalogue, ["id,z,zerr", "1,0.5,0.001", .. rows]);
            var summary = SurveyImport.Run(
                _folder.File("o.h5"),
                InputFiles.Expand([spectrum]),
                new SurveyOptions { Redshifts = catalogue },
                cancellation: TestContext.Current.CancellationToken
            );
            var only = Assert.Single(summary.Spectra);
            Assert.Equal((redshift, from), (only.Redshift, only.RedshiftFrom));
            Assert.Equal(rows is [_, var second] && second.Contains("0.3", StringComparison.Ordinal), summary.Remarks.Count > 0);
        }
    }

    // Rows of 9 kB: the table is read in blocks, and every identifier is found with all its digits.
    [Fact]
    public void A_large_table_is_read_in_blocks()
    {
        const int rows = 2000;
        var path = _folder.File("zall.fits");
        using (var file = File.Create(path))
        {
            FitsTables.Primary(file);
            FitsTables.Table(
                file,
                "ZCATALOG",
                rows,
                [
                    TestColumn.Longs("TARGETID", [.. Enumerable.Range(0, rows).Select(i => 39627866878511337 + i)]),
                    new TestColumn("NOISE", "9000B", _ => new byte[9000]),
                    TestColumn.Doubles("Z", [.. Enumerable.Range(0, rows).Select(i => 0.001 * i)]),
                    TestColumn.Doubles("DELTACHI2", [.. Enumerable.Range(0, rows).Select(i => 1.0 * i)]),
                ]
            );
        }
        var table = RedshiftTable.Read(path, null);
        for (var i = 0; i < rows; i += 37)
        {
            var entry = table.Find([FormattableString.Invariant($"{39627866878511337 + i}")], null)!;
            Assert.Equal((0.001 * i, 1.0 * i), (entry.Redshift, entry.DeltaChiSquare));
        }
    }

    // MANY_OUTLIERS (16) is harmless in SDSS; DESI's redrock has no such flag.
    [Fact]
    public void Warnings_of_a_catalogue_mean_what_the_survey_means_by_them()
    {
        var desi = _folder.File("coadd-x.fits");
        using (var file = File.Create(desi))
        {
            InventedSurveys.Desi(file, [5], ["TGT"], [0], ["B", "R"]);
        }
        var sdss = _folder.File("a.fits");
        using (var file = File.Create(sdss))
        {
            InventedSurveys.Sdss(file);
        }
        var catalogue = _folder.File("z.csv");
        File.WriteAllLines(catalogue, ["id,z,zwarn,deltachi2", "5,0.1,16,20", "4565525861424406528,0.1,16,20"]);
        ImportedSpectrum[] Read(double leastDeltaChiSquare) =>
            [
                .. SurveyImport
                    .Run(
                        _folder.File("o.h5"),
                        InputFiles.Expand([desi, sdss]),
                        new SurveyOptions { Redshifts = catalogue, LeastDeltaChiSquare = leastDeltaChiSquare },
                        cancellation: TestContext.Current.CancellationToken
                    )
                    .Spectra,
            ];
        Assert.Equal([("redshift_flag", "ZWARN 16"), ("written", "")], Read(0).Select(s => (s.Outcome, s.Detail)));
        Assert.Equal([("redshift_flag", "ZWARN 16"), ("redshift_flag", "DELTACHI2 20")], Read(40).Select(s => (s.Outcome, s.Detail)));
    }
}
