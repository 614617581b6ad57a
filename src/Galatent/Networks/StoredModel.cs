using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>The contents of a model folder: the description and the weights, without an engine.</summary>
/// <param name="Description">How the network was made.</param>
/// <param name="Weights">The trained numbers.</param>
public sealed record StoredModel(ModelDescription Description, NetworkWeights Weights)
{
    /// <summary>Reads a model folder.</summary>
    /// <param name="folder">Holds <c>model.json</c> and <c>weights.safetensors</c>; a folder with a subfolder <c>model</c> will do.</param>
    /// <exception cref="InputException">A file is missing, damaged, or does not belong to the other.</exception>
    public static StoredModel Read(string folder)
    {
        var home = VaeModel.Home(folder);
        var description = ModelDescription.Read(Path.Combine(home, VaeModel.DescriptionFile));
        var layout = new ParameterLayout(description.Network, description.WavelengthAngstrom.Length);
        return new StoredModel(description, NetworkWeights.Read(Path.Combine(home, VaeModel.WeightsFile), layout));
    }
}
