using System.Globalization;
using Galatent.Explore.Data;
using Galatent.Explore.Server;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Study;

namespace Galatent.Explore.Physics;

/// <summary>From parameters to a spectrum and its place in the latent space, and the derivatives of that place.</summary>
internal sealed class PhysicsDesk : IDisposable
{
    // Of the population's standard deviation, as in the attribution of an analysis: small against the curvature, and the change is far
    // above the rounding of float32.
    private const double Step = 0.05;

    private readonly ExploredRun _run;
    private readonly Resimulation _simulation;
    private readonly Lazy<PhysicsParameter[]> _parameters;
    private readonly Dictionary<string, VaeModel> _models = [];
    private readonly Lock _loading = new();
    private readonly Lock _simulating = new();
    private readonly int _threads;

    public PhysicsDesk(ExploredRun run, int threads)
    {
        (_run, _threads) = (run, threads);
        _simulation = new Resimulation(run.Pixels.Spectra, threads);
        _parameters = new(() => WhyNot.Length > 0 ? [] : MovableParameters.Of(run.Pixels.Spectra.Parameters));
    }

    /// <summary>Why these galaxies cannot be simulated; empty when they can.</summary>
    public string WhyNot
    {
        get
        {
            if (_run.IsObserved)
            {
                return "These galaxies were observed: their parameters are not known, so there is nothing to simulate.";
            }
            var known = _run.Pixels.Spectra.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var missing = MovableParameters.Needed.Select(q => q.Name).Where(n => !known.Contains(n)).ToArray();
            return missing.Length == 0 ? "" : $"The file of spectra lacks {string.Join(", ", missing)}, which the simulator needs.";
        }
    }

    /// <summary>The parameters with a slider.</summary>
    public PhysicsParameter[] Parameters => _parameters.Value;

    /// <summary>Simulates once, so that the first question does not wait for the stellar populations. What hinders it is said when it is
    /// asked for.</summary>
    public void Prepare()
    {
        try
        {
            if (WhyNot.Length == 0)
            {
                Simulate(new SimulateRequest(_run.Models[_run.Chosen].Hash, 0, [], 0));
            }
        }
        catch (InputException)
        {
            // The same sentence answers the question itself.
        }
    }

    /// <summary>A spectrum and its place in the latent space.</summary>
    /// <exception cref="InputException">The question has no answer.</exception>
    public byte[] Simulate(SimulateRequest question)
    {
        var model = Required(question);
        var galaxy = Galaxy(question);
        var flux = Spectra([galaxy]);
        var posterior = Encode(model, flux);
        return new TensorFile()
            .Note("seq", question.Seq.ToString(CultureInfo.InvariantCulture))
            .Add("flux", flux)
            .Add("mu", posterior.Mu)
            .Add("sigma", Array.ConvertAll(posterior.LogVariance, v => MathF.Exp(0.5f * v)))
            .Add("values", Array.ConvertAll(Parameters, p => (float)ValueOf(galaxy, p.Name)))
            .Note("catalogue", Catalogue(galaxy))
            .ToBytes();
    }

    /// <summary>How the place moves with each parameter, per standard deviation of the population: shape (parameters,
    /// dimensions).</summary>
    /// <exception cref="InputException">The question has no answer.</exception>
    public byte[] Derivatives(SimulateRequest question)
    {
        var model = Required(question);
        var galaxy = Galaxy(question);
        var sides = new List<Dictionary<string, double>>();
        var widths = new List<double>();
        foreach (var parameter in Parameters)
        {
            var value = ValueOf(galaxy, parameter.Name);
            var (low, high) = MovableParameters.RangeOf(parameter.Name);
            var below = Math.Max(low, value - (Step * parameter.Deviation));
            var above = Math.Min(high, value + (Step * parameter.Deviation));
            sides.Add(With(galaxy, parameter.Name, below));
            sides.Add(With(galaxy, parameter.Name, above));
            widths.Add((above - below) / parameter.Deviation);
        }
        var mu = Encode(model, Spectra(sides)).Mu;
        var d = model.Description.Network.LatentDimensions;
        var jacobian = new float[Parameters.Length * d];
        for (var k = 0; k < Parameters.Length; k++)
        {
            for (var i = 0; i < d; i++)
            {
                jacobian[(k * d) + i] = (float)((mu[(((2 * k) + 1) * d) + i] - mu[(2 * k * d) + i]) / widths[k]);
            }
        }
        return new TensorFile()
            .Note("seq", question.Seq.ToString(CultureInfo.InvariantCulture))
            .Add("jacobian", jacobian, Parameters.Length, d)
            .ToBytes();
    }

