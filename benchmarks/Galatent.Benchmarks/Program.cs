using BenchmarkDotNet.Running;
using Galatent.Benchmarks;

if (args is ["mi-calibration", ..])
{
    InformationCalibrationTool.Run(args.AsSpan(1));
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
