using System.Runtime.CompilerServices;
using System.Text.Json;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Traversals;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra;
using Galatent.Training;

namespace Galatent.Tests.Report;

/// <summary>
/// A run without network and simulator: spectra that are a mean plus six templates (tilt, break, curvature, three sets of lines) times
/// amplitudes made from invented parameters, and a "model" that knows the templates. Quick to make, and everything about it is known.
/// </summary>
internal static class InventedRun
{
    private static readonly ConditionalWeakTable<WavelengthGrid, double[]> Bases = [];

    public const int Templates = 6;
    public const int Dimensions = 12;

    public static WavelengthGrid CoarseGrid { get; } = new([.. Enumerable.Range(0, 226).Select(i => 1000.0 + (40 * i))]);

    public static RunResults Make(WavelengthGrid grid, int count, params double[] betas)
    {
        var spectra = Spectra(grid, count);
        return new RunResults(
            Manifest(count, betas),
            grid,
            count,
            spectra.Parameters,
            spectra.Provenance,
            [.. betas.Select(b => Model(spectra, b))]
        );
    }

    public static RunManifest Manifest(int count, params double[] betas) =>
        new()
        {
            Generator = "invented",
            Preset = "quick",
            Seed = 1,
            Count = count,
            Population = "invented",
            StellarPopulations = "invented",
            Betas = betas,
            Device = "cpu",
        };

    public static ModelResults Model(SpectrumSet spectra, double beta)
    {
        var latents = Latents(spectra, beta);
        var analysis = LatentAnalysis.Run(
            spectra,
            latents,
            DataSplit.Random(spectra.Count, 0.2, 1),
            (z, m) => Decode(spectra.Grid, z, m, beta),
            new AnalysisOptions(beta, 1, new TraversalOptions(6)),
            null,
            CancellationToken.None
        );
        var dimensions = analysis.Informative;
        string[] names = [.. dimensions.Select(AnalysisResults.DimensionName)];
        var pairs = dimensions
            .SelectMany(i => dimensions.Select(j => i == j ? double.NaN : GaussianInformation(latents.MuColumn(i), latents.MuColumn(j))))
            .ToArray();
        var parameters = spectra.Parameters;
        var known = Enumerable
            .Range(0, Dimensions)
            .SelectMany(i => parameters.Select(p => GaussianInformation(latents.MuColumn(i), p.Values)))
            .ToArray();
        analysis = analysis with
        {
            Latents = new MutualInformationMatrix(names, names, pairs, [.. pairs.Select(m => 0.01 + (0.02 * m))], pairs, pairs),
            Parameters = new MutualInformationMatrix(
                [.. Enumerable.Range(0, Dimensions).Select(AnalysisResults.DimensionName)],
                [.. parameters.Select(p => p.Name)],
                known,
                [.. known.Select(m => 0.01 + (0.02 * m))],
                known,
                known
            ),
        };
        var loss = analysis.Loss.Loss;
        return new ModelResults(
            latents,
            analysis,
            new TrainingHistory([
                .. Enumerable
                    .Range(1, 20)
                    .Select(e => new EpochRecord(
                        e,
                        1e-3,
                        loss * (1 + (40 * Math.Exp(-e / 2.0))),
                        loss * (1 + (50 * Math.Exp(-e / 2.0))),
                        analysis.Loss.SquaredErrorOfSample,
                        analysis.Loss.KlNat * (1 + (5.0 / e)),
                        dimensions.Length,
                        null,
                        1,
                        spectra.Count
                    )),
            ])
        )
        {
            Description = Description(spectra.Grid, beta),
        };
    }