    /// <summary>The engine of a model; it works for one caller at a time.</summary>
    public VaeModel Engine(ExploredModel model)
    {
        lock (_loading)
        {
            if (!_models.TryGetValue(model.Hash, out var engine))
            {
                engine = VaeModel.Load(model.Layout.Model, new ComputeOptions { Threads = _threads });
                _models[model.Hash] = engine;
            }
            return engine;
        }
    }

    /// <summary>Posteriors of some spectra.</summary>
    /// <param name="model">The model.</param>
    /// <param name="flux">Normalised flux, shape (n, n_wave).</param>
    /// <param name="mask">Same shape, not 0 for a bad pixel; null when all are good.</param>
    public LatentPosterior Encode(ExploredModel model, float[] flux, byte[]? mask = null)
    {
        float[] good = mask is null || !model.Description.Network.MaskChannel ? [] : Array.ConvertAll(mask, m => m == 0 ? 1f : 0f);
        var engine = Engine(model);
        lock (engine)
        {
            return engine.Encode(flux, good);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var engine in _models.Values)
        {
            engine.Dispose();
        }
    }

    private ExploredModel Required(SimulateRequest question) =>
        WhyNot is { Length: > 0 } why ? throw new InputException(why)
        : question.Row < 0 || question.Row >= _run.Count ? throw new InputException($"There is no spectrum {question.Row}.")
        : _run.Model(question.Model) ?? throw new InputException("There is no such model.");

    private Dictionary<string, double> Galaxy(SimulateRequest question)
    {
        var galaxy = ParameterRow.Read(_run.Pixels.Spectra.Parameters, question.Row);
        // The recent rate last: it is that of the history with all other changes.
        foreach (var (name, value) in question.Parameters.OrderBy(p => p.Key == RecentRate.Name))
        {
            if (Array.Find(Parameters, p => p.Name == name) is not { } parameter)
            {
                throw new InputException(
                    $"There is no slider of that name; there are {string.Join(", ", Parameters.Select(p => p.Name))}."
                );
            }
            var (low, high) = MovableParameters.RangeOf(name);
            if (!(value >= low && value <= high))
            {
                throw new InputException(
                    FormattableString.Invariant($"{parameter.Name} is {value}; it must lie between {low} and {high}.")
                );
            }
            galaxy = With(galaxy, name, value);
        }
        return galaxy;
    }

    private float[] Spectra(IReadOnlyList<Dictionary<string, double>> galaxies)
    {
        lock (_simulating)
        {
            return _simulation.Spectra(ParameterRow.Columns(galaxies));
        }
    }

    // What `galatent simulate --catalogue` needs, exactly.
    private static string Catalogue(Dictionary<string, double> galaxy)
    {
        string[] names = [.. MovableParameters.Needed.Select(q => q.Name)];
        return $"{string.Join(',', names)}\n"
            + $"{string.Join(',', names.Select(n => galaxy[n].ToString("R", CultureInfo.InvariantCulture)))}\n";
    }

    private static Dictionary<string, double> With(Dictionary<string, double> galaxy, string name, double value) =>
        name == RecentRate.Name
            ? RecentRate.With(galaxy, value)
            : new Dictionary<string, double>(galaxy, StringComparer.Ordinal) { [name] = value };

    private static double ValueOf(Dictionary<string, double> galaxy, string name) =>
        name == RecentRate.Name ? RecentRate.Of(galaxy) : galaxy[name];
}
