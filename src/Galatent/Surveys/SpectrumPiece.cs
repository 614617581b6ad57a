namespace Galatent.Surveys;

/// <summary>A part of a spectrum: an arm, an exposure, or the part of one detector.</summary>
/// <param name="Wavelength">Å, ascending.</param>
/// <param name="Flux">Flux.</param>
/// <param name="InverseVariance">Inverse variance, 0 in bad pixels.</param>
/// <param name="Sigma">Standard deviation of the line-spread function, Å; empty where it is not known.</param>
internal sealed record SpectrumPiece(double[] Wavelength, double[] Flux, double[] InverseVariance, double[] Sigma)
{
    // Pixels of parts on one grid have equal wavelengths to rounding.
    private const double SameAngstrom = 1e-3;

    /// <summary>Joins parts: pixels of equal wavelength become one, flux = Σ w f / Σ w and w = Σ w; others stand side by side. Where
    /// parts on different grids overlap, the one with more weight there is kept, so that no pixel lies over another.</summary>
    public static void Join(ObservedSpectrum spectrum, IReadOnlyList<SpectrumPiece> pieces)
    {
        var order = pieces
            .SelectMany((piece, p) => piece.Wavelength.Select((wavelength, i) => (wavelength, p, i)))
            .OrderBy(e => e.wavelength)
            .ThenBy(e => e.p)
            .ToList();
        var isShared = AreOnOneGrid(pieces);
        var wavelengths = new List<double>();
        var flux = new List<double>();
        var ivar = new List<double>();
        var sigma = new List<double>();
        for (var k = 0; k < order.Count; )
        {
            var start = order[k].wavelength;
            var weight = 0.0;
            var sum = 0.0;
            var width = 0.0;
            for (; k < order.Count && order[k].wavelength - start < SameAngstrom; k++)
            {
                var (_, p, i) = order[k];
                if (!isShared && IsUnderOther(pieces, p, start))
                {
                    continue;
                }
                var w = pieces[p].InverseVariance[i];
                weight += w;
                sum += w > 0 ? w * pieces[p].Flux[i] : 0;
                width += w > 0 && pieces[p].Sigma.Length > 0 ? w * pieces[p].Sigma[i] : 0;
                if (wavelengths.Count == 0 || wavelengths[^1] != start)
                {
                    wavelengths.Add(start);
                    flux.Add(0);
                    ivar.Add(0);
                    sigma.Add(double.NaN);
                }
            }
            if (wavelengths.Count > 0 && wavelengths[^1] == start && weight > 0)
            {
                flux[^1] = sum / weight;
                ivar[^1] = weight;
                sigma[^1] = width > 0 ? width / weight : double.NaN;
            }
        }
        spectrum.WavelengthAngstrom = [.. wavelengths];
        spectrum.Flux = [.. flux];
        spectrum.InverseVariance = [.. ivar];
        spectrum.LsfSigmaAngstrom = [.. sigma];
    }

    // Whether pixels of different parts either coincide or lie at least half a pixel apart.
    private static bool AreOnOneGrid(IReadOnlyList<SpectrumPiece> pieces)
    {
        for (var p = 1; p < pieces.Count; p++)
        {
            for (var q = 0; q < p; q++)
            {
                var start = Math.Max(pieces[p].Wavelength[0], pieces[q].Wavelength[0]);
                if (start > Math.Min(pieces[p].Wavelength[^1], pieces[q].Wavelength[^1]) + SameAngstrom)
                {
                    continue;
                }
                if (Distance(pieces[p].Wavelength, start) > SameAngstrom || Distance(pieces[q].Wavelength, start) > SameAngstrom)
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static double Distance(double[] wavelength, double x)
    {
        var at = Array.BinarySearch(wavelength, x);
        at = at >= 0 ? at : ~at;
        var above = at < wavelength.Length ? Math.Abs(wavelength[at] - x) : double.PositiveInfinity;
        return at > 0 ? Math.Min(above, Math.Abs(wavelength[at - 1] - x)) : above;
    }

    // Whether another part that is preferred covers this wavelength.
    private static bool IsUnderOther(IReadOnlyList<SpectrumPiece> pieces, int piece, double wavelength)
    {
        for (var q = 0; q < pieces.Count; q++)
        {
            if (q == piece || wavelength < pieces[q].Wavelength[0] || wavelength > pieces[q].Wavelength[^1])
            {
                continue;
            }
            var own = pieces[piece].MedianWeight;
            var other = pieces[q].MedianWeight;
            if (other > own || (other == own && q < piece))
            {
                return true;
            }
        }
        return false;
    }

    private double MedianWeight { get; } = Middle(InverseVariance);

    private static double Middle(double[] values)
    {
        var sorted = Array.FindAll(values, v => v > 0);
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
