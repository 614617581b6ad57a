using BenchmarkDotNet.Attributes;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Benchmarks;

/// <summary>
/// Why it exists: the matrix product carries the network and the synthesis, and its block sizes were chosen with it.
/// What it measures: one call per shape, warm caches, packed right-hand side, by threads; <see cref="Pack"/> what packing costs on top.
/// What it does not measure: the first call (the kernels are compiled then), and products as small as a layer of the network, which call
/// the tiles directly.
/// <code>
/// one core of an AMD EPYC (Zen 4), whose multiply-add unit ends at 118 GFLOP/s, other work beside:
/// tile 12 x 32, depth 640, in cache    116 GFLOP/s
/// 128 x 4582 x 440 and 1024^3          101
/// plain loop                             2.2
/// two cores: 187 for 2048^3 (both units: 222)
/// </code>
/// </summary>
[MemoryDiagnoser]
public class MatrixProductBenchmarks
{
    private float[] _a = [];
    private float[] _b = [];
    private float[] _c = [];
    private PackedMatrix? _packed;

    /// <summary>Rows, columns and depth.</summary>
    [Params("128x4582x440", "1024x1024x1024", "64x64x64")]
    public string Shape { get; set; } = "";

    /// <summary>Threads of the product.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    private (int M, int N, int K) Sizes => Shape.Split('x') is [var m, var n, var k] ? (int.Parse(m), int.Parse(n), int.Parse(k)) : default;

    [GlobalSetup]
    public void Setup()
    {
        var (m, n, k) = Sizes;
        (_a, _b, _c) = (Claims.Draw(m * k, "a"), Claims.Draw(k * n, "b"), new float[m * n]);
        _packed = new PackedMatrix(new MatrixView(_b, k, n));
    }

    [Benchmark]
    public void Multiply() => MatrixProduct.Multiply(new MatrixView(_a, Sizes.M, Sizes.K), _packed!, _c, Sizes.N, threads: Threads);

    [Benchmark]
    public void Pack() => _packed!.Repack(new MatrixView(_b, Sizes.K, Sizes.N));
}
