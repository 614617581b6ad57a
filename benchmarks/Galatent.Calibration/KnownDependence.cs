using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Calibration;

/// <summary>A family of pairs with known mutual information. The estimator is calibrated and tested on such families.</summary>
/// <param name="Name">Short name with the value of the parameter.</param>
/// <param name="Truth">Mutual information, nat.</param>
/// <param name="Draw">Draws one pair.</param>
internal sealed record KnownDependence(string Name, double Truth, KnownDependence.Sampler Draw)
{
    /// <summary>Draws one pair from a stream.</summary>
    public delegate (double X, double Y) Sampler(ref RandomStream random);

    /// <summary>The mixture D3 of Piras et al. (2023).</summary>
    public static GaussianMixture D3 { get; } =
        new(2, [0.3, 0.45, 0.25], [-1, 1, 0, 2, -1.5, 2], [1, 0, 0, 0.1, 0.5, 0.2, 0.2, 0.5, 0.1, 0.05, 0.05, 0.1]);

    /// <summary>How often each row occurs. For 1.3, each row occurs once and 30 % of the rows occur once more.</summary>
    public double Copies { get; init; } = 1;

    /// <summary>A sample of n pairs, copies included.</summary>
    public (double[] X, double[] Y) Sample(int n, ulong seed)
    {
        var random = new RandomStream(seed, Name);
        var x = new double[n];
        var y = new double[n];
        for (var i = 0; i < n; )
        {
            var pair = Draw(ref random);
            // Whole numbers of copies use no random number.
            var copies = Copies == Math.Floor(Copies) ? (int)Copies : (int)Math.Floor(Copies + random.NextDouble());
            for (var to = Math.Min(n, i + copies); i < to; i++)
            {
                (x[i], y[i]) = pair;
            }
        }
        return (x, y);
    }

    /// <summary>Normal pairs: -ln(1 - rho^2) / 2.</summary>
    public static KnownDependence Gaussian(double rho) =>
        new($"gauss {rho:0.##}", GaussianTruth(rho), (ref random) => NormalPair(ref random, rho));

    /// <summary>Normal pairs with each value cubed. The mutual information does not change.</summary>
    public static KnownDependence CubedGaussian(double rho) => new($"cubed {rho:0.##}", GaussianTruth(rho), (ref random) =>
        {
            var (x, y) = NormalPair(ref random, rho);
            return (x * x * x, y * y * y);
        });

    /// <summary>x from a Gamma distribution with an integer shape a, y exponential with rate x: psi(a + 1) - ln a (Darbellay and Vajda
    /// 2000).</summary>
    public static KnownDependence GammaExponential(int shape) =>
        new($"gamma-exp {shape}", SpecialFunctions.Digamma(shape + 1) - Math.Log(shape), (ref random) =>
        {
            var x = 0.0;
            for (var i = 0; i < shape; i++)
            {
                x -= Math.Log(random.NextDouble());
            }
            return (x, -Math.Log(random.NextDouble()) / x);
        });

    /// <summary>Ordered Weinman exponential, p = (2 / theta) exp(-2 x - (y - x) / theta) on 0 &lt; x &lt; y, theta below 1/2 (Darbellay and
    /// Vajda 2000).</summary>
    public static KnownDependence OrderedWeinman(double theta) =>
        new(
            $"weinman {theta:0.##}",
            Math.Log((1 - 2 * theta) / (2 * theta)) + SpecialFunctions.Digamma(1 / (1 - 2 * theta)) - SpecialFunctions.Digamma(1),
            (ref random) =>
            {
                var x = -Math.Log(random.NextDouble()) / 2;
                return (x, x - theta * Math.Log(random.NextDouble()));
            }
        );

    /// <summary>A Gaussian mixture. The truth is an integral on a grid four times finer than the estimator's.</summary>
    public static KnownDependence Mixture(string name, GaussianMixture mixture) =>
        new(name, MixtureInformation.Of(mixture, 4 * MixtureInformation.Nodes), (ref random) =>
        {
            var k = 0;
            var left = random.NextDouble();
            while (k < mixture.ComponentCount - 1 && (left -= mixture.Weights[k]) > 0)
            {
                k++;
            }
            var s = random.NextNormal();
            var t = random.NextNormal();
            return (
                mixture.Means[2 * k] + mixture.Factors[4 * k] * s,
                mixture.Means[2 * k + 1] + mixture.Factors[4 * k + 2] * s + mixture.Factors[4 * k + 3] * t
            );
        });

