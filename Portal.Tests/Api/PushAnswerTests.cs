using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.Messages.Push;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Tests.Outside;
using Xunit;

namespace Portal.Tests.Api;

/// <summary>Every answer of the push endpoint holds StatusKode 20 or 40, whatever fails, and Drift knows who was answered 40.</summary>
public sealed class PushAnswerTests
{
    private const string Endpoint = "/beskedfordeler/modtag";
    private const string Key = "skubber-lang-hemmelig-noegle";

    private static readonly (string, string?)[] Settings =
    [
        ("Api:Keys:0:Key", Key), ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:0:Scopes:0", "messages:push"),
        ("Portal:TrustedProxies:0", "::ffff:127.0.0.0/104"),
    ];

    private static ByteArrayContent Xml() => new([60, 97, 47, 62]) { Headers = { ContentType = new MediaTypeHeaderValue("text/xml") } };

    [Theory]
    [InlineData(null, 200, 503)]
    [InlineData(200, 200, 200)]
    [InlineData(503, 503, 503)]
    public async Task A_message_that_cannot_be_stored_gets_40_under_the_callers_or_the_configured_HTTP_status(
        int? configured, int toCertificate, int toKey)
    {
        using var listed = PushSender.Certificate("distributor");
        await using var host = await StartAsync(s => s with
        {
            PushRefusalHttpStatus = configured, PushForwardedCertificateHeader = "X-Cert", PushThumbprints = [PushSender.Sha256(listed)],
        });
        var sender = host.Anonymous;
        sender.DefaultRequestHeaders.Add("X-Cert", Uri.EscapeDataString(listed.ExportCertificatePem()));
        var answers = host.Get<PushAnswers>();

        foreach (var error in (Exception[])[new StorageUnavailableException("Databasen er optaget."), new InvalidOperationException()])
        {
            host.Receiver.Error = error;
            Assert.Equal((toCertificate, "40"), await AnswerAsync(await sender.Post(Endpoint, Xml())));
            Assert.Equal((toKey, "40"), await AnswerAsync(await host.WithKey(Key).Post(Endpoint, Xml())));
            Assert.Equal(error is StorageUnavailableException ? PushRefusal.Storage : PushRefusal.Unforeseen, answers.Rows[0].Why);
        }

        Assert.Equal([toCertificate, toKey], answers.Rows.Select(r => r.HttpStatus));
        Assert.All(answers.Rows, row => Assert.Equal(2, row.Count));
        Assert.StartsWith("distributor (SHA-256 ", answers.Rows[0].Caller, StringComparison.Ordinal);
        Assert.NotNull(answers.Warning);

        host.Receiver.Error = null;
        Assert.Equal((200, "20"), await AnswerAsync(await host.WithKey(Key).Post(Endpoint, Xml())));
        Assert.Empty(answers.Rows);
        Assert.Null(answers.Warning);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    public async Task Another_method_than_POST_is_405_with_Allow_and_the_standards_body(string method)
    {
        await using var host = await StartAsync();
        foreach (var path in (string[])[Endpoint, Endpoint + "/", Endpoint.ToUpperInvariant()])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Accept.ParseAdd("text/html");
            var answer = await host.Anonymous.Ask(request);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.Equal(["POST"], answer.Content.Headers.Allow);
            if (method == "HEAD") Assert.Empty(await answer.Text());
            else Assert.Equal((405, "40"), await AnswerAsync(answer));
        }

        Assert.Empty(host.Get<PushAnswers>().Rows);
    }

    [Fact]
    public async Task What_fails_before_the_endpoint_is_answered_40_and_never_500()
    {
        await using var host = await StartAsync(more: services => services.PostConfigure<PolicySchemeOptions>(
            "Portal", options => options.ForwardDefaultSelector = _ => throw new InvalidOperationException("hemmelig")));
        Assert.Equal((503, "40"), await AnswerAsync(await host.Anonymous.Post(Endpoint, Xml())));
        Assert.DoesNotContain(host.Lines.Lines, l => l.Contains("hemmelig", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_not_read_in_time_or_before_the_portal_stops_is_answered_40(bool stopping)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartAsync(more: services => services.AddSingleton<TimeProvider>(time));
        var address = host.Anonymous.BaseAddress!;
        using var caller = new TcpClient();
        await caller.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(caller.GetStream(), Encoding.ASCII);
        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {Endpoint} HTTP/1.1\r\nHost: x\r\nX-Api-Key: {Key}\r\n"
            + "Content-Type: text/xml\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"), TestContext.Current.CancellationToken);

        // The server asks for the body: it is being read.
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        var stopped = stopping ? host.StopAsync() : Task.CompletedTask;
        if (!stopping) time.Advance(BusyLimits.Delivery);

        Assert.Empty((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!);
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Contains("<sd:StatusKode>40</sd:StatusKode>", await reader.ReadToEndAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await stopped;
        Assert.Equal(stopping ? PushRefusal.Closing : PushRefusal.Late, Assert.Single(host.Get<PushAnswers>().Rows).Why);
    }

    [Fact]
    public async Task A_certificate_that_a_trusted_proxy_forwards_counts_as_PEM_or_base64_but_not_twice_expired_or_unlisted()
    {
        using var listed = PushSender.Certificate("listed");
        using var other = PushSender.Certificate("other");
        using var expired = PushSender.Certificate("expired", -3, -2);
        await using var host = await StartAsync(s => s with
        {
            PushForwardedCertificateHeader = "X-Cert", PushThumbprints = [PushSender.Sha256(listed), PushSender.Sha256(expired)],
        });
        async Task<(int, string)> PushWith(params string[] sent)
        {
            var client = host.Anonymous;
            client.DefaultRequestHeaders.Add("X-Cert", sent);
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
            return await AnswerAsync(await client.Post(Endpoint, Xml()));
        }

        var (pem, base64) = (Uri.EscapeDataString(listed.ExportCertificatePem()), Convert.ToBase64String(listed.RawData));
        Assert.Equal((200, "20"), await PushWith(pem));
        Assert.Equal((200, "20"), await PushWith($":{base64}:"));
        Assert.Equal((401, "40"), await PushWith(pem, Uri.EscapeDataString(other.ExportCertificatePem())));
        Assert.Equal((401, "40"), await PushWith($"{pem},{pem}"));
        Assert.Equal((401, "40"), await PushWith(Convert.ToBase64String(other.RawData)));
        Assert.Equal((401, "40"), await PushWith("rubbish"));
        Assert.Equal((401, "40"), await PushWith(Convert.ToBase64String(expired.RawData)));
        var rows = host.Get<PushAnswers>().Rows;
        Assert.Contains(rows, r => r is { Caller: "192.0.2.7", Why: PushRefusal.UnknownCaller });
        Assert.Equal(expired.NotAfter.ToUniversalTime(), Assert.Single(rows, r => r.Why == PushRefusal.ExpiredCertificate).Limit);
    }

    private static Task<ApiHost> StartAsync(
        Func<PortalSettings, PortalSettings>? with = null, Action<IServiceCollection>? more = null) =>
        ApiHost.StartOnKestrelAsync(with, "Production", more, Settings);

    private static async Task<(int, string)> AnswerAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/xml", answer.Content.Headers.ContentType?.MediaType);
        return ((int)answer.StatusCode, PushSender.CodeIn(await answer.Text()));
    }
}
