namespace Galatent.Numerics;

/// <summary>
/// Something the user gave cannot be used. The message is one sentence that names the file, the field, the value and the remedy;
/// the app prints it as it stands, without a stack trace, and exits with a code other than 0.
/// </summary>
/// <param name="message">The whole sentence, ready to print.</param>
/// <param name="inner">The failure underneath, when there is one.</param>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