    /// <summary>A parabola of normal x with normal noise: h(y) by quadrature minus the entropy of the noise.</summary>
    public static KnownDependence Banana(double noise) =>
        new(
            $"banana {noise:0.##}",
            AdditiveTruth(
                noise,
                i => -8 + 16 * i,
                i => 16 * Math.Exp(-0.5 * Math.Pow(-8 + 16 * i, 2)) / Math.Sqrt(2 * Math.PI),
                x => x * x
            ),
            (ref random) =>
            {
                var x = random.NextNormal();
                return (x, x * x + noise * random.NextNormal());
            }
        );

    /// <summary>A sine with several periods of uniform x, with normal noise.</summary>
    public static KnownDependence Sine(int periods, double noise) =>
        new($"sine {periods} {noise:0.##}", AdditiveTruth(noise, i => 2 * Math.PI * periods * i, _ => 1, Math.Sin), (ref random) =>
        {
            var x = 2 * Math.PI * periods * random.NextDouble();
            return (x, Math.Sin(x) + noise * random.NextNormal());
        });

    /// <summary>The unit circle with normal noise in both coordinates: 2 h(x) - h(x, y) by quadrature.</summary>
    public static KnownDependence Ring(double noise) => new($"ring {noise:0.##}", RingTruth(noise), (ref random) =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            return (cos + noise * random.NextNormal(), sin + noise * random.NextNormal());
        });

    /// <summary>Two equally frequent classes 0 and 1, and a normal value whose mean differs by <paramref name="shift"/> between them. The
    /// first column is tied.</summary>
    public static KnownDependence TwoClasses(double shift) =>
        new($"classes {shift:0.##}", AdditiveTruth(1, i => i < 0.5 ? 0 : 1, _ => 1, x => shift * x), (ref random) =>
        {
            var x = random.NextInt(2);
            return (x, shift * x + random.NextNormal());
        });

    private static double GaussianTruth(double rho) => -0.5 * Math.Log(1 - rho * rho);

    private static (double X, double Y) NormalPair(ref RandomStream random, double rho)
    {
        var x = random.NextNormal();
        var z = random.NextNormal();
        return (x, rho * x + Math.Sqrt(1 - rho * rho) * z);
    }

    // I = h(y) - h(noise) for y = f(x(i)) + noise, with i uniform in (0, 1) weighted by density.
    private static double AdditiveTruth(double noise, Func<double, double> x, Func<double, double> density, Func<double, double> f)
    {
        const int Steps = 1000;
        var centres = new double[Steps];
        var weights = new double[Steps];
        for (var i = 0; i < Steps; i++)
        {
            (centres[i], weights[i]) = (f(x((i + 0.5) / Steps)), density((i + 0.5) / Steps) / Steps);
        }
        var entropy = Entropy(
            y =>
            {
                var sum = 0.0;
                for (var i = 0; i < Steps; i++)
                {
                    sum += weights[i] * Normal(y - centres[i], noise);
                }
                return sum;
            },
            centres.Min() - 8 * noise,
            centres.Max() + 8 * noise,
            2000
        );
        return entropy - 0.5 * Math.Log(2 * Math.PI * Math.E * noise * noise);
    }

    private static double RingTruth(double noise)
    {
        const int Angles = 720;
        double Average(Func<double, double> f) => Enumerable.Range(0, Angles).Average(i => f(2 * Math.PI * (i + 0.5) / Angles));
        var marginal = Entropy(x => Average(angle => Normal(x - Math.Cos(angle), noise)), -1 - 8 * noise, 1 + 8 * noise, 2000);
        double Joint(double r) => Average(angle => Normal(r - Math.Cos(angle), noise) * Normal(Math.Sin(angle), noise));
        var joint = 0.0;
        var top = 1 + 8 * noise;
        const int Steps = 2000;
        for (var i = 0; i < Steps; i++)
        {
            var r = top * (i + 0.5) / Steps;
            var p = Joint(r);
            joint -= p > 0 ? 2 * Math.PI * r * p * Math.Log(p) * top / Steps : 0;
        }
        return 2 * marginal - joint;
    }

    private static double Entropy(Func<double, double> density, double from, double to, int steps)
    {
        var sum = 0.0;
        for (var i = 0; i < steps; i++)
        {
            var p = density(from + (to - from) * (i + 0.5) / steps);
            sum -= p > 0 ? p * Math.Log(p) : 0;
        }
        return sum * (to - from) / steps;
    }

    private static double Normal(double x, double sd) => Math.Exp(-0.5 * x * x / (sd * sd)) / (sd * Math.Sqrt(2 * Math.PI));
}
