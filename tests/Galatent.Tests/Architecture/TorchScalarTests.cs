using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Galatent.Torch;

namespace Galatent.Tests.Architecture;

/// <summary>TorchSharp's operations that make a number for the moment of a native call may lose it to the garbage collector during that
/// call; see <see cref="ScalarOperations"/>.</summary>
public class TorchScalarTests
{
    private static readonly Dictionary<string, string> Instead = new()
    {
        ["Scalar.op_Implicit"] = "Times",
        ["Tensor.op_Addition"] = "Plus",
        ["Tensor.square"] = "Square",
        ["TensorExtensionMethods.ToDouble"] = "Number",
        ["TensorExtensionMethods.ToSingle"] = "Number",
    };

    public static TheoryData<string> Assemblies => [typeof(ScalarOperations).Assembly.Location, typeof(TorchScalarTests).Assembly.Location];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Numbers_are_held_while_native_code_reads_them(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var called = metadata
            .MemberReferences.Select(metadata.GetMemberReference)
            .Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m =>
                $"{metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)m.Parent).Name)}.{metadata.GetString(m.Name)}"
            )
            .ToHashSet();
        Assert.Contains("Tensor.exp", called);
        Assert.All(called.Where(Instead.ContainsKey), name =>
            Assert.Fail($"{Path.GetFileName(path)} calls TorchSharp's {name}; use {Instead[name]} of ScalarOperations instead.")
        );
    }
}
