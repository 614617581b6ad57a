namespace Galatent.Latents.Information.Discrete;

/// <summary>One term of an information by the chain rule, over some of the rows.</summary>
/// <param name="Nat">What it adds to the estimate, nat: weighted with the share of its rows, and with its sign.</param>
/// <param name="Replicas">The same for every resample of all rows.</param>
/// <param name="Parameters">Free parameters of its mixtures beyond those of one component.</param>
/// <param name="Components">Components of its mixtures.</param>
/// <param name="Converged">False when a fit reached its iteration limit.</param>
/// <param name="RivalSpread">As in <see cref="Mixtures.MixtureFit"/>, weighted.</param>
/// <param name="HeldOutSlope">As in <see cref="Mixtures.MixtureFit"/>, weighted.</param>
/// <param name="Lost">Upper limit of what was lost because rare classes were taken as one, nat, weighted.</param>
internal sealed record InformationTerm(
    double Nat,
    double[] Replicas,
    int Parameters = 0,
    int Components = 0,
    bool Converged = true,
    double RivalSpread = 0,
    double HeldOutSlope = 0,
    double Lost = 0
);

/// <summary>What the terms of one estimate have in common.</summary>
/// <param name="Count">All rows.</param>
/// <param name="Options">How to estimate.</param>
/// <param name="Seed">Root seed.</param>
/// <param name="Parallel">Threads and cancellation.</param>
internal sealed record TermSettings(int Count, MutualInformationOptions Options, ulong Seed, ParallelOptions Parallel)
{
    /// <summary>A value for every resample of all rows, weighted with the share that the rows of the term have in the resample.</summary>
    /// <param name="sign">1 or -1.</param>
    /// <param name="rows">The rows of the term.</param>
    /// <param name="value">Its value for a resample, given its number and how often each of these rows is drawn; not asked for where none
    /// is.</param>
    public double[] Replicas(int sign, int[] rows, Func<int, int[], double> value)
    {
        var replicas = new double[Options.Replicas];
        System.Threading.Tasks.Parallel.For(0, replicas.Length, Parallel, replica =>
        {
            var multiplicities = MixtureBootstrap.Multiplicities(Count, Seed, replica);
            var own = Array.ConvertAll(rows, row => multiplicities[row]);
            var mass = own.Sum();
            replicas[replica] = mass == 0 ? 0 : sign * value(replica, own) * mass / Count;
        });
        return replicas;
    }
}
