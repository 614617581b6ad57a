using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Galatent.Explore.Server;

/// <summary>Shows errors of the program, and nothing else that the web server has to say. That a port is taken is told by who tried
/// it.</summary>
/// <param name="say">Receives one line for each.</param>
internal sealed class ErrorLog(Action<string> say) : ILoggerProvider, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal) ? NullLogger.Instance : this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (IsEnabled(logLevel))
        {
            say($"explorer: {formatter(state, exception).ReplaceLineEndings(" ")}{(exception is null ? "" : $" {exception}")}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
