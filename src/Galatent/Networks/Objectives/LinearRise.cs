namespace Galatent.Networks.Objectives;

/// <summary>A weight that rises linearly from 0 in the first epochs, then stays.</summary>
internal static class LinearRise
{
    /// <summary>Epochs of the rise where none are chosen.</summary>
    public const double DefaultEpochs = 5;

    /// <summary>min(1, t / T); 1 when T is 0.</summary>
    public static double Share(double risingEpochs, double epochsDone) => risingEpochs > 0 ? Math.Min(1, epochsDone / risingEpochs) : 1;

    /// <summary>T as a constant of an objective.</summary>
    public static ObjectiveConstant Constant(Func<double, Objective> with) =>
        new RealConstant("rising-epochs", "epochs in which beta or the capacity rises.", with);

    /// <summary>The check of T.</summary>
    public static (bool Good, string Fault) Check(double risingEpochs) =>
        (risingEpochs is >= 0 and < 1e6, $"the rise must take at least 0 and fewer than 1000000 epochs, not {risingEpochs}");
}
