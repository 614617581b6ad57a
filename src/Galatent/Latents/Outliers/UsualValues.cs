namespace Galatent.Latents.Outliers;

/// <summary>What a measure usually is at some signal-to-noise: median and upper spread of the spectra nearest in signal-to-noise.</summary>
internal sealed class UsualValues
{
    private const int Nearest = 300;

    // The share of a normal distribution below one standard deviation.
    private const double OneSigma = 0.8413;

    private readonly double[] _signal;
    private readonly double[] _values;

    /// <param name="signal">Signal-to-noise of usual spectra.</param>
    /// <param name="values">The measure of them.</param>
    public UsualValues(IEnumerable<double> signal, IEnumerable<double> values)
    {
        (double Signal, double Value)[] pairs = [.. signal.Zip(values).Where(p => double.IsFinite(p.Second)).OrderBy(p => p.First)];
        (_signal, _values) = (Array.ConvertAll(pairs, p => p.Signal), Array.ConvertAll(pairs, p => p.Value));
    }

    /// <summary>The median at a signal-to-noise.</summary>
    public double Median(double signal) => Quantiles(signal).Median;

    /// <summary>How far a value lies above the median, in upper spreads.</summary>
    public double Distance(double signal, double value)
    {
        var (median, upper) = Quantiles(signal);
        // Where most have none of something, one unit is the least spread.
        return (value - median) / Math.Max(upper - median, median == 0 ? 1 : 1e-9);
    }

    private (double Median, double Upper) Quantiles(double signal)
    {
        var count = Math.Min(Nearest, _values.Length);
        if (count == 0)
        {
            return (0, 1);
        }
        var place = Array.BinarySearch(_signal, signal);
        var first = Math.Clamp((place < 0 ? ~place : place) - (count / 2), 0, _values.Length - count);
        var near = _values[first..(first + count)];
        Array.Sort(near);
        return (near[count / 2], near[(int)(OneSigma * (count - 1))]);
    }
}
