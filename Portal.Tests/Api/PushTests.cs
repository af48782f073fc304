using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Messages.Push;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Xunit;

namespace Portal.Tests.Api;

public sealed class PushTests
{
    private const string Ok = """<ModtagBeskedOutput xmlns="urn:oio:sts:1.0.0" """
        + """xmlns:sd="urn:oio:sagdok:3.0.0"><sd:StandardRetur><sd:StatusKode>20</sd:StatusKode></sd:StandardRetur></ModtagBeskedOutput>""";
    private const string Endpoint = "/beskedfordeler/modtag";

    private static ByteArrayContent Xml(byte[] bytes, string type = "application/xml") =>
        new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    private static async Task<string> CodeAsync(HttpResponseMessage answer)
    {
        var xml = XDocument.Parse(await answer.Text());
        XNamespace sd = "urn:oio:sagdok:3.0.0";
        Assert.NotEmpty(xml.Descendants(sd + "FejlbeskedTekst").Single().Value);
        return xml.Descendants(sd + "StatusKode").Single().Value;
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/xml; charset=utf-8")]
    public async Task A_stored_message_is_answered_20_and_kept_to_the_byte(string type)
    {
        await using var host = await ApiHost.StartAsync();
        byte[] bytes = [60, 97, 47, 62, 0, 255];
        var answer = await host.Anonymous.Post(Endpoint, Xml(bytes, type));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Ok, await answer.Text());
        var delivery = Assert.Single(host.Receiver.Deliveries);
        Assert.Equal(bytes, delivery.Bytes.ToArray());
        Assert.Equal("push", delivery.Transport);
    }

    [Fact]
    public async Task What_goes_to_quarantine_is_also_answered_20()
    {
        await using var host = await ApiHost.StartAsync();
        host.Receiver.Outcome = new DeliveryOutcome.Quarantined("q", QuarantineReason.Malformed, "", null);
        Assert.Equal(Ok, await (await host.Anonymous.Post(Endpoint, Xml([1]))).Text());
    }

