using BenchmarkDotNet.Running;
using Galatent.Benchmarks;

if (args is ["ratios", ..])
{
    Ratios.Print(args.Skip(1).ToArray());
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Ratios).Assembly).Run(args);
}
