using Galatent.Numerics;
using Galatent.Spectra;
using PureHDF;

namespace Galatent.Tests.Spectra;

/// <summary>Files of spectra as users write them: other types, shapes and units.</summary>
public sealed class SpectrumLayoutTests : IDisposable
{
    private const int Rows = 6;
    private const int Pixels = 30;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"galatent-layout-{Guid.NewGuid():N}.h5");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Fluxes_of_other_types_are_read_in_memory_and_streamed()
    {
        Write(
            new double[Rows * Pixels]
                .Select(_ => 1.0)
                .ToArray()
        );
        Assert.All(SpectrumFile.Read(_path).Flux, f => Assert.Equal(1f, f));
        using var stream = SpectrumStream.Open(_path, Path.GetTempPath());
        var row = new float[Pixels];
        stream.Read([4], row);
        Assert.All(row, f => Assert.Equal(1f, f));
        Assert.Empty(SpectrumLayout.Inspect(_path, stream));
    }

    [Fact]
    public void Spectra_that_break_the_promise_are_refused_or_remarked_wherever_they_come_from()
    {
        string Inspect()
        {
            var inMemory = SpectrumLayout.Inspect(_path, SpectrumFile.Read(_path));
            using var stream = SpectrumStream.Open(_path, Path.GetTempPath());
            Assert.Equal(inMemory, SpectrumLayout.Inspect(_path, stream));
            return string.Join(' ', inMemory);
        }
        Write(Flux(1.3f));
        Assert.Contains("median other than 1", Inspect(), StringComparison.Ordinal);
        Write(Flux(1e-17f));
        Assert.Contains("median 1E-17", Assert.Throws<InputException>(Inspect).Message, StringComparison.Ordinal);
        foreach (var bad in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Write(Flux(1), norm: [1, 1, bad, 1, 1, 1]);
            Assert.Contains("/norm of spectrum 2", Assert.Throws<InputException>(Inspect).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Shapes_and_units_are_named_with_what_is_due()
    {
        void Fails(params string[] words)
        {
            var message = Assert.Throws<InputException>(() => SpectrumFile.Read(_path)).Message;
            Assert.All(words, w => Assert.Contains(w, message, StringComparison.Ordinal));
            Assert.DoesNotContain("damaged", message, StringComparison.Ordinal);
            Assert.Equal(message, Assert.Throws<InputException>(() => SpectrumStream.Open(_path, Path.GetTempPath())).Message);
        }
        Write(Flux(1), norm: new double[Rows - 1]);
        Fails("/norm", "(5)", "(6)");
        Write(Flux(1), shape: [Pixels, Rows]);
        Fails("/flux", "(30, 6)", "transpose");
        Write(Flux(1), wavelength: w => w / 10);
        Fails("/wavelength", "nm");
        Write(Flux(1), wavelength: w => w / 1e4);
        Fails("/wavelength", "micron");
        Write(Flux(1), wavelength: Math.Log10);
        Fails("/wavelength", "log10");
        Write(Flux(1), wavelength: w => 10000 - w);
        Fails("/wavelength", "ascend");
    }

    [Fact]
    public void Fluxes_beyond_32_bits_are_refused()
    {
        Write([.. Enumerable.Repeat(1e300, Rows * Pixels)]);
        Assert.Contains("32-bit float", Assert.Throws<InputException>(() => SpectrumFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    private static float[] Flux(float value) => [.. Enumerable.Repeat(value, Rows * Pixels)];

    private void Write<T>(T[] flux, double[]? norm = null, ulong[]? shape = null, Func<double, double>? wavelength = null) =>
        new H5File
        {
            ["wavelength"] = Enumerable.Range(0, Pixels).Select(i => 4800.0 + (30 * i)).Select(wavelength ?? (w => w)).ToArray(),
            ["flux"] = new H5Dataset<T[]>(flux, fileDims: shape ?? [Rows, Pixels]),
            ["norm"] = norm ?? [.. Enumerable.Repeat(1.0, Rows)],
            Attributes = new() { ["normalization_low_angstrom"] = 5000.0, ["normalization_high_angstrom"] = 5500.0 },
        }.Write(_path);
}
