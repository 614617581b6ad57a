namespace Galatent.Networks;

/// <summary>How weights move.</summary>
public enum Optimizer
{
    /// <summary>Adam (<see cref="AdamOptions"/>) for all.</summary>
    Adam,

    /// <summary>Muon (<see cref="MuonOptions"/>) for matrices, Adam for biases.</summary>
    Muon,
}
