using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Portal.Platform.Http.Problems;
using Xunit;

namespace Portal.Tests.Api;

/// <summary>A page that is opened while the database is away.</summary>
public sealed class DatabaseAwayTests
{
    private readonly KeptLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly DatabaseAway _away;

    public DatabaseAwayTests() =>
        _away = new DatabaseAway(_time, LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<DatabaseAway>());

    public static TheoryData<string, string> Outages => new()
    {
        { "refused", "Databaseserveren svarer ikke." },
        { "broken", "Forbindelsen til databaseserveren er afbrudt." },
        { "busy", "Databasen er optaget." },
        { "wrapped", "Databasen er optaget." },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task It_says_what_is_the_matter_and_opens_itself_again(string outage, string why)
    {
        var (status, retry, text) = await OpenAsync(() => throw Of(outage));
        Assert.Equal((503, "10"), (status, retry));
        Assert.Contains(why, System.Net.WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_was_sent_is_not_sent_again_by_itself()
    {
        var (status, _, text) = await OpenAsync(() => throw Of("refused"), "POST");
        Assert.Equal(503, status);
        Assert.DoesNotContain("http-equiv=\"refresh\"", text, StringComparison.Ordinal);
        Assert.Contains("ikke gemt", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_is_no_outage_continues_to_who_answers_it() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(() => throw new InvalidOperationException()));

    [Fact]
    public async Task An_outage_is_one_line_when_it_begins_and_one_when_it_is_over()
    {
        for (var n = 0; n < 20; n++)
        {
            await OpenAsync(() => throw Of("refused"));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.DoesNotContain(" at ", Assert.Single(_log.Lines), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(30));
        for (var n = 0; n < 5; n++) await OpenAsync(() => { });
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("virker igen", _log.Lines.Last(), StringComparison.Ordinal);
    }

    private static Exception Of(string outage) => outage switch
    {
        "refused" => new NpgsqlException("x", new SocketException((int)SocketError.ConnectionRefused)),
        "broken" => new NpgsqlException("x", new IOException()),
        "busy" => new SqliteException("x", 5),
        _ => new InvalidOperationException("transient", new SqliteException("x", 5)),
    };

    private async Task<(int Status, string Retry, string Text)> OpenAsync(Action page, string method = "GET")
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Response.Body) = (method, "/drift", new MemoryStream());
        await new DatabaseAwayPage(
            c =>
            {
                page();
                c.Response.ContentType = "text/html; charset=utf-8";
                return Task.CompletedTask;
            },
            _away).InvokeAsync(context);
        context.Response.Body.Position = 0;
        return (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString(),
            await new StreamReader(context.Response.Body).ReadToEndAsync());
    }
}
