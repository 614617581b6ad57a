namespace Galatent.Numerics;

/// <summary>How far a long step has come. The library reports it; the app turns it into a bar with rate and time left.</summary>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all; 0 when not known.</param>
/// <param name="Detail">A short remark for the end of the line ("epoch 3, loss 41.2"); may be empty.</param>
public readonly record struct StepProgress(long Done, long Total, string Detail = "");
