namespace Galatent.Training;

/// <summary>How the learning rate changes during a run.</summary>
public enum ScheduleShape
{
    /// <summary>Constant.</summary>
    Constant,

    /// <summary>Halved after every so many epochs, as in the study.</summary>
    Halving,

    /// <summary>Rises linearly, then falls to zero along half a cosine (Smith &amp; Topin 2019, with the cosine of Loshchilov &amp; Hutter
    /// 2017).</summary>
    OneCycle,
}

/// <summary>
/// Learning rate at update s of S (s from 0):
/// <code>
/// halving:   η 2^-floor(epoch / n)
/// one-cycle: η (s+1)/w for s &lt; w = warm-up fraction × S;  then η ½ (1 + cos(π (s-w)/(S-w)))
/// </code>
/// </summary>
/// <param name="options">Shape and constants.</param>
/// <param name="stepsPerEpoch">Updates in one epoch.</param>
internal sealed class LearningRateSchedule(TrainingOptions options, int stepsPerEpoch)
{
    /// <summary>The learning rate of an update.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="step">Within the epoch, from 0.</param>
    public double At(int epoch, int step) =>
        options.Schedule switch
        {
            ScheduleShape.Halving => options.LearningRate * Math.Pow(0.5, (epoch - 1) / options.HalvingEpochs),
            ScheduleShape.OneCycle => options.LearningRate * OneCycle(((epoch - 1L) * stepsPerEpoch) + step),
            _ => options.LearningRate,
        };

    private double OneCycle(long step)
    {
        var total = (double)stepsPerEpoch * options.Epochs;
        var warmUp = Math.Floor(options.WarmUpFraction * total);
        return step < warmUp ? (step + 1) / warmUp : 0.5 * (1 + Math.Cos(Math.PI * (step - warmUp) / (total - warmUp)));
    }
}
