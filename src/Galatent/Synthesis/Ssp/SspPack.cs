using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Synthesis.Ssp;

/// <summary>The data on stars and gas that the simulator needs.</summary>
/// <param name="Stars">Simple stellar populations at their original sampling.</param>
/// <param name="Lines">Emission lines per ionising photon.</param>
/// <param name="LargestRelativeError">Largest relative error of a packed flux compared with its source; 0 for a table that was not
/// packed.</param>
public sealed record SspLibrary(SspTable Stars, NebularLineTable Lines, double LargestRelativeError);

/// <summary>
/// The packed library, extension <c>.galssp</c>, little-endian: the magic <c>GALSSP02</c>, the length of a JSON header (int32), the header,
/// float64 axes and rates, float32 lines, the fluxes in the format of <see cref="LogFluxCodec"/>, and the SHA-256 of all that. Without the
/// checksum, a flipped bit inside the compressed fluxes would decode to other fluxes.
/// </summary>
public static class SspPack
{
    /// <summary>Rounding of log10 L_nu, dex: an error of at most 0.0115 %.</summary>
    public const double StepDex = 1e-4;

    private const string EmbeddedName = "bc03_miles_kroupa.galssp";
    private static readonly byte[] Magic = "GALSSP02"u8.ToArray();

    /// <summary>The library inside this assembly: Bruzual and Charlot (2003, update of 2016) with MILES, Kroupa IMF, 912-10003 Å, and the
    /// lines of FSPS.</summary>
    public static SspLibrary Embedded()
    {
        using var stream = typeof(SspPack).Assembly.GetManifestResourceStream(EmbeddedName)
            ?? throw new InvalidOperationException($"The assembly was built without {EmbeddedName}.");
        return Read(WholeFile(stream, EmbeddedName), EmbeddedName);
    }

