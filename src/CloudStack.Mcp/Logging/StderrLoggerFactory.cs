using CloudStack.Mcp.Server.Results;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Logging;

/// <summary>Writes log lines to standard error: standard output belongs to the protocol.</summary>
/// <param name="least">The least level written. Trace is never written: it would hold whole messages with their secrets.</param>
internal sealed class StderrLoggerFactory(LogLevel least) : ILoggerFactory
{
    private readonly LogLevel _least = least < LogLevel.Debug ? LogLevel.Debug : least;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _least);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Log lines go to standard error only.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(string category, LogLevel least) : ILogger
    {
        private const int LongestLine = 4000;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var text = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}";
            Console.Error.WriteLine($"{DateTime.UtcNow:O} {logLevel} {category}: {CleanText.Line(text, LongestLine)}");
        }
    }
}
