using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Portal.Ingestion.Commands.Bench;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Ingestion.Transports.Amqp;
using Portal.Tests.Postgres;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// Two workers on one queue and two portals, over one PostgreSQL and one Redis: the README's set-up, with real processes.
/// </summary>
[Collection(RabbitMqTests.Name)]
public sealed partial class SeveralNodesTests(
    RabbitMqServer broker, SeveralNodesTests.NodesFixture fixture) : IClassFixture<SeveralNodesTests.NodesFixture>
{
    private const int Queued = 3000;
    private const int Pushed = 200;

    [Fact]
    public async Task Messages_arrive_once_and_both_portals_show_them_live_without_gap_though_hints_are_lost()
    {
        var (queue, before) = (Guid.NewGuid().ToString(), await fixture.LastAsync());
        byte[][] bodies = [.. Enumerable.Range(0, Queued + Pushed)
            .Select(_ => Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z").Bytes)];
        using var one = await EventStream.OpenAsync(fixture.One, before);
        using var two = await EventStream.OpenAsync(fixture.Two, before);
        var read = Task.WhenAll(one.ReadAsync(bodies.Length), two.ReadAsync(bodies.Length));

        await QueueFiller.FillAsync(broker.Address, queue, bodies[..Queued], default);
        string[] settings = [.. fixture.Settings, "--Ingestion:Amqp:Enabled=true", $"--Ingestion:Amqp:Uri={broker.Address}",
            $"--Ingestion:Amqp:Queue={queue}", "--Ingestion:Amqp:Prefetch=100"];
        await using var first = WorkerProcess.Start(fixture.Folder, settings);
        await using var second = WorkerProcess.Start(fixture.Folder, settings);
        foreach (var (body, n) in bodies[Queued..].Select((b, n) => (b, n)))
        {
            // The same message goes to both portals, as from a distributor that got no answer and sent it again.
            Assert.Equal(HttpStatusCode.OK, (await (n % 2 == 0 ? fixture.One : fixture.Two).PushAsync(body)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await (n % 2 == 0 ? fixture.Two : fixture.One).PushAsync(body)).StatusCode);

            // Ends all LISTEN connections: without notifications, readers find new messages by polling.
            if (n % 20 == 0)
            {
                await fixture.Server.SqlAsync("several",
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()");
            }
        }

        Assert.All(await read, numbers => Assert.Equal(Enumerable.Range(1, bodies.Length).Select(n => before + n), numbers));
        Assert.Equal((long)bodies.Length,
            await fixture.Server.SqlAsync("several", $"""SELECT COUNT(*) FROM "Messages" WHERE "Sequence" > {before}"""));
        Assert.Equal((long)Pushed, await fixture.Server.SqlAsync(
            "several", $"""SELECT COUNT(*) FROM "Messages" WHERE "Sequence" > {before} AND "Deliveries" = 2"""));

        // All four processes are listed, and a letter registered at one portal is matched by a worker and shown by the other.
        await PortalProcess.EventuallyAsync(
            () => fixture.Server.SqlAsync("several", """SELECT COUNT(DISTINCT "Node") FROM "Transports" """), nodes => nodes is 4L);
        var uuid = Guid.NewGuid().ToString();
        (await fixture.One.PushAsync(Stories.Envelopes.Status(uuid, KnownHandlinger.AfleveretDigitalPost, "2026-02-13T12:30:00Z").Bytes))
            .Dispose();
        (await fixture.Two.RegisterAsync(Stories.Envelopes.Letter("26-0001", uuid))).Dispose();
        await PortalProcess.EventuallyAsync(async () =>
            (string)(await fixture.One.GetAsync("/api/sager/26-0001"))["letters"]![0]!["verdict"]!, verdict => verdict == "delivered");
    }

    [Fact]
    public async Task A_sign_in_holds_at_every_portal_and_characters_that_PostgreSQL_cannot_store_break_no_call_or_page()
    {
        using var client = Client();
        var cookie = await SignInAsync(client, fixture.One, Portal.Platform.Access.PortalRoles.Caseworker);

        foreach (var portal in (PortalProcess[])[fixture.One, fixture.Two])
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, portal, "/api/beskeder", cookie)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(fixture.Two.Address, "/api/beskeder"))).StatusCode);

        cookie = await SignInAsync(client, fixture.One, Portal.Platform.Access.PortalRoles.Administrator);
        foreach (var path in (string[])[
            "/api/beskeder?text=%00", "/api/beskeder?text=a%00b&caseNumber=%00&type=%00", "/beskeder?Text=a%00b&CaseNumber=%00&Valgt=%00",
            "/sager?Soeg=a%00b", "/sager?Soeg=%00", "/opfoelgning?Grund=%00&Ejer=%00&Alder=%00"])
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, fixture.One, path, cookie)).Status);
        }

        // Kestrel rejects a NUL character in a path; other control characters find nothing.
        foreach (var (path, status) in (List<(string, HttpStatusCode)>)[("/api/sager/a%00b", HttpStatusCode.BadRequest),
            ("/api/sager/a%01b", HttpStatusCode.NotFound), ("/api/beskeder/a%01b", HttpStatusCode.NotFound),
            ("/api/beskeder/a%01b/bevis", HttpStatusCode.NotFound), ("/api/sager/a%01b/bevis.zip", HttpStatusCode.NotFound)])
        {
            Assert.Equal(status, (await GetAsync(client, fixture.One, path, cookie)).Status);
        }

        foreach (var body in (string[])["{\"text\":\"a\\u0000b\"}", "{\"text\":\"\\u0000\"}"])
        {
            using var answer = await fixture.One.Http.PostAsync(new Uri("/api/sager/soeg", UriKind.Relative),
                new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task When_Redis_dies_both_portals_stay_true_and_say_so_and_are_one_again_when_it_is_back()
    {
        using var client = Client();
        var cookie = await SignInAsync(client, fixture.One, Portal.Platform.Access.PortalRoles.Administrator);
        PortalProcess[] portals = [fixture.One, fixture.Two];
        foreach (var portal in portals) Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, portal, "/drift", cookie)).Status);

        // Started together on an empty Redis, each portal may have made its own key. This Redis loses its data when killed, so each portal
        // must have read the other's key before that.
        var other = await SignInAsync(client, fixture.Two, Portal.Platform.Access.PortalRoles.Caseworker);
        foreach (var portal in portals) Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, portal, "/api/beskeder", other)).Status);
        var before = await fixture.LastAsync();
        using var one = await EventStream.OpenAsync(fixture.One, before);
        using var two = await EventStream.OpenAsync(fixture.Two, before);

        await fixture.Redis.KillAsync();
        foreach (var portal in portals)
        {
            // Reported with status ok: another portal would be no better, so the load balancer must not switch.
            var ready = await PortalProcess.EventuallyAsync(() => portal.GetAsync("/health/ready"), TellsOfRedis);
            Assert.Equal("ok", (string?)ready["status"]);
            Assert.Contains("Redis svarer ikke.", (await GetAsync(client, portal, "/drift", cookie)).Text, StringComparison.Ordinal);
        }

        // A message pushed to either portal is shown live at both, and people stay signed in.
        for (var n = 0; n < 10; n++)
        {
            (await portals[n % 2].PushAsync(Stories.Envelopes.Status(
                Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z").Bytes)).EnsureSuccessStatusCode().Dispose();
        }
        foreach (var stream in (EventStream[])[one, two])
            Assert.Equal(Enumerable.Range(1, 10).Select(n => before + n), await stream.ReadAsync(10));
        foreach (var portal in portals) Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, portal, "/beskeder", cookie)).Status);

        await fixture.Redis.StartAgainAsync();
        foreach (var portal in portals) await PortalProcess.EventuallyAsync(() => portal.GetAsync("/health/ready"), r => !TellsOfRedis(r));
        foreach (var portal in portals)
            Assert.DoesNotContain("Redis svarer ikke.", (await GetAsync(client, portal, "/drift", cookie)).Text, StringComparison.Ordinal);
        cookie = await SignInAsync(client, fixture.Two, Portal.Platform.Access.PortalRoles.Caseworker);
        foreach (var portal in portals) Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, portal, "/api/beskeder", cookie)).Status);
    }

    // Other problems are allowed: these portals also report that they have no worker.
    private static bool TellsOfRedis(JsonNode ready) =>
        ready["problems"]!.AsArray().Any(p => ((string?)p)?.StartsWith("Redis svarer ikke.", StringComparison.Ordinal) == true);

    private static HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Signs in as a persona; returns the cookie.</summary>
    private static async Task<string> SignInAsync(HttpClient client, PortalProcess portal, string role)
    {
        using var page = await client.GetAsync(new Uri(portal.Address, "/login"));
        using var form = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Address, "/login/persona"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["persona"] = role, ["returnUrl"] = "/",
                ["__RequestVerificationToken"] = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value,
            }),
        };
        form.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        using var signedIn = await client.SendAsync(form);
        return signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal=", StringComparison.Ordinal)).Split(';')[0];
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(
        HttpClient client, PortalProcess portal, string path, string cookie)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Address, path));
        ask.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(ask);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>Two portals over one PostgreSQL and one Redis, for all tests of the class.</summary>
    public sealed class NodesFixture : IAsyncLifetime
    {
        private readonly List<IAsyncDisposable> _running = [];

        internal PostgresServer Server { get; } = new();

        internal RedisServer Redis { get; private set; } = null!;

        internal string Folder { get; } = Directory.CreateTempSubdirectory("several").FullName;

        internal string[] Settings => ["--Database:Provider=PostgreSql",
            $"--Database:ConnectionString={Server.ConnectionString("several")}", $"--Ledger:KeyPath={Path.Combine(Folder, "ledger.key")}"];

        internal PortalProcess One { get; private set; } = null!;

        internal PortalProcess Two { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _running.Add(Server);
            await Server.InitializeAsync();
            Redis = await RedisServer.StartAsync();
            _running.Add(Redis);
            string[] portal = [.. Settings, "--Ingestion:RunInPortal=false", $"--Redis:ConnectionString={Redis.Address}"];

            // Started together, before the database exists.
            var portals =
                await Task.WhenAll(PortalProcess.StartAsync(Folder, settings: portal), PortalProcess.StartAsync(Folder, settings: portal));
            (One, Two) = (portals[0], portals[1]);
            _running.AddRange(portals);
        }

        /// <summary>The last sequence number.</summary>
        internal async Task<long> LastAsync() =>
            (long)(await Server.SqlAsync("several", """SELECT COALESCE(MAX("Sequence"), 0) FROM "Messages" """))!;

        public async ValueTask DisposeAsync()
        {
            foreach (var one in Enumerable.Reverse(_running)) await one.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