    private static ModelDescription Description(WavelengthGrid grid, double beta)
    {
        var network = new NetworkOptions { LatentDimensions = Dimensions, Channels = [4, 8, 16] };
        var options = new TrainingOptions { Beta = beta, Network = network };
        return new ModelDescription
        {
            FormatVersion = ModelDescription.CurrentFormat,
            Generator = "invented",
            Network = network,
            WavelengthAngstrom = grid.WavelengthAngstrom,
            Beta = beta,
            Seed = 1,
            DataHash = "",
            BestEpoch = 20,
            Training = JsonSerializer.SerializeToElement(options, TrainingJson.Default.TrainingOptions),
        };
    }

    public static SpectrumSet Spectra(WavelengthGrid grid, int count)
    {
        string[] names = ["log_mass", "log_z_star", "log_z_gas", "redshift", "dust1", "dust_index", "dust2", "log_sfr"];
        var values = names.Select(_ => new double[count]).ToArray();
        var flux = new float[count * grid.Count];
        for (var i = 0; i < count; i++)
        {
            var stream = new RandomStream(7, "invented", (ulong)i);
            double quiet = stream.NextDouble() < 0.2 ? 1 : 0;
            double mass = 9.5 + (0.7 * stream.NextNormal());
            double gas = (0.3 * (mass - 9.5)) + (0.15 * stream.NextNormal());
            double redshift = Math.Abs(0.8 + (0.6 * stream.NextNormal()));
            double dust = Math.Abs(0.3 + (0.2 * stream.NextNormal()) + (0.2 * gas));
            var rate = mass - 9.2 + (0.4 * redshift) - (2.4 * quiet) + (0.3 * stream.NextNormal());
            double[] parameters =
            [
                mass,
                (0.5 * gas) - 0.4 + (0.3 * stream.NextNormal()),
                gas,
                redshift,
                dust * (0.7 + (0.3 * stream.NextDouble())),
                0.3 * stream.NextNormal(),
                dust,
                rate,
            ];
            for (var p = 0; p < names.Length; p++)
            {
                values[p][i] = parameters[p];
            }
            var activity = rate - mass + 9.6;
            double[] amplitude =
            [
                (0.6 * activity) - dust,
                -0.8 * activity + (0.3 * stream.NextNormal()),
                0.4 * stream.NextNormal(),
                Math.Exp(activity),
                gas * Math.Exp(0.5 * activity),
                (0.4 * gas * gas) + (0.3 * stream.NextNormal()),
            ];
            Compose(grid, amplitude, flux.AsSpan(i * grid.Count, grid.Count));
        }
        return new SpectrumSet(
            grid,
            flux,
            [.. Enumerable.Repeat(1.0, count)],
            [.. names.Select((n, p) => new ParameterColumn(n, "", n, values[p]))],
            new SpectrumProvenance("invented", 7, "arbitrary", 5000, 5500, "no SSP library: invented templates", "invented")
        );
    }

    /// <summary>The same spectra with other parameters.</summary>
    public static SpectrumSet With(SpectrumSet spectra, ParameterColumn[] parameters)
    {
        var flux = new float[spectra.Count * spectra.Grid.Count];
        spectra.ReadFrom(0, flux);
        return new SpectrumSet(spectra.Grid, flux, [.. Enumerable.Repeat(1.0, spectra.Count)], parameters, spectra.Provenance);
    }

    // Amplitudes in the units of the latent space are what the templates were multiplied with; six of twelve dimensions are in use.
    public static LatentSet Latents(SpectrumSet spectra, double beta)
    {
        var basis = Basis(spectra.Grid);
        var n = spectra.Count;
        var mu = new float[n * Dimensions];
        var logVariance = new float[n * Dimensions];
        var z = new float[n * Dimensions];
        for (var i = 0; i < n; i++)
        {
            var stream = new RandomStream(3, "latents", (ulong)i);
            var amplitude = Fit(basis, spectra[i]);
            for (var d = 0; d < Dimensions; d++)
            {
                var used = d % 2 == 0;
                mu[(i * Dimensions) + d] = used ? (float)(0.7 * amplitude[d / 2]) : (float)(1e-4 * stream.NextNormal());
                logVariance[(i * Dimensions) + d] = used ? -4 + (float)beta : 0;
                z[(i * Dimensions) + d] =
                    mu[(i * Dimensions) + d] + (float)(Math.Exp(logVariance[(i * Dimensions) + d] / 2) * stream.NextNormal());
            }
        }
        return new LatentSet(Dimensions, mu, logVariance, z, 3);
    }

