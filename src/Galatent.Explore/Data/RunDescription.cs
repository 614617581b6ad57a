using System.Text.Json.Serialization;
using Galatent.Exports.Explorer;

namespace Galatent.Explore.Data;

/// <summary>What the page reads first: everything about a run but its numbers. The same in the live page and in an export.</summary>
/// <param name="Name">Name of the run's folder, without its path.</param>
/// <param name="Hash">Names the columns that belong to the run, not to one model.</param>
/// <param name="Count">Number of spectra.</param>
/// <param name="IsObserved">Whether the spectra were observed, not simulated.</param>
/// <param name="HasIdentifiers">Whether the spectra have identifiers of a survey.</param>
/// <param name="Wavelength">Pixel centres, Å, vacuum.</param>
/// <param name="FluxLabel">Name of the flux axis.</param>
/// <param name="FluxSymbol">The same for narrow places.</param>
/// <param name="Lines">Emission lines that are named in a whole spectrum.</param>
/// <param name="CloseLines">All emission lines, named in a part of it.</param>
/// <param name="Columns">Columns of the run.</param>
/// <param name="Models">Its models, ascending in beta.</param>
/// <param name="Chosen">Which of them is shown first, from 0.</param>
/// <param name="Capabilities">What this page can do.</param>
internal sealed record RunDescription(
    string Name,
    string Hash,
    int Count,
    bool IsObserved,
    bool HasIdentifiers,
    double[] Wavelength,
    string FluxLabel,
    string FluxSymbol,
    ExplorerLine[] Lines,
    ExplorerLine[] CloseLines,
    ColumnDescription[] Columns,
    DescribedModel[] Models,
    int Chosen,
    Capabilities Capabilities
);

/// <summary>A column, without its numbers.</summary>
internal sealed record ColumnDescription(string Name, string Label, string Unit, string Words, string Group, string[] Categories);

/// <summary>A model of a run.</summary>
/// <param name="Hash">Names its columns and its decoder.</param>
/// <param name="Beta">Weight of the KL term.</param>
/// <param name="LatentDimensions">All latent dimensions, idle ones too.</param>
/// <param name="Dimensions">Those in use, the largest KL first.</param>
/// <param name="Columns">Columns of the model.</param>
/// <param name="Sentences">By parameter: which dimension shares most with it, and which comes next.</param>
/// <param name="First">What the page shows first.</param>
internal sealed record DescribedModel(
    string Hash,
    double Beta,
    int LatentDimensions,
    DescribedDimension[] Dimensions,
    ColumnDescription[] Columns,
    Dictionary<string, string> Sentences,
    FirstView First
);

/// <summary>A latent dimension in use.</summary>
/// <param name="Index">The dimension, from 0.</param>
/// <param name="Name">Its name, e.g. <c>z05</c>.</param>
/// <param name="KlNat">Its mean divergence from the prior, nat.</param>
/// <param name="Tells">What it shares most information with, at most two, the larger first; empty when nothing is known.</param>
/// <param name="Sentence">What it shares most with, as far as the errors tell.</param>
/// <param name="About">What it clearly shares most with; null where two quantities are too near to each other.</param>
/// <param name="Low">Smallest mean of a galaxy.</param>
/// <param name="High">Largest mean of a galaxy.</param>
internal sealed record DescribedDimension(
    int Index,
    string Name,
    double KlNat,
    SharedQuantity[] Tells,
    string Sentence,
    string? About,
    double Low,
    double High
);

/// <summary>A quantity and the information that a dimension shares with it.</summary>
/// <param name="Column">The quantity.</param>
/// <param name="Words">In words.</param>
/// <param name="Nat">Mutual information, nat.</param>
/// <param name="StandardErrorNat">Its standard error, nat.</param>
/// <param name="IsMost">Whether every other dimension shares less with it, by more than twice the error of the difference.</param>
internal sealed record SharedQuantity(string Column, string Words, double Nat, double StandardErrorNat, bool IsMost);

/// <summary>What the page shows first.</summary>
/// <param name="X">Column along x.</param>
/// <param name="Y">Column along y.</param>
/// <param name="Colour">Column of the colour.</param>
/// <param name="Row">Row of a typical galaxy.</param>
/// <param name="Sentence">What is to be seen.</param>
internal sealed record FirstView(string X, string Y, string Colour, int Row, string Sentence);

/// <summary>What a page can do.</summary>
/// <param name="Live">Whether a program answers: physics, import, means of exact spectra.</param>
/// <param name="NoPhysics">Why there are no physics sliders; empty when there are.</param>
/// <param name="SpectraRemark">What is said about input spectra; empty when they are exact.</param>
/// <param name="Physics">The parameters that can be moved.</param>
internal sealed record Capabilities(bool Live, string NoPhysics, string SpectraRemark, PhysicsParameter[] Physics);

/// <summary>A parameter of the simulator with a slider.</summary>
/// <param name="Name">Name in files, e.g. <c>log_z_gas</c>.</param>
/// <param name="Label">Symbol.</param>
/// <param name="Words">A few words.</param>
/// <param name="Unit">Unit; empty when dimensionless.</param>
/// <param name="Low">Lower end of the slider.</param>
/// <param name="High">Upper end.</param>
/// <param name="Deviation">Standard deviation in the population: the unit of steps of derivatives.</param>
/// <param name="IsHistory">Whether it is one of the ratios of the older history.</param>
internal sealed record PhysicsParameter(
    string Name,
    string Label,
    string Words,
    string Unit,
    double Low,
    double High,
    double Deviation,
    bool IsHistory
);

/// <summary>Shared information as tables: the dimensions in use with the parameters, and with each other.</summary>
internal sealed record InformationReply(InformationMatrix? Parameters, InformationMatrix? Dimensions);

/// <summary>A table of shared information. What is not known is null.</summary>
internal sealed record InformationMatrix(
    string[] Rows,
    string[] Columns,
    string[] Words,
    double?[] Nat,
    double?[] StandardErrorNat,
    double?[] QValue,
    string Source
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunDescription))]
[JsonSerializable(typeof(InformationReply))]
internal sealed partial class ExploreJson : JsonSerializerContext;
