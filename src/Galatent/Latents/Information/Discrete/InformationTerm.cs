namespace Galatent.Latents.Information.Discrete;

/// <summary>One term of the chain rule, estimated on some of the rows.</summary>
/// <param name="Nat">Contribution to the estimate, nat: with its sign, and weighted by the share of its rows.</param>
/// <param name="Replicas">The same contribution for every resample of all rows.</param>
/// <param name="Parameters">Free parameters of its mixtures beyond those of one component.</param>
/// <param name="Components">Components of its mixtures.</param>
/// <param name="Converged">False when a fit reached its iteration limit.</param>
/// <param name="RivalSpread">See <see cref="Mixtures.MixtureFit"/>; weighted.</param>
/// <param name="HeldOutSlope">See <see cref="Mixtures.MixtureFit"/>; weighted.</param>
/// <param name="Lost">Upper limit of the information lost by joining rare classes, nat, weighted.</param>
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

/// <summary>Settings that all terms of one estimate have in common.</summary>
/// <param name="Count">Number of all rows.</param>
/// <param name="Options">How to estimate.</param>
/// <param name="Seed">Root seed.</param>
/// <param name="Parallel">Threads and cancellation.</param>
internal sealed record TermSettings(int Count, MutualInformationOptions Options, ulong Seed, ParallelOptions Parallel)
{
    /// <summary>One value for every resample of all rows, weighted by the share of the resample's rows that belong to the term.</summary>
    /// <param name="sign">1 or -1.</param>
    /// <param name="rows">The rows of the term.</param>
    /// <param name="value">Gives the value for a resample from the resample's number and how often each row of the term is drawn. Not
    /// called when no row of the term is drawn.</param>
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
