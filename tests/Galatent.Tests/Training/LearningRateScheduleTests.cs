using Galatent.Training;

namespace Galatent.Tests.Training;

public class LearningRateScheduleTests
{
    [Fact]
    public void Thesis_halves_every_ten_epochs()
    {
        var schedule = new LearningRateSchedule(TrainingOptions.ForPreset("thesis"), 2500);
        Assert.Equal([3e-4, 3e-4, 1.5e-4, 1.5e-4, 7.5e-5], new[] { 1, 10, 11, 20, 21 }.Select(e => schedule.At(e, 77)));
    }

    [Fact]
    public void One_cycle_rises_linearly_to_the_peak_and_falls_to_nothing()
    {
        var schedule = new LearningRateSchedule(
            new TrainingOptions
            {
                Schedule = ScheduleShape.OneCycle,
                Epochs = 4,
                LearningRate = 1,
                WarmUpFraction = 0.25,
            },
            100
        );
        var rates = Enumerable.Range(0, 400).Select(s => schedule.At(1 + (s / 100), s % 100)).ToArray();
        Assert.Equal(0.01, rates[0], 1e-12);
        Assert.Equal(0.5, rates[49], 1e-12);
        Assert.Equal(1, rates[99], 1e-12);
        Assert.Equal(1, rates[100], 1e-12);
        Assert.Equal(0.5, rates[250], 1e-12);
        Assert.InRange(rates[399], 0, 1e-4);
        // The area under warm-up and half cosine is half of each part.
        Assert.Equal(0.5, rates.Average(), 0.005);
    }

    [Fact]
    public void Constant_is_constant_and_no_warm_up_starts_at_the_peak()
    {
        var constant = new LearningRateSchedule(new TrainingOptions { Schedule = ScheduleShape.Constant, LearningRate = 0.5 }, 10);
        Assert.Equal(0.5, constant.At(99, 9));
        var cosine = new LearningRateSchedule(
            new TrainingOptions
            {
                Schedule = ScheduleShape.OneCycle,
                WarmUpFraction = 0,
                LearningRate = 0.5,
            },
            10
        );
        Assert.Equal(0.5, cosine.At(1, 0));
    }
}
