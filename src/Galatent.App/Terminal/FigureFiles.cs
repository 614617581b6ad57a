using Galatent.Report.Drawing;

namespace Galatent.App.Terminal;

/// <summary>Figures that a command writes.</summary>
internal static class FigureFiles
{
    /// <summary>Writes a figure in all formats, and says where it is and what it shows.</summary>
    public static void Write(Figure figure, string folder)
    {
        figure.Save(folder);
        ProgressDisplay.Say($"{Path.Combine(folder, figure.Id)}.png, .svg, .pdf and .csv: {figure.Caption}");
    }
}
