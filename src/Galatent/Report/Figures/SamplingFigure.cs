using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 4: how the data points are distributed over wavelength.</summary>
internal static class SamplingFigure
{
    private const float Left = 72;
    private const float DataWidth = 900;
    private const float DataHeight = 160;
    private const double BinAngstrom = 100;

    public static Figure Make(RunResults run) =>
        new("sampling", "Distribution of the data points over wavelength", Caption(run.Grid), () => Draw(run.Grid))
        {
            Chapter = Chapter.Data,
            StudyFigure = 4,
            Data = () => Data(run.Grid),
        };

    private static FigureSheet Draw(WavelengthGrid grid)
    {
        var sheet = new FigureSheet(1000, 430);
        var (low, high) = Span(grid);
        var upper = sheet.AddPanel(Left, 16, DataWidth, DataHeight);
        var (xs, ys) = Staircase(grid, low, high);
        FigureAxes.Linear(upper.Axes.Bottom, low, high, 1000, labels: false);
        FigureAxes.Log(upper.Axes.Left, 0, 2.4);
        sheet.LabelY(upper, "Data points per 100 Å");
        var fill = upper.Add.FillY(xs, [.. ys.Select(_ => 0.0)], ys);
        fill.FillColor = FigurePalette.Sky.WithAlpha(.5);
        fill.LineWidth = 0;
        upper.AddLine(xs, ys, FigurePalette.Blue);
        var lower = sheet.AddPanel(Left, 16 + DataHeight + 24, DataWidth, DataHeight);
        FigureAxes.Linear(lower.Axes.Bottom, low, high, 1000);
        FigureAxes.Log(lower.Axes.Left, -0.3, 1.6);
        sheet.LabelY(lower, "Pixel width [Å]");
        sheet.LabelX(lower, FigureStyle.WavelengthLabel);
        lower.AddLine(
            grid.WavelengthAngstrom,
            FigureStyle.Log10([.. Enumerable.Range(0, grid.Count).Select(grid.CellWidthAngstrom)]),
            FigurePalette.Blue
        );
        return sheet;
    }

    private static ResultTable Data(WavelengthGrid grid)
    {
        double Bin(double angstrom) => Math.Floor(angstrom / BinAngstrom) * BinAngstrom;
        var counts = grid.WavelengthAngstrom.CountBy(Bin).ToDictionary();
        return ResultTable.Of(
            ("wavelength_angstrom", grid.WavelengthAngstrom),
            ("pixel_width_angstrom", [.. Enumerable.Range(0, grid.Count).Select(grid.CellWidthAngstrom)]),
            ("bin_from_angstrom", Array.ConvertAll(grid.WavelengthAngstrom, Bin)),
            ("points_in_bin", Array.ConvertAll(grid.WavelengthAngstrom, w => (double)counts[Bin(w)]))
        );
    }

    private static (double Low, double High) Span(WavelengthGrid grid) =>
        (Math.Floor(grid.WavelengthAngstrom[0] / 1000) * 1000, Math.Ceiling(grid.WavelengthAngstrom[^1] / 1000) * 1000);

    private static (double[] X, double[] Y) Staircase(WavelengthGrid grid, double low, double high)
    {
        var xs = new List<double>();
        var ys = new List<double>();
        for (var x = low; x < high; x += BinAngstrom)
        {
            var (first, end) = grid.Range(x, Math.BitDecrement(x + BinAngstrom));
            // An empty bin is drawn at half a point, below the logarithm of 1.
            var y = Math.Log10(Math.Max(0.5, end - first));
            xs.AddRange([x, x + BinAngstrom]);
            ys.AddRange([y, y]);
        }
        return ([.. xs], [.. ys]);
    }

    private static string Caption(WavelengthGrid grid)
    {
        var (first, end) = grid.Range(3000, 8000);
        var (fine, fineEnd) = grid.Range(3601.8, 7401.8);
        var width = Enumerable.Range(0, grid.Count).Select(grid.CellWidthAngstrom).Order().ToArray();
        return $"Above: number of data points in bins of 100 Å. Below: width of one pixel. Of {Wording.Count(grid.Count)} points, "
            + $"{Wording.Count(end - first)} lie between 3000 and 8000 Å and {Wording.Count(fineEnd - fine)} between 3602 and 7402 Å; "
            + $"pixels are {Wording.Number(width[0], 2)} to {Wording.Number(width[^1], 2)} Å wide. A loss that sums over points "
            + $"therefore cares mostly about the finely sampled range.";
    }
}
