using System.Globalization;
using System.Text;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Training.Mpi;

/// <summary>The processes that <c>mpirun</c>, <c>mpiexec</c> or <c>srun</c> started together, connected by MPI.</summary>
public sealed class MpiGroup : ProcessGroup
{
    /// <summary>Environment variable with the path of the MPI library, needed when the library is not found automatically.</summary>
    public const string LibraryVariable = "GALATENT_MPI_LIBRARY";

    private static readonly string[] OpenMpiNames = ["libmpi.so.40", "libmpi.so.80", "libmpi.so"];
    private static readonly string[] MpichNames = ["libmpich.so.12", "libmpi.so.12", "libmpi_cray.so.12", "libmpi.so"];

    /// <summary>Environment variable that turns off shared memory: with the value <c>messages</c>, processes of one machine exchange MPI
    /// messages.</summary>
    public const string ExchangeVariable = "GALATENT_MPI_EXCHANGE";

    private readonly MpiLibrary _library;
    private readonly SharedFolder? _shared;

    private MpiGroup(MpiLibrary library, int rank, int size)
    {
        (_library, Rank, Size) = (library, rank, size);
        // The first number is equal only for processes of the same machine, the second only if they may also use the same cores.
        Span<double> own = [Fingerprint(Environment.MachineName), Fingerprint(Environment.MachineName + AllowedCores())];
        var all = new double[2 * size];
        AllGather(own, all);
        for (var i = 0; i < size; i++)
        {
            SharingMachine += all[2 * i] == own[0] ? 1 : 0;
            SharingCores += all[(2 * i) + 1] == own[1] ? 1 : 0;
        }
        _shared =
            SharingMachine == size ? SharedFolder.Open(this, Environment.GetEnvironmentVariable(ExchangeVariable) != "messages") : null;
    }

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override int Size { get; }

    /// <inheritdoc/>
    public override int SharingMachine { get; }

    /// <inheritdoc/>
    public override int SharingCores { get; }

    /// <summary>Joins the processes that were started together with this one. Returns <see cref="ProcessGroup.Alone"/> when this one was
    /// started alone.</summary>
    /// <exception cref="InputException">Several processes were started, but there is no MPI library, or it does not belong to the
    /// launcher.</exception>
    public static ProcessGroup Join()
    {
        var openMpi = Number("OMPI_COMM_WORLD_SIZE");
        var expected = openMpi ?? Number("PMI_SIZE");
        if (expected == 1 || (expected is null && Environment.GetEnvironmentVariable("PMIX_RANK") is null))
        {
            return Number("SLURM_STEP_NUM_TASKS") is > 1 and var tasks && expected is null
                ? throw new InputException(
                    $"srun started {tasks} processes that are not connected by MPI; add --mpi=pmix or --mpi=pmi2 to srun, or -n 1 for "
                        + $"one process."
                )
                : Alone;
        }
        string[] names =
            Environment.GetEnvironmentVariable(LibraryVariable) is { Length: > 0 } given ? [given]
            : openMpi is null && expected is not null ? [.. MpichNames, .. OpenMpiNames]
            : [.. OpenMpiNames, .. MpichNames];
        var library = MpiLibrary.Load(names)
            ?? throw new InputException(
                $"{expected?.ToString(CultureInfo.InvariantCulture) ?? "Several"} processes were started together, but no MPI library "
                    + $"was found ({string.Join(", ", names.Distinct())}); set {LibraryVariable} to the path of libmpi, or start one "
                    + $"process."
            );
        var (rank, size) = library.Initialize();
        return expected is null || size == expected
            ? new MpiGroup(library, rank, size)
            : throw new InputException(
                $"{expected} processes were started together, but '{library.Name}' sees {size}: it belongs to another MPI than the "
                    + $"launcher; set {LibraryVariable} to the launcher's libmpi."
            );
    }

    /// <inheritdoc/>
    public override void Barrier() => _library.Barrier();

    /// <inheritdoc/>
    public override void AllGather(ReadOnlySpan<double> part, Span<double> all) => _library.AllGather(part, all);

    /// <inheritdoc/>
    public override void AllGather<T>(Span<T> values, ReadOnlySpan<int> starts) => _library.AllGather(values, Counts(starts), starts);

    /// <inheritdoc/>
    internal override void AllGather(IReadOnlyList<(PinnedBuffer Values, int[] Starts)> arrays) =>
        _library.AllGather(arrays, [.. arrays.Select(a => Counts(a.Starts))]);

    /// <inheritdoc/>
    internal override PinnedBuffer? Share(long count) => _shared?.Allocate(count);

    /// <inheritdoc/>
    public override void AllToAll(ReadOnlySpan<float> values, ReadOnlySpan<int> starts, Span<float> received) =>
        _library.AllToAll(values, Counts(starts), starts, received, starts[Rank + 1] - starts[Rank]);

    /// <inheritdoc/>
    public override void Leave() => _library.Finish();

    /// <inheritdoc/>
    public override void Abort(int exitCode) => _library.Abort(exitCode);

    private static int[] Counts(ReadOnlySpan<int> starts)
    {
        var counts = new int[starts.Length - 1];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = starts[i + 1] - starts[i];
        }
        return counts;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    // Launchers bind processes to cores: each process to its own core, or several to one socket.
    private static string AllowedCores() =>
        File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal)) ?? ""
            : "";

    // 52 bits of a hash, which a double holds exactly.
    private static double Fingerprint(string text) => BitConverter.ToUInt64(Sha256Hash.Of(Encoding.UTF8.GetBytes(text))) >> 12;
}