    [Theory]
    [InlineData(0, "application/xml", false, 400)]
    [InlineData(0, "application/xml", true, 400)]
    [InlineData(2000, "application/xml", false, 200)]
    [InlineData(2000, "application/xml", true, 200)]
    [InlineData(2001, "application/xml", false, 200)]
    [InlineData(2001, "application/xml", true, 200)]
    [InlineData(500_000, "application/xml", true, 200)]
    [InlineData(10, "application/json", false, 415)]
    public async Task Size_and_type_are_answered_in_the_standards_form(int size, string type, bool chunked, int status)
    {
        await using var host = await ApiHost.StartAsync(with: s => s with { MaxMessageBytes = 2000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = Xml(new byte[size], type) };
        if (chunked)
        {
            request.Content =
                new StreamContent(new NoLength(new byte[size])) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
            request.Headers.TransferEncodingChunked = true;
        }

        var answer = await host.Anonymous.Ask(request);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status != 200) Assert.Equal("40", await CodeAsync(answer));
        Assert.Equal(status == 200 ? 1 : 0, host.Receiver.Deliveries.Count);
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(100_001, true)]
    [InlineData(1_000_000, true)]
    [InlineData(1_000_000, false)]
    [InlineData(1_000_001, false)]
    [InlineData(1_000_001, true)]
    [InlineData(40_000_000, true)]
    [InlineData(40_000_000, false)]
    public async Task A_message_over_the_limit_is_kept_whole_up_to_ten_times_it_and_beyond_as_first_bytes_length_and_hash(
        int size, bool chunked)
    {
        await using var host = await ApiHost.StartOnKestrelAsync(s => s with { MaxMessageBytes = 100_000 });
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        using var request = new HttpRequestMessage(HttpMethod.Post,
            Endpoint) { Content = new StreamContent(new MemoryStream(bytes)) { Headers = { ContentType = new("text/xml") } } };
        request.Headers.TransferEncodingChunked = chunked;
        Assert.Equal(Ok, await (await host.Anonymous.Ask(request)).Text());

        var delivery = Assert.Single(host.Receiver.Deliveries);
        Assert.Equal(size, delivery.Length);
        Assert.Equal(size <= 1_000_000 ? null : SHA256.HashData(bytes), delivery.Cut?.Sha256);
        Assert.True(delivery.Bytes.Length == Math.Min(size, 1_000_000) && bytes.AsSpan().StartsWith(delivery.Bytes.Span));
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.Post(Endpoint, Xml([1]))).StatusCode);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(60_000)]
    public async Task A_message_that_is_cut_keeps_as_many_first_bytes_however_small_the_parts_it_comes_in(int part)
    {
        await using var host = await ApiHost.StartAsync(with: s => s with { MaxMessageBytes = 10_000 });
        var bytes = new byte[1_500_000];
        new Random(part).NextBytes(bytes);
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint)
        {
            Content = new StreamContent(new NoLength(bytes), part) { Headers = { ContentType = new("text/xml") } },
        };
        Assert.Equal(Ok, await (await host.Anonymous.Ask(request)).Text());

        var delivery = Assert.Single(host.Receiver.Deliveries);
        Assert.Equal((bytes.Length, 100_000), (delivery.Length, delivery.Bytes.Length));
        Assert.True(bytes.AsSpan().StartsWith(delivery.Bytes.Span));
        Assert.Equal(SHA256.HashData(bytes), delivery.Cut?.Sha256);
    }

    [Theory]
    [InlineData(2_000, 20_000)]
    [InlineData(100_000_000, 1_000_000_000)]
    [InlineData(PortalSettings.MostMessageBytes, 1_000_000_000)]
    [InlineData(int.MaxValue, 1_000_000_000)]
    public void What_is_kept_whole_fits_an_array_and_a_row_of_both_databases_however_large_messages_may_be(int max, int whole)
    {
        Assert.Equal(whole, DeliveryCut.WholeBytes(max));
        Assert.True(DeliveryCut.WholeBytes(PortalSettings.MostMessageBytes) >= PortalSettings.MostMessageBytes);
    }

    [Fact]
    public async Task A_sender_whose_message_is_not_stored_in_time_is_told_to_come_again_before_it_gives_up()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await ApiHost.StartWithAsync(services => services.AddSingleton<TimeProvider>(time));
        host.Receiver.Gate = new TaskCompletionSource().Task;
        var asked = host.Anonymous.Post(Endpoint, Xml([1]));
        await Stories.PortalProcess.EventuallyAsync(() => Task.FromResult(host.Receiver.Deliveries.Count), count => count == 1);
        Assert.False(asked.IsCompleted);

        time.Advance(BusyLimits.Delivery);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await asked).StatusCode);
        Assert.Equal("40", await CodeAsync(await asked));
        Assert.True(BusyLimits.Delivery < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_sender_that_leaves_in_the_middle_is_no_error()
    {
        await using var host = await ApiHost.StartOnKestrelAsync();
        using (var caller = new System.Net.Sockets.TcpClient())
        {
            await caller.ConnectAsync("127.0.0.1", host.Anonymous.BaseAddress!.Port, TestContext.Current.CancellationToken);
            await caller.GetStream().WriteAsync(
                "POST /beskedfordeler/modtag HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<a"u8.ToArray(),
                TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.Post(Endpoint, Xml([1]))).StatusCode);
        await host.StopAsync();
        Assert.Single(host.Receiver.Deliveries);
        Assert.DoesNotContain(
            host.Lines.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_push_beyond_what_is_held_at_once_is_answered_as_one_that_cannot_be_stored()
    {
        await using var host = await ApiHost.StartAsync();
        var gate = new TaskCompletionSource();
        host.Receiver.Gate = gate.Task;
        using var client = host.Anonymous;
        var held = Enumerable.Range(0, PushEndpoint.MostAtOnce).Select(_ => client.Post(Endpoint, Xml([1]))).ToList();
        await Stories.PortalProcess.EventuallyAsync(() => Task.FromResult(host.Receiver.Deliveries.Count),
            count => count == PushEndpoint.MostAtOnce);

        var over = await client.Post(Endpoint, Xml([1]));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, over.StatusCode);
        Assert.Equal("40", await CodeAsync(over));

        gate.SetResult();
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await client.Post(Endpoint, Xml([1]))).StatusCode);
    }

    [Fact]
    public async Task A_body_that_would_go_over_the_bytes_that_are_read_at_once_finds_no_room_and_one_alone_always_does()
    {
        var bound = new CapacityLimiter(10, 1000);
        static DefaultHttpContext Request(int size) => new() { Request = { Body = new MemoryStream(new byte[size]) } };
        using var one = bound.TryEnter(1, 0)!;
        using var two = bound.TryEnter(1, 0)!;

        var bodies = new BoundedBody(5000, 50_000);
        Assert.True((await bodies.ReadAsync(Request(700), one, default)).IsRead);
        Assert.False((await bodies.ReadAsync(Request(400), two, default)).IsRead);
        one.Dispose();
        var read = await bodies.ReadAsync(Request(4000), two, default);
        Assert.Equal((true, 4000), (read.IsRead, read.Bytes.Length));
    }

    [Fact]
    public async Task Of_bodies_over_the_limit_one_is_held_at_a_time()
    {
        static DefaultHttpContext Request(int size) => new() { Request = { Body = new MemoryStream(new byte[size]) } };
        var (bodies, bound) = (new BoundedBody(500, 5000), new CapacityLimiter(10, 1000));
        using var held = bound.TryEnter(1, 0)!;
        foreach (var size in (int[])[501, 5000, 5001])
        {
            using (var large = await bodies.ReadAsync(Request(size), held, default))
            {
                Assert.True(large.IsRead);
                Assert.False((await bodies.ReadAsync(Request(size), held, default)).IsRead);
            }
        }

        Assert.True((await bodies.ReadAsync(Request(501), held, default)).IsRead);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_answered_40_with_503_and_never_logged()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var error in (Exception[])[new StorageUnavailableException("hemmelig"), new InvalidOperationException("hemmelig")])
        {
            host.Receiver.Error = error;
            var answer = await host.Anonymous.Post(Endpoint, Xml("<hemmelig/>"u8.ToArray()));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("40", await CodeAsync(answer));
        }

        Assert.DoesNotContain(host.Lines.Lines, l => l.Contains("hemmelig", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Development", null, 200)]
    [InlineData("Development", "forkert", 401)]
    [InlineData("Development", "laeser-lang-hemmelig-noegle", 403)]
    [InlineData("Production", null, 401)]
    [InlineData("Production", "forkert", 401)]
    [InlineData("Production", "laeser-lang-hemmelig-noegle", 403)]
    [InlineData("Production", "skubber-lang-hemmelig-noegle", 200)]
    public async Task Only_known_callers_with_the_right_may_push_and_nobody_else_outside_development(
        string environment, string? key, int status)
    {
        await using var host = await ApiHost.StartAsync(
            environment, null,
            ("Api:Keys:0:Key", "laeser-lang-hemmelig-noegle"), ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:0:Scopes:0", "messages:read"),
            ("Api:Keys:1:Key", "skubber-lang-hemmelig-noegle"), ("Api:Keys:1:Cvr", ApiHost.Own), ("Api:Keys:1:Scopes:0", "messages:push"));
        var answer = await (key is null ? host.Anonymous : host.WithKey(key)).Post(Endpoint, Xml([1]));
        Assert.Equal(status, (int)answer.StatusCode);
        if (status != 200) Assert.Equal("40", await CodeAsync(answer));
    }

    [Fact]
    public async Task A_closed_transport_is_not_there()
    {
        await using var host = await ApiHost.StartAsync(with: s => s with { PushEnabled = false });
        var answer = await host.Anonymous.Post(Endpoint, Xml([1]));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("40", await CodeAsync(answer));
    }

    [Fact]
    public void A_text_of_trouble_is_escaped() => Assert.Contains("a &lt; b", StandardRetur.ToXml(40, "a < b"), StringComparison.Ordinal);

    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
