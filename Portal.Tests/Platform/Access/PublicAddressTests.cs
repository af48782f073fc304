using System.Net;
using CsCheck;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Portal.Ingestion.Settings;
using Portal.Platform.Http;
using Portal.Tests.Platform.Access.OpenId;
using Xunit;

namespace Portal.Tests.Platform.Access;

/// <summary>The address in links, whatever Host header a request carries.</summary>
public sealed class PublicAddressTests
{
    private const string Key = "Portal:PublicUrl", Public = "https://portal.kommune.dk/", Foreign = "evil.example";

    private static PublicAddress Read(string environment, params (string Key, string? Value)[] values) => PublicAddress.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, v.Value))).Build(),
        new Environment(environment));

    [Theory]
    [InlineData("portal.kommune.dk")]
    [InlineData("ftp://portal.kommune.dk")]
    [InlineData("https://portal.kommune.dk/portal")]
    [InlineData("https://portal.kommune.dk/?a=1")]
    [InlineData("https://bruger:kode@portal.kommune.dk")]
    [InlineData("https://")]
    public void What_is_no_address_of_a_portal_stops_the_start(string text)
    {
        var problem = Assert.Throws<ConfigurationProblemException>(() => Read("Production", (Key, text)));
        Assert.Equal(Key, problem.Key);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void A_host_that_nobody_has_configured_is_in_no_link() => Gen.Select(
        Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 1, 20].Select(h => $"{h}.example"), Gen.Const("localhost.example"),
            Gen.Const("10.9.8.7")),
        Gen.Bool).Sample((host, secure) =>
        {
            var asked = new Uri($"{(secure ? "https" : "http")}://{host}/sager/1?a=b");
            Assert.Equal(Public, Read("Production", (Key, "https://portal.kommune.dk")).For(asked).ToString());
            Assert.Equal("http://10.0.0.5:5080/", Read("Production", ("Urls", "http://10.0.0.5:5080;http://x")).For(asked).ToString());
            Assert.Equal(
                "https://tls.kommune.dk/",
                Read("Production", ("Kestrel:Endpoints:Tls:Url", "https://tls.kommune.dk")).For(asked).ToString());
            Assert.Equal(asked.GetLeftPart(UriPartial.Authority) + "/", Read("Development").For(asked).ToString());
        });

    [Fact]
    public void The_addresses_it_listens_on_are_its_own()
    {
        var address = Read("Production", ("Urls", "http://*:5080;https://portal.internt:5443"));
        foreach (var own in (string[])["http://localhost:5080/", "http://127.0.0.1:5080/", "https://portal.internt:5443/"])
            Assert.Equal(own, address.For(new Uri(own)).ToString());
        const string Link = "http://localhost:5080/sager/1?brev=2#x";
        Assert.Equal(Link, address.ForLink(new Uri(Link)).ToString());
        Assert.Equal(Public, address.Or(Public).ToString());
    }

    [Theory]
    [InlineData(null, null, "http://localhost:5080/")]
    [InlineData("https://portal.kommune.dk", null, Public)]
    [InlineData(null, "10.0.0.1", "https://evil.example/")]
    [InlineData("https://portal.kommune.dk", "10.0.0.1", Public)]
    public async Task Sign_in_comes_back_to_the_portals_own_address(string? publicUrl, string? proxy, string expected)
    {
        // From a trusted proxy the forwarded host is the portal's; from anybody else it is what the sender likes.
        await using var flow = await SignInFlow.StartAsync(
            null, [(Key, publicUrl), ("Portal:TrustedProxies:0", "10.0.0.0/24")], "Production");
        var answer = await flow.Host.Server.SendAsync(context =>
        {
            (context.Request.Method, context.Request.Path) = ("GET", "/login");
            context.Request.Host = new Microsoft.AspNetCore.Http.HostString(proxy is null ? Foreign : "portal-1:5080");
            (context.Request.Headers["X-Forwarded-Host"], context.Request.Headers["X-Forwarded-Proto"]) = (Foreign, "https");
            context.Connection.RemoteIpAddress = IPAddress.Parse(proxy ?? "192.0.2.1");
        }, TestContext.Current.CancellationToken);
        var query = QueryHelpers.ParseQuery(new Uri(answer.Response.Headers.Location.ToString()).Query);
        Assert.Equal($"{expected}signin-oidc", query["redirect_uri"].ToString());
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