    public static float[] Decode(WavelengthGrid grid, float[] z, int count, double beta)
    {
        var flux = new float[count * grid.Count];
        for (var i = 0; i < count; i++)
        {
            var row = flux.AsSpan(i * grid.Count, grid.Count);
            Compose(grid, [.. Enumerable.Range(0, Templates).Select(k => z[(i * Dimensions) + (2 * k)] / 0.7)], row);
            for (var p = 0; p < row.Length; p++)
            {
                row[p] += (float)(0.02 * beta * row[p] * Math.Sin(0.37 * p));
            }
        }
        return flux;
    }

    private static void Compose(WavelengthGrid grid, double[] amplitude, Span<float> flux)
    {
        var basis = Basis(grid);
        for (var p = 0; p < grid.Count; p++)
        {
            var sum = 1.0;
            for (var k = 0; k < Templates; k++)
            {
                sum += amplitude[k] * basis[(k * grid.Count) + p];
            }
            flux[p] = (float)sum;
        }
    }

    private static double[] Basis(WavelengthGrid grid) => Bases.GetValue(grid, MakeBasis);

    private static double[] MakeBasis(WavelengthGrid grid)
    {
        var basis = new double[Templates * grid.Count];
        for (var p = 0; p < grid.Count; p++)
        {
            var w = grid.WavelengthAngstrom[p];
            double Line(double at, double height) =>
                height * Math.Exp(-0.5 * Math.Pow((w - at) / Math.Max(6, grid.CellWidthAngstrom(p)), 2));
            double[] shapes =
            [
                0.12 * (5250 - w) / 4000,
                w < 4000 ? -0.15 : 0.02,
                0.25 * Math.Cos((w - 5250) / 1500),
                Line(6564.6, 9) + Line(4862.7, 3) + Line(4341.7, 1.4) + Line(1215.7, 2),
                Line(5008.2, 22) + Line(4960.3, 7) + Line(3728.5, 12),
                Line(6585.3, 14) + Line(6718, 6) + Line(9533, 6),
            ];
            for (var k = 0; k < Templates; k++)
            {
                basis[(k * grid.Count) + p] = shapes[k];
            }
        }
        return basis;
    }

    private static double[] Fit(double[] basis, ReadOnlySpan<float> flux)
    {
        var pixels = flux.Length;
        var normal = new double[Templates, Templates];
        var right = new double[Templates];
        for (var a = 0; a < Templates; a++)
        {
            for (var p = 0; p < pixels; p++)
            {
                right[a] += basis[(a * pixels) + p] * (flux[p] - 1);
                for (var b = 0; b < Templates; b++)
                {
                    normal[a, b] += basis[(a * pixels) + p] * basis[(b * pixels) + p];
                }
            }
        }
        for (var a = 0; a < Templates; a++)
        {
            for (var r = 0; r < Templates; r++)
            {
                if (r != a)
                {
                    var factor = normal[r, a] / normal[a, a];
                    for (var c = 0; c < Templates; c++)
                    {
                        normal[r, c] -= factor * normal[a, c];
                    }
                    right[r] -= factor * right[a];
                }
            }
        }
        return [.. right.Select((x, a) => x / normal[a, a])];
    }

    // Mutual information of a bivariate Gaussian of the same correlation: -0.5 ln(1 - rho²).
    private static double GaussianInformation(double[] x, double[] y)
    {
        double mx = x.Average();
        double my = y.Average();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }
        return -0.5 * Math.Log(1 - Math.Min(0.999, xy * xy / (xx * yy)));
    }
}
