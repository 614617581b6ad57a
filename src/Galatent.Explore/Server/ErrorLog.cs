using Microsoft.Extensions.Logging;

namespace Galatent.Explore.Server;

/// <summary>Shows errors of the program, and nothing else that the web server has to say.</summary>
/// <param name="say">Receives one line for each.</param>
internal sealed class ErrorLog(Action<string> say) : ILoggerFactory, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Errors have one reader.");

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
