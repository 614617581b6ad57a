using System.Globalization;
using BenchmarkDotNet.Running;
using Galatent.Benchmarks;

switch (args)
{
    case ["ratios", ..]:
        Ratios.Print(args[1..]);
        break;
    case [ProcessRatio.RankCommand, var threads]:
        ProcessRatio.RunRank(int.Parse(threads, CultureInfo.InvariantCulture));
        break;
    case ["mi-calibration", ..]:
        InformationCalibrationTool.Run(args.AsSpan(1));
        break;
    case ["mi-speed", ..]:
        InformationSpeedTool.Run(args.AsSpan(1));
        break;
    case ["mi-robustness", ..]:
        return InformationRobustnessTool.Run(args.AsSpan(1));
    case ["mutations", ..]:
        return MutationTool.Run(args[1..]);
    case [MutationTool.WorkerCommand, ..]:
        return MutationTool.RunWorker(args[1..]);
    case ["faults", ..]:
        return FaultTool.Run(args[1..]);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Ratios).Assembly).Run(args);
        break;
}
return 0;
