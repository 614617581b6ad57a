using Galatent.Files;
using PureHDF;

namespace Galatent.Spectra;

/// <summary>What a file of spectra says beside its fluxes: attributes of the root, units, <c>/ivar</c> and <c>/mask</c>. Each is optional,
/// so a fault in one is told and does not stop the work that can do without it.</summary>
internal static class SpectrumStatements
{
    // As many as are looked at for their median.
    private const int SampleCount = 1000;

    private static readonly string[] WindowAttributes = ["normalization_low_angstrom", "normalization_high_angstrom"];
    private static readonly string[] UnitAttributes = ["units", "unit"];
    private static readonly string[] WithUnit = ["flux", "norm"];
    private static readonly string[] OfPixels = [SpectrumFile.InverseVariance, SpectrumFile.Mask];

    /// <summary>Looks at all of them.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="count">Number of spectra.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    /// <returns>Remarks for the user, one sentence each.</returns>
    public static IReadOnlyList<string> Inspect(string path, int count, int pixels) =>
        Hdf5.Open(path, file =>
            (IReadOnlyList<string>)[.. Window(file, path), .. Unit(file, path), .. Noise(file, path, Math.Min(count, SampleCount), pixels)]
        );

    private static IEnumerable<string> Window(IH5Group file, string path) =>
        WindowAttributes
            .Where(name =>
                file.AttributeExists(name) && !(Hdf5.AttributeNumbers(file, name) is [var value] && double.IsFinite(value) && value > 0)
            )
            .Select(name =>
                $"'{path}': the attribute {name} is no wavelength in Å; the normalisation window counts as not stated. Write it as a "
                + $"64-bit float."
            );

    private static IEnumerable<string> Unit(IH5Group file, string path)
    {
        const string name = "flux_unit";
        var stated = Hdf5.Text(file, name);
        if (file.AttributeExists(name) && Hdf5Internals.Raw(file.Attribute(name)).Type.Kind is not (Hdf5Kind.Text or Hdf5Kind.VariableText))
        {
            yield return $"'{path}': the attribute {name} is no text, and counts as not stated; write e.g. Lsun/Hz.";
        }
        foreach (var dataset in WithUnit)
        {
            foreach (var attribute in UnitAttributes)
            {
                var own = Hdf5.Text(Hdf5.Dataset(file, path, dataset), attribute);
                if (
                    SpectrumProvenance.IsPerHertz(stated) is { } isPerHertz
                    && SpectrumProvenance.IsPerHertz(own) is { } isOwnPerHertz
                    && isPerHertz != isOwnPerHertz
                )
                {
                    yield return $"'{path}': the attribute {name} says '{stated}', but the {attribute} of /{dataset} are '{own}': flux per "
                        + $"hertz and per angstrom have different shapes. {name} is believed; correct the one that is wrong.";
                }
            }
        }
    }

    private static IEnumerable<string> Noise(IH5Group file, string path, int count, int pixels)
    {
        var all = Hdf5.Dataset(file, path, "flux").Space.Dimensions;
        foreach (var name in OfPixels.Where(file.LinkExists))
        {
            var shape = Hdf5.Dataset(file, path, name).Space.Dimensions;
            if (!shape.SequenceEqual(all))
            {
                yield return $"'{path}': /{name} has the shape ({string.Join(", ", shape)}) where /flux has ({string.Join(", ", all)}), so "
                    + $"that no pixel can be weighted by it; write it again.";
                yield break;
            }
        }
        if (!file.LinkExists(SpectrumFile.InverseVariance))
        {
            yield break;
        }
        float[] Values(string name) => Hdf5Numbers.Singles(path, Hdf5.Dataset(file, path, name), name, 0, count);
        var masked = file.LinkExists(SpectrumFile.Mask) ? Values(SpectrumFile.Mask) : [];
        if (SpectrumFile.BadInverseVariance(Values(SpectrumFile.InverseVariance), masked) is { } bad)
        {
            yield return $"'{path}': /ivar of spectrum {bad.Place / pixels}, pixel {bad.Place % pixels} is {bad.Value}, where an inverse "
                + $"variance is 0 (unknown) or positive and finite; it is not used unless pixels are weighted by it.";
        }
    }
}
