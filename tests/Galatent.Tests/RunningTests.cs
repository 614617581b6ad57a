using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Xunit.v3;

[assembly: Galatent.Tests.RunningTests]

namespace Galatent.Tests;

/// <summary>Ends the runner when one test runs for too long, and names it: else a test that hangs gives no hint at all.</summary>
/// <remarks>This is no limit on speed: the slowest test takes 40 s on two cores; 9 minutes were seen on a machine with much other
/// work.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class RunningTests : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly ConcurrentDictionary<IXunitTest, Stopwatch> Running = new();
    private static readonly Timer Watch = new(_ => EndWhenOneHangs(), null, Pause, Pause);

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Running[test] = Stopwatch.StartNew();

    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Running.TryRemove(test, out _);

    private static void EndWhenOneHangs()
    {
        GC.KeepAlive(Watch);
        if (Running.Values.All(watch => watch.Elapsed < Longest))
        {
            return;
        }
        foreach (var (test, watch) in Running)
        {
            Console.Error.WriteLine($"running for {watch.Elapsed.TotalSeconds:F0} s: {test.TestDisplayName}");
        }
        Console.Error.WriteLine($"A test has been running for {Longest.TotalMinutes} minutes: it hangs. The runner ends.");
        Environment.Exit(1);
    }
}
