using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Settings;
using Portal.Platform.Http;
using Xunit;

namespace Portal.Tests.Platform.Http;

public sealed class TrustedProxyTests
{
    private const string Forwarded = "https www.kommune.dk 192.0.2.7 127.0.0.1";

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3", true)]
    [InlineData(" 10.1.0.0/16 ", "::ffff:10.1.255.255", true)]
    [InlineData("10.1.0.0/16", "10.2.0.0", false)]
    [InlineData("::ffff:10.1.0.0/112", "10.1.7.7", true)]
    [InlineData("10.1.2.3/16", "10.1.255.255", true)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("fd00::/8", "10.1.2.3", false)]
    [InlineData("::1", "127.0.0.1", false)]
    [InlineData("10.1.2.3", null, false)]
    public void An_address_is_a_proxys_in_either_form_of_IPv4_and_by_network(string configured, string? address, bool included) =>
        Assert.Equal(included, Of(configured).Includes(address is null ? null : IPAddress.Parse(address)));

    [Theory]
    [InlineData("proxy.kommune.dk")]
    [InlineData("")]
    [InlineData("10.1.0.0/33")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("::ffff:0.0.0.0/96")]
    public void What_is_no_address_or_is_every_address_stops_the_start_with_its_key(string configured)
    {
        var problem = Assert.Throws<ConfigurationProblemException>(() => Of(configured));
        Assert.Equal("Portal:TrustedProxies:0", problem.Key);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void Nobody_is_trusted_by_default() => Assert.False(Of().Includes(IPAddress.Loopback));

    [Theory]
    [InlineData("192.0.2.7", Forwarded, "127.0.0.0/8")]
    [InlineData("203.0.113.9, 192.0.2.7", Forwarded, "127.0.0.0/8")]
    [InlineData("192.0.2.7, 10.0.0.5", Forwarded, "127.0.0.1", "10.0.0.5")]
    [InlineData("192.0.2.7", "http 127.0.0.1 127.0.0.1 127.0.0.1", "10.0.0.0/8")]
    [InlineData("192.0.2.7", "http 127.0.0.1 127.0.0.1 127.0.0.1")]
    public async Task Forwarded_headers_count_from_trusted_proxies_only_and_the_connections_own_address_is_kept(
        string forwardedFor, string seen, params string[] configured)
    {
        // As ASPNETCORE_FORWARDEDHEADERS_ENABLED would set it: it must not open what the proxies' list closes.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--ForwardedHeaders_Enabled=true"] });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Entries(configured));
        builder.Services.AddTrustedProxies(builder.Configuration, builder.Environment);
        await using var app = builder.Build();
        app.UseTrustedProxies();
        app.MapGet("/", (HttpContext context) =>
            $"{context.Request.Scheme} {context.Request.Host.Host} {context.Connection.RemoteIpAddress} {context.PeerAddress()}");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "www.kommune.dk");
        Assert.Equal(seen, await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    private static TrustedProxies Of(params string[] configured) =>
        TrustedProxies.Read(new ConfigurationBuilder().AddInMemoryCollection(Entries(configured)).Build());

    private static IEnumerable<KeyValuePair<string, string?>> Entries(string[] configured) =>
        configured.Select((value, n) => KeyValuePair.Create<string, string?>($"Portal:TrustedProxies:{n}", value));
}
