using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>Spectra that a model makes of vectors drawn from its prior; always the same for a model. Bad pixels of spectra that it encodes
/// are filled with what these let expect.</summary>
public static class DecodedSamples
{
    /// <summary>Number of spectra.</summary>
    public const int Count = 2000;

    /// <summary>Decodes the spectra: normalised flux, shape (<see cref="Count"/>, n_wave).</summary>
    public static float[] Of(VaeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var stream = new RandomStream(model.Description.Seed, "filling of gaps");
        var z = new float[Count * model.LatentDimensions];
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = (float)stream.NextNormal();
        }
        return model.Decode(z, Count);
    }
}
