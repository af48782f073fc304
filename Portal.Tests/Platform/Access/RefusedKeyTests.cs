using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Access;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access;

/// <summary>What is logged about unknown API keys.</summary>
public sealed class RefusedKeyTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly KeptLog _log = new();

    [Fact]
    public async Task A_call_with_a_wrong_key_is_one_line_with_address_and_route_and_neither_key_nor_case()
    {
        await using var host = await ApiHost.StartOnKestrelAsync();
        for (var n = 0; n < 3; n++)
        {
            using var answer = await host.WithKey("hemmelig-noegle").Get("/api/sager/0101011234");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        var lines = host.Lines.Lines.Where(l => l.Contains("API key", StringComparison.Ordinal)
            || l.Contains("not authenticated", StringComparison.Ordinal) || l.Contains("challenged", StringComparison.Ordinal));
        Assert.Equal(
            "Warning A call with an unknown API key was refused: from 127.0.0.1, route /api/sager/{caseNumber}", Assert.Single(lines));
        Assert.DoesNotContain(host.Lines.Lines, l => l.Contains("hemmelig", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_one_address_there_is_a_line_a_minute_with_how_many_came_in_between()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        var refused = new RefusedKeys(_time, factory.CreateLogger<RefusedKeys>());
        for (var n = 0; n < 50; n++) refused.Report(From("10.0.0.1"));
        refused.Report(From("10.0.0.2"));
        Assert.Equal(2, _log.Lines.Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        refused.Report(From("10.0.0.1"));
        Assert.Equal("Warning A call with an unknown API key was refused: from 10.0.0.1, route /beskedfordeler/modtag; "
            + "49 more since the last line", _log.Lines.Last());
    }

    [Fact]
    public void However_many_addresses_call_the_lines_are_few()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        var refused = new RefusedKeys(_time, factory.CreateLogger<RefusedKeys>());
        for (var n = 0; n < 5000; n++) refused.Report(From($"10.1.{n / 250}.{n % 250}"));
        Assert.InRange(_log.Lines.Count, 200, 201);
    }

    private static DefaultHttpContext From(string address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/beskedfordeler/modtag"), 0, null, null));
        return context;
    }
}
