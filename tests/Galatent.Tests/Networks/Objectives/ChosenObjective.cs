using Galatent.Networks.Objectives;

namespace Galatent.Tests.Networks.Objectives;

/// <summary>An objective by its name, with those of some constants that it has.</summary>
internal static class ChosenObjective
{
    public static Objective Of(string name, params (string Constant, double Value)[] values)
    {
        var objective = ObjectiveList.Named(name);
        foreach (var (constant, value) in values)
        {
            objective = objective.Constants().FirstOrDefault(c => c.Name == constant) switch
            {
                RealConstant real => real.With(value),
                CountConstant count => count.With((int)value),
                _ => objective,
            };
        }
        return objective;
    }
}
