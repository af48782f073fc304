using System.Text;
using CsCheck;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Portal.Ingestion.Hosting;
using Xunit;

namespace Portal.Tests.Ingestion.Hosting;

/// <summary>A log entry is one line, whatever it holds.</summary>
public sealed class LineLogTests
{
    private static string Written(string text, Exception? error = null, LogLevel level = LogLevel.Warning)
    {
        var log = new LineLog(new Fixed(new SimpleConsoleFormatterOptions { UseUtcTimestamp = true, TimestampFormat = "'at '" }));
        var entry = new LogEntry<string>(level, "Portal.Start", new EventId(7), text, error, (state, _) => state);
        using var writer = new StringWriter { NewLine = "\n" };
        log.Write(in entry, null, writer);
        return writer.ToString();
    }

    [Fact]
    public void An_entry_has_time_level_category_and_text() =>
        Assert.Equal("at warn: Portal.Start[7] Noget æøå skete\n", Written("Noget æøå skete"));

    [Theory]
    [InlineData("a\ninfo: Portal[0] Signed in: admin", @"a info: Portal[0] Signed in: admin")]
    [InlineData("a\r\nb", "a b")]
    [InlineData("a\rb", "ab")]
    [InlineData("a\u001b[2J\u001b]0;x\u0007b", @"a\u001b[2J\u001b]0;x\u0007b")]
    [InlineData("a\u0085b\u2028c\u2029d", @"a\u0085b\u2028c\u2029d")]
    [InlineData("a\u202eb", @"a\u202eb")]
    [InlineData("a\0b", @"a\u0000b")]
    public void What_could_look_like_another_entry_or_steer_a_terminal_is_taken_apart(string text, string shown) =>
        Assert.Equal($"at warn: Portal.Start[7] {shown}\n", Written(text));

    [Fact]
    public void Any_text_and_any_exception_are_one_line_without_control_characters() =>
        Gen.Select(Gen.String, Gen.String).Sample((text, message) =>
        {
            var line = Written(text, new InvalidOperationException(message));
            Assert.EndsWith("\n", line, StringComparison.Ordinal);
            Assert.DoesNotContain(line[..^1], char.IsControl);
        });

    [Theory]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Error, "fail")]
    [InlineData(LogLevel.Critical, "crit")]
    public void The_level_is_named_as_the_framework_names_it(LogLevel level, string name) =>
        Assert.StartsWith($"at {name}: ", Written("x", level: level), StringComparison.Ordinal);

    private sealed class Fixed(SimpleConsoleFormatterOptions value) : IOptionsMonitor<SimpleConsoleFormatterOptions>
    {
        public SimpleConsoleFormatterOptions CurrentValue => value;

        public SimpleConsoleFormatterOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<SimpleConsoleFormatterOptions, string?> listener) => null;
    }
}
