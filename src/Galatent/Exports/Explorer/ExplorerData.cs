using System.Text.Json.Serialization;

namespace Galatent.Exports.Explorer;

/// <summary>What <c>explorer.js</c> reads: weights, axes, sliders and start spectra.</summary>
/// <param name="NegativeSlope">Slope of LeakyReLU.</param>
/// <param name="Layers">The decoder's transposed convolutions, in the order of use.</param>
/// <param name="Blocks">Weights and biases in the order of use, the linear layer first.</param>
/// <param name="Weights">All their numbers divided by their block's scale: float16 or float32, little-endian, base64.</param>
/// <param name="Mean">Mean spectrum: float32, little-endian, base64.</param>
/// <param name="Linear">The linear path of the decoder, a row of n_wave numbers for each of the first latent dimensions: float32,
/// little-endian, base64; empty when there is none.</param>
/// <param name="Gain">Gain of the decoder's pixels, n_wave numbers in the same form; empty where they are not calibrated. Mean and linear
/// path are calibrated already.</param>
/// <param name="Wavelength">Pixel centres, Å, vacuum: float64, little-endian, base64.</param>
/// <param name="XLabel">Name and unit of the wavelength axis.</param>
/// <param name="YLabel">Name of the flux axis.</param>
/// <param name="YShort">The same for narrow screens.</param>
/// <param name="Lines">Strong emission lines, named in the whole spectrum.</param>
/// <param name="CloseLines">All emission lines, named where only a part of the spectrum is shown.</param>
/// <param name="Dimensions">One per slider.</param>
/// <param name="Galaxies">Spectra to start from.</param>
internal sealed record ExplorerData(
    float NegativeSlope,
    ExplorerLayer[] Layers,
    ExplorerBlock[] Blocks,
    string Weights,
    string Mean,
    string Linear,
    string Gain,
    string Wavelength,
    string XLabel,
    string YLabel,
    string YShort,
    ExplorerLine[] Lines,
    ExplorerLine[] CloseLines,
    ExplorerDimension[] Dimensions,
    ExplorerGalaxy[] Galaxies
);

/// <summary>A transposed convolution of stride 2.</summary>
internal sealed record ExplorerLayer(int Kernel, int CoarseChannels, int FineChannels, int CoarseLength);

/// <summary>How many numbers a block has, what they were divided by, and whether each has 2 bytes (float16) or 4 (float32).</summary>
internal sealed record ExplorerBlock(int Count, float Scale, int Bytes);

/// <summary>An emission line: its label, and its centre in Å, vacuum.</summary>
internal sealed record ExplorerLine(string Label, double Angstrom);

/// <summary>A slider.</summary>
/// <param name="Index">The latent dimension, from 0.</param>
/// <param name="Name">Its name in figures.</param>
/// <param name="KlNat">Its mean divergence from the prior, nat.</param>
/// <param name="Low">Smallest posterior mean of the data.</param>
/// <param name="High">Largest posterior mean of the data.</param>
/// <param name="Counts">Spectra in equal bins from the smallest to the largest.</param>
/// <param name="About">What it tells most about; empty when that is not known.</param>
internal sealed record ExplorerDimension(int Index, string Name, double KlNat, float Low, float High, int[] Counts, string About);

/// <summary>A spectrum to start from: its name, and its posterior mean.</summary>
internal sealed record ExplorerGalaxy(string Name, float[] Z);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExplorerData))]
internal sealed partial class ExplorerJson : JsonSerializerContext;
