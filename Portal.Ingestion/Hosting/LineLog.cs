using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Portal.Ingestion.Hosting;

/// <summary>
/// Writes each log entry as one line (<c>Logging:Console:FormatterName</c> <c>line</c>): time, level, category, text. Whatever a text holds
/// (a line feed, a control sequence of terminals, marks that turn the direction of reading), it can neither look like another entry nor
/// change what was written before.
/// </summary>
public sealed class LineLog(IOptionsMonitor<SimpleConsoleFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name in the configuration.</summary>
    public const string FormatterName = "line";

    private const string Standard = "yyyy-MM-dd'T'HH':'mm':'ss'.'fff'Z '";

    /// <summary>Makes the formatter known to the console.</summary>
    public static void AddTo(ILoggingBuilder logging) => logging.AddConsoleFormatter<LineLog, SimpleConsoleFormatterOptions>();

    /// <inheritdoc />
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        var line = new StringBuilder()
            .Append(Now().ToString(options.CurrentValue.TimestampFormat ?? Standard, CultureInfo.InvariantCulture))
            .Append(LevelOf(logEntry.LogLevel)).Append(": ").Append(logEntry.Category)
            .Append('[').Append(logEntry.EventId.Id.ToString(CultureInfo.InvariantCulture)).Append("] ");
        AppendSafe(line, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } error) AppendSafe(line.Append(' '), error.ToString());
        textWriter.WriteLine(line.ToString());
    }

    // The console's own clock, as the framework's formatters have it.
    private DateTimeOffset Now() =>
        options.CurrentValue.UseUtcTimestamp ? TimeProvider.System.GetUtcNow() : TimeProvider.System.GetLocalNow();

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    internal static void AppendSafe(StringBuilder line, string? text)
    {
        foreach (var c in text ?? "")
        {
            if (c is '\n' or '\t') line.Append(' ');
            else if (c == '\r') continue;
            else if (IsHarmless(c)) line.Append(c);
            else line.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
    }

    private static bool IsHarmless(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
