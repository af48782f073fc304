using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Simulator;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>TLS, certificates and security tokens at a real broker and a real token service.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class SecureAmqpTransportTests(RabbitMqServer broker)
{
    private const string Entity = "http://entityid.kombit.dk/service/bfo_modtag/2";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_transport_opens_over_TLS_with_a_client_certificate_in_either_form(bool pfx)
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.PublishAsync(Traffic(5));

        await fixture.OpenTransportAsync(Secure(fixture) with
        {
            ClientCertificatePath = pfx ? broker.Certificates.ClientPfxPath : broker.Certificates.ClientPemPath,
            ClientCertificatePassword = pfx ? TestCertificates.Password : null,
        });

        await fixture.UntilStoredAsync(Distinct(Traffic(5)));
        Assert.Equal(0, await fixture.LeftAsync());
    }

    [Fact]
    public async Task A_broker_whose_certificate_is_not_trusted_is_refused()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.OpenTransportAsync(Secure(fixture) with { CaCertificatePath = null });

        var refused = await fixture.UntilAsync(TransportState.Refused);
        Assert.StartsWith("Den sikre forbindelse (TLS) til localhost:", refused.Why, StringComparison.Ordinal);
        Assert.Contains("Ingestion:Amqp:CaCertificatePath", refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_token_is_fetched_by_certificate_authority_and_service_in_the_form_of_the_endpoint(bool rest)
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await using var tokens = await TokenService.StartAsync(broker.Certificates);
        tokens.ExpiresAt = DateTimeOffset.UtcNow.AddHours(1);
        await fixture.PublishAsync(Traffic(5));

        await fixture.OpenTransportAsync(WithToken(fixture, rest ? tokens.Rest : tokens.Soap));
        await fixture.UntilStoredAsync(Distinct(Traffic(5)));

        Assert.Equal(0, await fixture.LeftAsync());
        var request = Assert.Single(tokens.Requests);
        Assert.Equal(TestCertificates.ClientName, request.Caller);
        if (rest)
        {
            var json = JsonNode.Parse(request.Body)!;
            Assert.Equal((IngestionFixture.Own, Entity),
                ((string?)json["AnvenderKontekst"]!["Cvr"], (string?)json["AppliesTo"]!["EndpointReference"]!["Address"]));
        }
        else
        {
            Assert.StartsWith("application/soap+xml", request.Type, StringComparison.Ordinal);
            var body = XDocument.Parse(request.Body).Descendants().Where(e => !e.HasElements).ToLookup(e => e.Name.LocalName, e => e.Value);
            Assert.Equal((IngestionFixture.Own, Entity, "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue"),
                (body["Value"].Single(), body["Address"].Single(), body["RequestType"].Single()));
        }

        Assert.DoesNotContain("Assertion", fixture.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_broker_is_reported_is_the_decoded_token_to_the_byte_and_its_refusal_says_what_to_do(bool rest)
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await using var tokens = await TokenService.StartAsync(broker.Certificates);
        await using var peer = new SaslPeer();
        tokens.ExpiresAt = DateTimeOffset.UtcNow.AddHours(1);
        await fixture.OpenTransportAsync(WithToken(fixture, rest ? tokens.Rest : tokens.Soap) with { Uri = peer.Address });

        var (mechanism, response) = await peer.Received;
        Assert.Equal(("EXTERNAL", tokens.Assertion(1)), (mechanism, Encoding.UTF8.GetString(response)));

        var refused = await fixture.UntilAsync(TransportState.Refused);
        Assert.Equal("Brokeren afviste sikkerhedstokenet.", refused.Why);
        Assert.Contains("Ingestion:Token:EntityId", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_token_expires_a_new_connection_takes_over_and_nothing_comes_twice()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await using var tokens = await TokenService.StartAsync(broker.Certificates);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        tokens.ExpiresAt = time.GetUtcNow().AddHours(1);
        var traffic = Traffic(2000);
        await fixture.PublishAsync(traffic);
        // The second batch is not yet committed when the connection is renewed.
        using var receiver = new GatedReceiver(fixture.Fixture.Receiver) { HoldAt = 2 };
        await fixture.OpenTransportAsync(WithToken(fixture, tokens.Rest), receiver, time);
        await receiver.Reached;

        time.Advance(TimeSpan.FromMinutes(54));
        Assert.Single(tokens.Requests);
        tokens.ExpiresAt = time.GetUtcNow().AddHours(1);
        // A wait that was computed before the clock moved but begun after it ends too late: so the clock is advanced while polling.
        time.Advance(TimeSpan.FromMinutes(1.5));
        await PortalProcess.EventuallyAsync(
            () =>
            {
                if (tokens.Requests.Count < 2) time.Advance(TimeSpan.FromSeconds(15));
                return fixture.ConsumersAsync();
            },
            n => n == 1 && tokens.Requests.Count == 2);
        receiver.Go();
        await PortalProcess.EventuallyAsync(
            () => Task.FromResult(fixture.Log.Text), text => text.Contains("renewed", StringComparison.Ordinal));
        await fixture.UntilStoredAsync(Distinct(traffic));

        Assert.Equal(0, await fixture.LeftAsync());
        Assert.Equal(traffic.Count, receiver.HandedOver);
        Assert.Equal(LogLevel.Information, fixture.Log.Worst);
    }

    [Fact]
    public async Task When_no_new_token_is_to_be_had_the_old_connection_continues_and_the_board_says_why()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await using var tokens = await TokenService.StartAsync(broker.Certificates);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        tokens.ExpiresAt = time.GetUtcNow().AddHours(1);
        await fixture.OpenTransportAsync(WithToken(fixture, tokens.Rest), time: time);
        await fixture.UntilAsync(TransportState.Open);

        tokens.Refusal = (403, "");
        await AdvanceUntilAsync(time, TimeSpan.FromMinutes(56),
            () => fixture.Report is { State: TransportState.Open, Why: "Forbindelsen kunne ikke fornyes: Token-tjenesten afviste (403)." });
        Assert.Contains("serviceaftalen", fixture.Report!.Remedy, StringComparison.Ordinal);
        await fixture.PublishAsync(Traffic(3));
        await fixture.UntilStoredAsync(Distinct(Traffic(3)));

        tokens.Refusal = null;
        tokens.ExpiresAt = time.GetUtcNow().AddHours(1);
        await AdvanceUntilAsync(time, TimeSpan.FromSeconds(15), () => fixture.Report is { State: TransportState.Open, Why: null });
        Assert.Equal(0, await fixture.LeftAsync());
    }

    [Theory]
    [InlineData(500, "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault><s:Reason><s:Text xml:lang='da'>Ingen "
        + "serviceaftale</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>", TransportState.Refused,
        "Token-tjenesten afviste (500): Ingen serviceaftale")]
    [InlineData(401, "", TransportState.Refused, "Token-tjenesten afviste (401).")]
    [InlineData(200, "<html>velkommen</html>", TransportState.Refused, "Token-tjenestens svar indeholder intet token.")]
    [InlineData(503, "", TransportState.Connecting, "Token-tjenesten svarede 503.")]
    public async Task A_token_that_is_not_given_is_reported_with_what_to_do(int status, string body, TransportState state, string why)
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await using var tokens = await TokenService.StartAsync(broker.Certificates);
        tokens.Refusal = (status, body);
        await fixture.OpenTransportAsync(WithToken(fixture, tokens.Rest));

        var report = (await PortalProcess.EventuallyAsync(() => Task.FromResult(fixture.Report), d => d?.Why is not null))!;
        Assert.Equal((state, why), (report.State, report.Why));
        Assert.Equal(state == TransportState.Refused, report.Remedy is not null);
    }

    private AmqpSettings Secure(AmqpTransportFixture fixture) => fixture.Settings() with
    {
        Uri = broker.SecureAddress,
        ClientCertificatePath = broker.Certificates.ClientPfxPath,
        ClientCertificatePassword = TestCertificates.Password,
        CaCertificatePath = broker.Certificates.AuthorityPath,
    };

    private AmqpSettings WithToken(AmqpTransportFixture fixture, Uri endpoint) => Secure(fixture) with
    {
        Authentication = AmqpAuthentication.Token, TokenEndpoint = endpoint, TokenEntityId = Entity, TokenCvr = IngestionFixture.Own,
    };

    /// <summary>Advances the clock repeatedly, since the test cannot know whether the transport already waits on it.</summary>
    private static Task<bool> AdvanceUntilAsync(FakeTimeProvider time, TimeSpan step, Func<bool> holds)
    {
        time.Advance(step);
        return PortalProcess.EventuallyAsync(
            () =>
            {
                if (holds()) return Task.FromResult(true);
                time.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(holds());
            },
            so => so);
    }

    private static int Distinct(List<byte[]> traffic) => traffic.Select(Convert.ToBase64String).Distinct().Count();

    private static List<byte[]> Traffic(int count) => [.. new PostStatusTraffic(11, DateTimeOffset.UnixEpoch, IngestionFixture.Own)
        .Messages().Take(count).Select(m => m.Bytes)];
}
