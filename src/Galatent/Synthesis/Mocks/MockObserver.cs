using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Observing;

namespace Galatent.Synthesis.Mocks;

/// <summary>
/// Observes synthetic spectra as the spectra of a survey were: broadened to their resolution, with their noise and bad pixels, and divided
/// by the median of the good pixels of the window, noise included, as import does.
/// </summary>
internal sealed class MockObserver
{
    // Resolution of the stellar library (MILES), Å. A spectrum that is sharper cannot be imitated.
    private const double LibraryFullWidthAngstrom = 2.5;

    // Kernels are made once for each of these steps in width; the error of 0.025 Å is that of a survey's own stated resolution.
    private const double WidthStepAngstrom = 0.05;

    private readonly WavelengthGrid _grid;
    private readonly MedianNormalization _window;
    private readonly MockSurvey _survey;
    private readonly MockNoise _noise;
    private readonly ConcurrentDictionary<int, Instrument> _instruments = new();

    public MockObserver(WavelengthGrid grid, MedianNormalization window, MockSurvey survey) =>
        (_grid, _window, _survey, _noise) = (grid, window, survey, new MockNoise(grid));

    /// <summary>Refuses a survey where galaxies are given: those of a mock survey are drawn at the redshifts of the survey.</summary>
    public static void RequireNone(MockObserver? observer)
    {
        if (observer is not null)
        {
            throw new InputException(
                "Only the galaxies of a population can be observed like those of a survey (SimulationOptions.Like), and only into a file."
            );
        }
    }

    /// <summary>The survey that is copied.</summary>
    public MockSurvey Survey => _survey;

    /// <summary>The window's name in messages.</summary>
    private string Window => FormattableString.Invariant($"{_window.LowAngstrom}-{_window.HighAngstrom} Å");

    /// <summary>Observes a spectrum, in place.</summary>
    /// <param name="flux">The synthetic spectrum; on return normalised, and 0 in bad pixels.</param>
    /// <param name="inverseVariance">Receives 1/sigma² of the normalised flux, 0 in bad pixels.</param>
    /// <param name="mask">Receives the copied mask.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="mock">Number of the spectrum in the whole set.</param>
    /// <returns>What the synthetic spectrum was divided by.</returns>
    /// <exception cref="InputException">The window holds no good pixel, or noise made its median negative.</exception>
    public double Observe(Span<float> flux, Span<float> inverseVariance, Span<byte> mask, ulong seed, int mock)
    {
        var conditions = _survey.Conditions(seed, mock);
        _survey.Pixels(seed, mock, conditions, _grid, inverseVariance, mask);
        Broaden(flux, conditions.FullWidthRestAngstrom);
        var clean = Median(flux, mask, mock, conditions, "without noise");
        TensorPrimitives.Divide(flux, clean, flux);
        _noise.Add(flux, inverseVariance, conditions.ExpectedChiSquare, new RandomStream(seed, "mock noise", (ulong)mock));
        var noisy = Median(flux, mask, mock, conditions, "with noise");
        TensorPrimitives.Divide(flux, noisy, flux);
        TensorPrimitives.Multiply(inverseVariance, noisy * noisy, inverseVariance);
        ClearBad(flux, mask);
        return (double)clean * noisy;
    }

    private static void ClearBad(Span<float> flux, ReadOnlySpan<byte> mask)
    {
        for (int first = 0, next; (next = mask[first..].IndexOfAnyExcept((byte)0)) >= 0; )
        {
            first += next;
            var count = mask[first..].IndexOf((byte)0);
            count = count < 0 ? mask.Length - first : count;
            flux.Slice(first, count).Clear();
            first += count;
        }
    }

    private void Broaden(Span<float> flux, double fullWidth)
    {
        var square = (fullWidth * fullWidth) - (LibraryFullWidthAngstrom * LibraryFullWidthAngstrom);
        var step = square > 0 ? (int)Math.Round(Math.Sqrt(square) / WidthStepAngstrom) : 0;
        if (step > 0)
        {
            _instruments
                .GetOrAdd(step, s => new Instrument(
                    _grid,
                    new InstrumentOptions { FullWidthAngstrom = new ResponseCurve("resolution of a mock", [], [s * WidthStepAngstrom]) }
                ))
                .Disperse(flux);
        }
    }

    private float Median(ReadOnlySpan<float> flux, ReadOnlySpan<byte> mask, int mock, MockConditions conditions, string when)
    {
        var (first, end) = _grid.Range(_window.LowAngstrom, _window.HighAngstrom);
        var good = new float[end - first];
        var n = 0;
        for (var j = first; j < end; j++)
        {
            if (mask[j] == 0)
            {
                good[n++] = flux[j];
            }
        }
        if (n == 0)
        {
            throw new InputException(
                $"Mock {mock} copies spectrum {conditions.Row}, which has no good pixel at {Window}; remove that spectrum."
            );
        }
        var values = good.AsSpan(0, n);
        var upper = OrderStatistic.Select(values, n / 2);
        var median = n % 2 == 1 ? upper : 0.5f * (TensorPrimitives.Max<float>(values[..(n / 2)]) + upper);
        return median > 0 && float.IsFinite(median)
            ? median
            : throw new InputException(
                $"Mock {mock} copies spectrum {conditions.Row}, and its median at {Window} {when} is {median}, so it cannot be "
                    + $"normalised; remove that spectrum."
            );
    }
}