    /// <summary>Reads a packed library.</summary>
    /// <exception cref="InputException">Missing, damaged, or another kind of file.</exception>
    public static SspLibrary Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        RegularFile.Require(path);
        using var stream = File.OpenRead(path);
        return Read(WholeFile(stream, path), path);
    }

    /// <summary>Packs a table and the lines within its range. The file appears only when it is complete.</summary>
    /// <returns>The largest relative error of the packing.</returns>
    public static double Write(string path, SspTable stars, NebularLineTable lines)
    {
        ArgumentNullException.ThrowIfNull(stars);
        ArgumentNullException.ThrowIfNull(lines);
        var kept = lines.Within(stars.WavelengthAngstrom[0], stars.WavelengthAngstrom[^1]);
        var flux = LogFluxCodec.Encode(stars.Lnu, stars.AgeCount, stars.WavelengthCount, StepDex);
        var error = LargestError(
            stars,
            LogFluxCodec.Decode(new MemoryStream(flux), stars.Lnu.Length, stars.AgeCount, stars.WavelengthCount, StepDex)
        );
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new SspPackHeader(
                stars.Provenance,
                stars.MetallicityCount,
                stars.AgeCount,
                stars.WavelengthCount,
                stars.LivingMass.Length > 0,
                StepDex,
                error,
                kept.LogZ.Length,
                kept.LogAgeYr.Length,
                kept.LogU.Length,
                kept.Name,
                stars.SurvivingMass.Length > 0,
                stars.IonizingRateOrigin,
                stars.EmissionLines?.Name
            ),
            SspPackJson.Default.SspPackHeader
        );
        AtomicFile.Write(path, temporary =>
        {
            using var stream = new MemoryStream();
            stream.Write(Magic);
            stream.Write(BitConverter.GetBytes(header.Length));
            stream.Write(header);
            foreach (
                var block in new[]
                {
                    stars.LogZ,
                    stars.LogAgeYr,
                    stars.WavelengthAngstrom,
                    stars.LogIonizingRate,
                    stars.LivingMass,
                    kept.LogZ,
                    kept.LogAgeYr,
                    kept.LogU,
                    kept.WavelengthAngstrom,
                }
            )
            {
                stream.Write(MemoryMarshal.AsBytes(block.AsSpan()));
            }
            stream.Write(MemoryMarshal.AsBytes(kept.LogErgPerPhoton.AsSpan()));
            foreach (
                var block in new[]
                {
                    stars.SurvivingMass,
                    stars.EmissionLines?.WavelengthAngstrom ?? [],
                    stars.EmissionLines?.LuminosityLsun ?? [],
                }
            )
            {
                stream.Write(MemoryMarshal.AsBytes(block.AsSpan()));
            }
            stream.Write(flux);
            stream.Write(Sha256Hash.Of(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
            using var file = File.Create(temporary);
            stream.WriteTo(file);
        });
        return error;
    }

    // The content of the file without its checksum.
    private static MemoryStream WholeFile(Stream stream, string name)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        if (!bytes.AsSpan(0, Math.Min(bytes.Length, Magic.Length)).SequenceEqual(Magic))
        {
            throw new InputException(
                $"'{name}' is not an SSP pack (it does not begin with {Encoding.ASCII.GetString(Magic)}); make one with 'galatent ssp "
                    + $"pack'."
            );
        }
        var end = Math.Max(Magic.Length, bytes.Length - Sha256Hash.Size);
        if (!Sha256Hash.Of(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            throw new InputException(
                $"'{name}' is a damaged SSP pack (its checksum differs); copy it again, or make it again with 'galatent ssp pack'."
            );
        }
        return new MemoryStream(bytes, 0, end);
    }

    // The checksum has been verified, so this program or a later version of it wrote the content.
    private static SspLibrary Read(MemoryStream stream, string name)
    {
        try
        {
            var h = ReadHeader(stream);
            var populations = h.Metallicities * h.Ages;
            var logZ = Doubles(stream, h.Metallicities);
            var logAge = Doubles(stream, h.Ages);
            var wavelength = Doubles(stream, h.Wavelengths);
            var rate = Doubles(stream, populations);
            var living = Doubles(stream, h.HasLivingMass ? populations : 0);
            var lineZ = Doubles(stream, h.LineMetallicities);
            var lineAge = Doubles(stream, h.LineAges);
            var lineU = Doubles(stream, h.LineIonizations);
            var lineWavelength = Doubles(stream, h.LineNames.Length);
            var luminosity = new float[h.LineMetallicities * h.LineAges * h.LineIonizations * h.LineNames.Length];
            stream.ReadExactly(MemoryMarshal.AsBytes(luminosity.AsSpan()));
            var surviving = Doubles(stream, h.HasSurvivingMass ? populations : 0);
            var own = h.OwnLineNames is { } names
                ? new SspEmissionLines(names, Doubles(stream, names.Length), Doubles(stream, populations * names.Length))
                : null;
            var flux = LogFluxCodec.Decode(stream, populations * h.Wavelengths, h.Ages, h.Wavelengths, h.StepDex);
            var stars = new SspTable
            {
                LogZ = logZ,
                LogAgeYr = logAge,
                WavelengthAngstrom = wavelength,
                Lnu = flux,
                LogIonizingRate = rate,
                LivingMass = living,
                Provenance = h.Provenance,
                SurvivingMass = surviving,
                IonizingRateOrigin = h.IonizingRateOrigin,
                EmissionLines = own,
            };
            var lines = new NebularLineTable
            {
                LogZ = lineZ,
                LogAgeYr = lineAge,
                LogU = lineU,
                WavelengthAngstrom = lineWavelength,
                Name = h.LineNames,
                LogErgPerPhoton = luminosity,
            };
            return new SspLibrary(stars.Validated(name), lines, h.LargestRelativeError);
        }
        catch (Exception e)
            when (e is EndOfStreamException or InvalidDataException or JsonException or OverflowException or ArgumentException)
        {
            throw new InputException(
                $"'{name}' is an SSP pack that this version cannot read ({e.Message.TrimEnd('.')}); make it again with 'galatent ssp "
                    + $"pack'.",
                e
            );
        }
    }

    private static SspPackHeader ReadHeader(MemoryStream stream)
    {
        Span<byte> start = stackalloc byte[12];
        stream.ReadExactly(start);
        var json = new byte[BitConverter.ToInt32(start[8..])];
        stream.ReadExactly(json);
        var header = JsonSerializer.Deserialize(json, SspPackJson.Default.SspPackHeader);
        return header is { Provenance: not null, LineNames: not null, Metallicities: > 0, Ages: > 0, Wavelengths: > 0 }
            ? header
            : throw new JsonException("its header lacks the numbers of metallicities, ages and wavelengths");
    }

    private static double[] Doubles(Stream stream, int count)
    {
        var values = new double[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static double LargestError(SspTable source, float[] packed)
    {
        var largest = 0.0;
        for (var i = 0; i < packed.Length; i++)
        {
            if (source.Lnu[i] > 0)
            {
                largest = Math.Max(largest, Math.Abs(packed[i] / (double)source.Lnu[i] - 1));
            }
        }
        return largest;
    }
}

/// <summary>The JSON header of a packed library.</summary>
internal sealed record SspPackHeader(
    SspProvenance Provenance,
    int Metallicities,
    int Ages,
    int Wavelengths,
    bool HasLivingMass,
    double StepDex,
    double LargestRelativeError,
    int LineMetallicities,
    int LineAges,
    int LineIonizations,
    string[] LineNames,
    bool HasSurvivingMass = false,
    IonizingRateOrigin IonizingRateOrigin = IonizingRateOrigin.Stated,
    string[]? OwnLineNames = null
);

[JsonSourceGenerationOptions(WriteIndented = false)]
[JsonSerializable(typeof(SspPackHeader))]
internal sealed partial class SspPackJson : JsonSerializerContext;
