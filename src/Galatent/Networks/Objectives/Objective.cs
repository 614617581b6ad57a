using System.Text.Json.Serialization;
using Galatent.Networks.Weighting;
using Galatent.Spectra;

namespace Galatent.Networks.Objectives;

/// <summary>
/// What is minimised, with its constants: the base of all objectives. Each is a file of its own beside this one and a line in
/// <see cref="ObjectiveList"/>. What is not overridden is the study's: squared error + β × divergence of one draw. Stored in
/// <c>model.json</c>.
/// </summary>
[JsonConverter(typeof(ObjectiveJson))]
public abstract record Objective
{
    // Objectives are made here: the engines and the linear baseline call members that only this library sees.
    private protected Objective() { }

    /// <summary>Weights of the pixels of each spectrum.</summary>
    public PixelWeighting PixelWeighting { get; init; }

    /// <summary>Whether pixels are weighted by their width (<see cref="PixelWidths"/>).</summary>
    public bool WidthWeighting { get; init; }

    /// <summary>ε, the relative error of the calibration: 1/w = 1/ivar + (ε x)², x the flux smoothed over a few pixels; 0 for none.
    /// Without it, the few spectra of highest signal-to-noise own the loss.</summary>
    public double CalibrationError { get; init; }

    /// <summary>Its name for people and for the command line, e.g. <c>beta-vae</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What is minimised, in one line.</summary>
    public abstract string Description { get; }

    /// <summary>The constants that can be chosen, none where β is all; each makes a copy of this objective with another value.</summary>
    public virtual IReadOnlyList<ObjectiveConstant> Constants() => [];

    /// <summary>The β to take where none was chosen; null for the preset's.</summary>
    public virtual double? DefaultBeta => null;

    /// <summary>Whether automatic differentiation is needed, and so the libtorch backend.</summary>
    public virtual bool NeedsAutograd => false;

    /// <summary>Whether spectra are compared as wholes, so that a bad pixel cannot be left out.</summary>
    internal virtual bool ComparesWholeSpectra => false;

    /// <summary>Whether the pixel noise is learnt: the weight of the divergence then follows it.</summary>
    public virtual bool LearnsNoise => false;

    /// <summary>Draws of z for each spectrum.</summary>
    internal virtual int DrawCount => 1;

    /// <summary>Whether z is μ.</summary>
    internal virtual bool UsesMean => false;

    /// <summary>Joins several draws of a spectrum to one loss; null where there is one draw.</summary>
    internal virtual IDrawLoss? DrawLoss => null;

    /// <summary>What is out of range, one clause each; empty when nothing is.</summary>
    /// <param name="beta">β of the run.</param>
    internal virtual IEnumerable<string> Faults(double beta) => [];

    /// <summary>The part that needs all latents of a batch; null when the divergence times β is all.</summary>
    internal virtual ILatentTerm? CreateTerm() => null;

    /// <summary>What compares spectra otherwise than pixel by pixel; null when nothing does.</summary>
    /// <param name="grid">The pixels of the spectra.</param>
    internal virtual FeatureComparison? CreateComparison(WavelengthGrid grid) => null;

    /// <summary>Weights at some point of the run.</summary>
    /// <param name="beta">β of the run.</param>
    /// <param name="epochsDone">Epochs since the start, fractions included; infinity for the values that are reached in the end.</param>
    /// <param name="noiseVariance">Learnt pixel noise s, where it is learnt.</param>
    internal virtual ObjectiveWeights At(double beta, double epochsDone, double noiseVariance) => new((float)beta);

    /// <summary>The objective's own value from what an engine returned.</summary>
    /// <param name="engineLoss">Σ w (x - x')² + latent term.</param>
    /// <param name="noiseVariance">Learnt pixel noise.</param>
    /// <param name="totalWeight">Σ w per spectrum.</param>
    internal virtual double Value(double engineLoss, double noiseVariance, double totalWeight) => engineLoss;

    /// <summary>The pixel noise after an update; asked where it is learnt.</summary>
    /// <param name="noiseVariance">s before it.</param>
    /// <param name="weightedError">Σ w (x - x')² per spectrum of the batch.</param>
    /// <param name="totalWeight">Σ w per spectrum.</param>
    /// <param name="update">Number of the update, from 1.</param>
    internal virtual double LearnNoise(double noiseVariance, double weightedError, double totalWeight, long update) => noiseVariance;

    /// <summary>Sets weights of the network that the objective wants fixed.</summary>
    internal virtual void FixWeights(NetworkWeights weights) { }

    /// <summary>What the best linear VAE reaches in the terms of this objective; null where there is no closed form.</summary>
    /// <param name="beta">β of the run.</param>
    /// <param name="data">What it knows of the spectra.</param>
    internal virtual double? LinearLoss(double beta, LinearData data) => data.Best(beta).Loss;

    /// <summary>The β of the linear VAE whose loss is that of this objective, where each spectrum has its own weights; null where
    /// nobody knows one.</summary>
    /// <param name="beta">β of the run.</param>
    internal virtual double? LinearBeta(double beta) => beta > 0 ? beta : null;

    /// <summary>Keeps the sentences of the checks that fail.</summary>
    private protected static IEnumerable<string> Failed(params (bool Good, string Fault)[] checks) =>
        checks.Where(c => !c.Good).Select(c => c.Fault);
}
