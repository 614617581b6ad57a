using System.CommandLine;
using Galatent.App.Options;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Training;

namespace Galatent.App.Commands;

/// <summary>The options of <c>galatent train</c> that choose the objective, with one option for each constant in
/// <see cref="ObjectiveList"/>.</summary>
internal sealed class ObjectiveChoice
{
    // Some per cent in every survey, see CalibrationFloor.
    private const double UsualCalibrationError = 0.03;

    private readonly Option<string> _objective = new Option<string>("--objective")
    {
        Description =
            $"What is minimised. {string.Join("; ", ObjectiveList.All.Select(o => $"{o.Name}: {o.Description}"))}. "
            + "docs/training.md has the formulas.",
        DefaultValueFactory = _ => ObjectiveList.Default.Name,
    }.OneOf([.. ObjectiveList.All.Select(o => o.Name)]);

    private readonly Option<string> _pixels = new Option<string>("--pixel-weights")
    {
        Description = "Weights of the pixels of each spectrum: none, mask (the file's /mask) or ivar (/ivar and /mask).",
        DefaultValueFactory = _ => "none",
    }.OneOf("none", "mask", "ivar");

    private readonly Option<double?> _calibration = new("--calibration-error")
    {
        Description =
            "With --pixel-weights ivar: relative error of the flux calibration, added to the noise in squares; 0.03 by default, 0 for "
            + "none.",
        HelpName = "FRACTION",
    };

    private readonly Option<bool> _widths = new("--width-weights")
    {
        Description = "Weight pixels by their width in angstrom, so that beta does not depend on the sampling.",
    };

    private readonly ObjectiveConstantOption[] _constants =
    [
        .. ObjectiveList.All.SelectMany(o => o.Constants()).DistinctBy(c => c.Name).Select(c => new ObjectiveConstantOption(c)),
    ];

    public void AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[_objective, _pixels, _calibration, _widths, .. _constants.Select(c => c.Option)])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Applies the choice to the options of a run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The recipe, with beta as chosen so far.</param>
    /// <param name="betaGiven">Whether --beta or --sigma was given.</param>
    public TrainingOptions Apply(ParseResult parsed, TrainingOptions options, bool betaGiven)
    {
        var weighting = parsed.GetRequiredValue(_pixels) switch
        {
            "mask" => PixelWeighting.Mask,
            "ivar" => PixelWeighting.InverseVariance,
            _ => PixelWeighting.None,
        };
        var objective = ObjectiveList.Named(parsed.GetRequiredValue(_objective)) with
        {
            PixelWeighting = weighting,
            WidthWeighting = parsed.GetValue(_widths),
            CalibrationError = parsed.GetValue(_calibration) ?? (weighting == PixelWeighting.InverseVariance ? UsualCalibrationError : 0),
        };
        foreach (var constant in _constants)
        {
            objective = constant.Apply(parsed, objective);
        }
        // With known pixel noise, a beta of 2 gives twice the negative evidence bound.
        var usual = objective.DefaultBeta ?? (weighting == PixelWeighting.InverseVariance ? 2 : options.Beta);
        return options with { Beta = betaGiven ? options.Beta : usual, Objective = objective };
    }
}
