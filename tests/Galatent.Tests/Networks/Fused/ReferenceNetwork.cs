using Galatent.Networks;

namespace Galatent.Tests.Networks.Fused;

/// <summary>The network of <see cref="ParameterLayout"/> in double precision, one multiplication at a time, straight from the definitions
/// of Conv1d and ConvTranspose1d.</summary>
internal sealed class ReferenceNetwork(ParameterLayout layout, double[] values, float[] meanSpectrum, LinearPath? path = null)
{
    private readonly double _slope = layout.Options.NegativeSlope;

    public double Loss(float[] batch, float[] epsilon, double beta)
    {
        var latent = layout.Options.LatentDimensions;
        var count = epsilon.Length / latent;
        var loss = 0.0;
        for (var s = 0; s < count; s++)
        {
            var flux = batch.AsSpan(s * layout.Plan.Pixels, layout.Plan.Pixels).ToArray();
            var (mu, logVariance) = Encode(flux);
            var z = new double[latent];
            for (var j = 0; j < latent; j++)
            {
                z[j] = mu[j] + (Math.Exp(logVariance[j] / 2) * epsilon[(s * latent) + j]);
                loss += beta * 0.5 * ((mu[j] * mu[j]) + Math.Exp(logVariance[j]) - logVariance[j] - 1);
            }
            loss += Decode(z).Zip(flux, (a, b) => (a - b) * (a - b)).Sum();
        }
        return loss / count;
    }

    public (double[] Mu, double[] LogVariance) Encode(float[] flux)
    {
        var h = flux.Select((f, i) => (double)f - meanSpectrum[i]).ToArray(); // [channel, position]
        for (var i = 0; i < layout.Plan.Layers.Count; i++)
        {
            var l = layout.Plan.Layers[i];
            var w = Block($"encoder.{i}.weight");
            var b = Block($"encoder.{i}.bias");
            var y = new double[l.OutputChannels * l.OutputLength];
            for (var g = 0; g < l.OutputChannels; g++)
            {
                for (var p = 0; p < l.OutputLength; p++)
                {
                    var sum = b[g];
                    for (var f = 0; f < l.InputChannels; f++)
                    {
                        for (var t = 0; t < l.Kernel; t++)
                        {
                            sum += w[(((g * l.InputChannels) + f) * l.Kernel) + t] * h[(f * l.InputLength) + (2 * p) + t];
                        }
                    }
                    y[(g * l.OutputLength) + p] = Activate(sum);
                }
            }
            h = y;
        }
        var centred = flux.Select((f, i) => (double)f - meanSpectrum[i]);
        var mu = Linear("mu", h).Select((m, j) => m + Row(path?.Encoder, j).Zip(centred, (v, x) => v * x).Sum());
        return ([.. mu], Linear("log_variance", h));
    }

    public double[] Decode(double[] z)
    {
        var h = Linear("decoder.input", z).ToArray();
        var n = layout.Plan.Layers.Count;
        for (var i = 0; i < n; i++)
        {
            var l = layout.Plan.Layers[n - 1 - i];
            var w = Block($"decoder.{i}.weight");
            var b = Block($"decoder.{i}.bias");
            var y = new double[l.InputChannels * l.InputLength];
            for (var f = 0; f < l.InputChannels; f++)
            {
                Array.Fill(y, b[f], f * l.InputLength, l.InputLength);
                for (var g = 0; g < l.OutputChannels; g++)
                {
                    for (var p = 0; p < l.OutputLength; p++)
                    {
                        for (var t = 0; t < l.Kernel; t++)
                        {
                            y[(f * l.InputLength) + (2 * p) + t] +=
                                w[(((g * l.InputChannels) + f) * l.Kernel) + t] * h[(g * l.OutputLength) + p];
                        }
                    }
                }
            }
            h = i == n - 1 ? y : y.Select(Activate).ToArray();
        }
        return h.Select((x, i) => x + meanSpectrum[i] + z.Select((value, j) => path is null ? 0 : value * Row(path.Decoder, j)[i]).Sum())
            .ToArray();
    }

    private float[] Row(float[]? rows, int j) => rows is null ? [] : rows[(j * meanSpectrum.Length)..((j + 1) * meanSpectrum.Length)];

    private double[] Linear(string name, double[] x)
    {
        var w = Block($"{name}.weight");
        var b = Block($"{name}.bias");
        return [.. b.Select((bias, o) => bias + x.Select((value, i) => value * w[(o * x.Length) + i]).Sum())];
    }

    private double[] Block(string name) => values.AsSpan(layout[name].Offset, layout[name].Count).ToArray();

    private double Activate(double x) => x > 0 ? x : x * _slope;
}
