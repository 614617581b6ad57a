namespace Galatent.Report.Figures.Observed;

/// <summary>The scores of all spectra, see <see cref="SpectrumScore.All"/>.</summary>
internal sealed class ScoreTable(int count, SimulatedPopulation simulated, double[] signalToNoise)
{
    private readonly double[][] _scores = [.. SpectrumScore.All.Select(_ => new double[count])];

    /// <summary>Measures a spectrum.</summary>
    public void Add(ObservedRow spectrum)
    {
        var scored = new ScoredSpectrum(spectrum, signalToNoise[spectrum.Row], simulated);
        for (var s = 0; s < _scores.Length; s++)
        {
            _scores[s][spectrum.Row] = SpectrumScore.All[s].Measure(scored);
        }
    }

    /// <summary>The worst spectra by one score, the worst first; fewer where nothing is wrong with the others.</summary>
    /// <param name="score">Place of the score in <see cref="SpectrumScore.All"/>.</param>
    /// <param name="most">At most this many.</param>
    public IReadOnlyList<(int Row, double Score)> Worst(int score, int most) =>
        [
            .. _scores[score]
                .Select((value, row) => (Row: row, Score: value))
                .Where(s => s.Score > 0)
                .OrderByDescending(s => s.Score)
                .ThenBy(s => s.Row)
                .Take(most),
        ];
}
