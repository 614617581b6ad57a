using System.Reflection;
using System.Runtime.Loader;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.App;

/// <summary>The libtorch backend, which is not part of the app: 0.3 to 0.5 GB that only GPUs and automatic differentiation need. It is
/// looked for beside the executable, and in the folder <c>backends/torch</c> there.</summary>
internal static class Backend
{
    private const string Project = "Galatent.Torch";

    /// <summary>Loads it.</summary>
    /// <param name="why">What asks for it, in words.</param>
    /// <exception cref="InputException">It is not there, or belongs to another version.</exception>
    public static INetworkBackend Load(string why) => Load(why, AppContext.BaseDirectory);

    /// <summary>Loads it from a folder.</summary>
    /// <param name="why">What asks for it, in words.</param>
    /// <param name="home">The folder of the executable.</param>
    /// <exception cref="InputException">It is not there, or belongs to another version.</exception>
    internal static INetworkBackend Load(string why, string home)
    {
        string[] folders = [home, Path.Combine(home, "backends", "torch")];
        var path = folders.Select(folder => Path.Combine(folder, Project + ".dll")).FirstOrDefault(File.Exists)
            ?? throw new InputException(
                $"{why} needs libtorch, which is not installed: in a clone run 'dotnet build -c Release src/{Project}'; for a galatent "
                    + $"without one put what 'dotnet publish -c Release src/{Project}' makes into '{folders[1]}'."
            );
        try
        {
            var assembly = AlreadyThere(path) ?? new BackendContext(path).LoadFromAssemblyPath(path);
            var expected = typeof(ComputeOptions).Assembly.GetName().Version;
            return
                assembly.GetName().Version == expected
                && assembly.GetType($"{Project}.TorchBackend") is { } type
                && Activator.CreateInstance(type) is INetworkBackend backend
                ? backend
                : throw new InputException(
                    $"'{path}' is of version {assembly.GetName().Version?.ToString(3)}, galatent of version {expected?.ToString(3)}; build "
                        + $"src/{Project} of the same version."
                );
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or TypeLoadException)
        {
            throw new InputException($"'{path}' cannot be loaded ({e.Message.TrimEnd('.')}); build src/{Project} of the same version.");
        }
    }

    // A program that refers to the backend, as the tests do, has it in its own context.
    private static Assembly? AlreadyThere(string path) => IsTrusted(path) ? Assembly.Load(Project) : null;

    private static bool IsTrusted(string path) =>
        (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string)?.Split(Path.PathSeparator).Contains(path) == true;

    /// <summary>Finds what the backend needs beside it; the library and .NET are the app's own.</summary>
    private sealed class BackendContext(string path) : AssemblyLoadContext(Project)
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
    }
}
