using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;

namespace Galatent.Study;

/// <summary>The first step: a file of spectra. Several processes can share the galaxies; the file has the same bytes.</summary>
public static class Simulation
{
    /// <summary>Simulates galaxies of a population.</summary>
    /// <param name="path">The HDF5 file to write.</param>
    /// <param name="library">The stellar populations.</param>
    /// <param name="options">What the spectra contain.</param>
    /// <param name="count">Number of galaxies.</param>
    /// <param name="population">The population model.</param>
    /// <param name="populationName">The population's name, stored in the file.</param>
    /// <param name="seed">Root of all random numbers.</param>
    /// <param name="context">Display, cancellation, processes.</param>
    /// <returns>Number of spectra written. It is less than <paramref name="count"/> for a part of a set.</returns>
    public static int WritePopulation(
        string path,
        SspLibrary library,
        SimulationOptions options,
        int count,
        PopulationOptions population,
        string populationName,
        ulong seed,
        StudyContext context
    ) =>
        Write(path, options, count, context, (target, part, progress) =>
            new Simulator(library, part).WritePopulation(target, count, population, populationName, seed, progress, context.Cancellation)
        );

    /// <summary>Simulates the galaxies of a catalogue, in their order.</summary>
    /// <param name="path">The HDF5 file to write.</param>
    /// <param name="library">The stellar populations.</param>
    /// <param name="options">What the spectra contain.</param>
    /// <param name="galaxies">The galaxies.</param>
    /// <param name="seed">Root of the noise.</param>
    /// <param name="context">Display, cancellation, processes.</param>
    /// <returns>Number of spectra written.</returns>
    public static int WriteCatalogue(
        string path,
        SspLibrary library,
        SimulationOptions options,
        GalaxyCatalogue galaxies,
        ulong seed,
        StudyContext context
    )
    {
        ArgumentNullException.ThrowIfNull(galaxies);
        return Write(path, options, galaxies.Count, context, (target, part, progress) =>
            new Simulator(library, part).WriteCatalogue(target, galaxies, seed, progress, context.Cancellation)
        );
    }

    private static int Write(
        string path,
        SimulationOptions options,
        int count,
        StudyContext context,
        Action<string, SimulationOptions, IProgress<StepProgress>?> write
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        var processes = context.Processes;
        if (processes.Size > 1 && options.Shard is not null)
        {
            throw new InputException(
                "SimulationOptions.Shard is for independent processes, but these are connected and share the spectra automatically; "
                    + "leave it out."
            );
        }
        var target = processes.Size > 1 ? PartPath(path, processes.Rank) : path;
        var part = processes.Size > 1 ? options with { Shard = new ShardRange(processes.Rank + 1, processes.Size) } : options;
        context.Display.Show("simulating", "spectra", progress =>
        {
            write(target, part, progress);
            return target;
        });
        if (processes.Size == 1)
        {
            return (options.Shard ?? ShardRange.Whole).Rows(count).Count;
        }
        processes.Barrier();
        if (processes.IsFirst)
        {
            MergeParts(path, context);
        }
        return count;
    }

    private static void MergeParts(string path, StudyContext context)
    {
        string[] parts = [.. Enumerable.Range(0, context.Processes.Size).Select(rank => PartPath(path, rank))];
        context.Display.Show("merging", "spectra", progress =>
        {
            SpectrumFileMerger.Merge(path, parts, progress, context.Cancellation);
            return path;
        });
        foreach (var file in parts)
        {
            File.Delete(file);
        }
    }

    private static string PartPath(string path, int rank) => $"{path}.part{rank + 1}";
}
