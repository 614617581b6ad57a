using PureHDF;

namespace Galatent.Files;

/// <summary>
/// All datasets of a file, in its order, each once however many links lead to it. No link is followed out of the file, none in a circle.
/// </summary>
internal sealed class Hdf5Walk
{
    private const int DeepestGroup = 64;
    private const int MostObjects = 200_000;

    private readonly HashSet<ulong> _seen = [];
    private readonly object _file;
    private readonly List<(string Name, IH5Dataset Dataset)> _datasets = [];
    private readonly List<(string Name, string Reason)> _leftOut = [];

    private Hdf5Walk(IH5Group root)
    {
        // The root is the file itself.
        _file = Hdf5Internals.FileOf(root) ?? root;
        _seen.Add(Hdf5Internals.Address(root));
    }

    /// <summary>Names, groups before them, and datasets.</summary>
    public IReadOnlyList<(string Name, IH5Dataset Dataset)> Datasets => _datasets;

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<(string Name, string Reason)> LeftOut => _leftOut;

    /// <summary>Walks from a group on.</summary>
    public static Hdf5Walk Of(IH5Group root)
    {
        var walk = new Hdf5Walk(root);
        walk.Visit(root, "", 0);
        return walk;
    }

    /// <summary>Names of what a group holds, for messages; those that can be read.</summary>
    public static IEnumerable<string> ChildNames(IH5Group group)
    {
        using var children = group.Children().GetEnumerator();
        for (var i = 0; i < 1000; i++)
        {
            if (Hdf5.TryRead(() => children.MoveNext() ? "/" + children.Current.Name : null, out var name, out _))
            {
                if (name is null)
                {
                    yield break;
                }
                yield return name;
            }
        }
    }

    private void Visit(IH5Group group, string prefix, int depth)
    {
        if (depth > DeepestGroup)
        {
            _leftOut.Add((prefix.TrimEnd('/'), $"lies more than {DeepestGroup} groups deep"));
            return;
        }
        using var children = group.Children().GetEnumerator();
        // The file's other objects may be sound where one is not; a damaged index ends the enumeration.
        for (var failures = 0; failures < 100; )
        {
            if (!Hdf5.TryRead(() => children.MoveNext() ? children.Current : null, out var child, out var reason))
            {
                failures++;
                _leftOut.Add((prefix + "?", reason));
                continue;
            }
            if (child is null)
            {
                return;
            }
            if (_seen.Count >= MostObjects)
            {
                _leftOut.Add((prefix + child.Name, $"comes after {MostObjects} other objects"));
                return;
            }
            Visit(child, prefix + child.Name, depth);
        }
    }

    private void Visit(IH5Object child, string name, int depth)
    {
        if (child is IH5UnresolvedLink)
        {
            _leftOut.Add((name, "is a link to another file or to nothing, which is not followed"));
        }
        else if (!ReferenceEquals(Hdf5Internals.FileOf(child), _file))
        {
            _leftOut.Add((name, "is a link to another file, which is not followed"));
        }
        else if (_seen.Add(Hdf5Internals.Address(child)))
        {
            if (child is IH5Dataset dataset)
            {
                _datasets.Add((name, dataset));
            }
            else if (child is IH5Group group)
            {
                Visit(group, name + "/", depth + 1);
            }
        }
    }
}
