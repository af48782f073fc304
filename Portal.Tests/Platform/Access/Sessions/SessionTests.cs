using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.Messages.Api;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Storage;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access.Sessions;

/// <summary>Sessions on the server: their limits, who may end them, and what ends with them.</summary>
public sealed class SessionTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private static Viewer As(string role, string cvr = ApiHost.Own) =>
        new($"persona:{role}", role, PortalRoles.RightsOf(role), [cvr], TypeScope.None);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private static async Task<bool> IsSignedInAsync(HttpClient client) => (await client.Get("/side")).StatusCode == HttpStatusCode.OK;

    private static SessionExpiryService Watch(ApiHost host) =>
        host.Get<IEnumerable<IHostedService>>().OfType<SessionExpiryService>().Single();

    private static Task<ApiHost> AtAsync(TimeProvider time, params (string Key, string? Value)[] settings) =>
        ApiHost.StartWithAsync(services => services.AddSingleton(time), settings);

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_at_its_longest_in_any_case()
    {
        var time = new FakeTimeProvider(Start);
        await using var host = await AtAsync(time, ("Auth:Session:IdleMinutes", "30"), ("Auth:Session:MaxHours", "2"));
        var client = await host.SignedInAsync(PortalRoles.Manager);
        for (var minutes = 25; minutes < 120; minutes += 25)
        {
            time.Advance(TimeSpan.FromMinutes(25));
            Assert.True(await IsSignedInAsync(client), $"{minutes}");
            await Watch(host).NoteUseAsync(Ended);
        }

        time.Advance(TimeSpan.FromMinutes(20));
        Assert.False(await IsSignedInAsync(client));
        var idle = await host.SignedInAsync(PortalRoles.Manager);
        time.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await IsSignedInAsync(idle));

        await using var db = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ended);
        var rows = await db.Set<StoredSession>().OrderBy(s => s.CreatedAt).ToListAsync(Ended);
        Assert.Equal([SessionEnd.Longest, SessionEnd.Idle], rows.Select(r => r.Why!.Value));
        Assert.All(rows, r => Assert.Empty(r.Ticket));
        time.Advance(TimeSpan.FromDays(31));
        await Watch(host).EraseAsync(Ended);
        Assert.Equal(0, await db.Set<StoredSession>().CountAsync(Ended));
    }

    [Fact]
    public async Task The_row_does_not_let_anybody_in_and_each_sign_in_has_a_cookie_of_its_own()
    {
        await using var host = await ApiHost.StartAsync();
        var first = await host.SignedInAsync(PortalRoles.Manager);
        var cookie = first.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=')[1];
        await using (var db = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ended))
        {
            var row = await db.Set<StoredSession>().SingleAsync(Ended);
            Assert.NotEqual(cookie, row.Id);
            Assert.DoesNotContain("leder", System.Text.Encoding.Latin1.GetString(row.Ticket), StringComparison.Ordinal);
            var forged = host.Anonymous;
            forged.DefaultRequestHeaders.Add("Cookie", $"portal={row.Id}");
            Assert.False(await IsSignedInAsync(forged));
        }

        // A new sign-in in the same browser ends the old session, so that a cookie known before is worth nothing after.
        var token = await first.Get("/token");
        using var again = new HttpRequestMessage(HttpMethod.Post, "/login/persona")
        {
            Content = new FormUrlEncodedContent([new("persona", PortalRoles.Manager), new("returnUrl", "/"),
                new("__RequestVerificationToken", await token.Text())]),
        };
        again.Headers.Add("Cookie", [$"portal={cookie}", token.Headers.GetValues("Set-Cookie").Single().Split(';')[0]]);
        using var answer = await host.Anonymous.Ask(again);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var renewed = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal=", StringComparison.Ordinal));
        Assert.DoesNotContain(cookie, renewed, StringComparison.Ordinal);
        Assert.False(await IsSignedInAsync(first));
    }

    [Fact]
    public async Task One_sees_and_ends_ones_own_sessions_and_an_administrator_those_of_the_authority()
    {
        await using var host = await ApiHost.StartAsync();
        var (manager, caseworker) = (await host.SignedInAsync(PortalRoles.Manager), await host.SignedInAsync(PortalRoles.Caseworker));
        var sessions = host.Get<ISessions>();
        var own = Assert.Single(await sessions.ReadAsync(As(PortalRoles.Manager), Ended));
        Assert.Equal(2, (await sessions.ReadAsync(As(PortalRoles.Administrator), Ended)).Count);
        Assert.Empty(await sessions.ReadAsync(As(PortalRoles.Administrator, "12345678"), Ended));
        var others = (await sessions.ReadAsync(As(PortalRoles.Caseworker), Ended)).Single();
        Assert.False(await sessions.EndAsync(As(PortalRoles.Manager), others.Id, Ended));
        Assert.False(await sessions.EndAsync(As(PortalRoles.Administrator, "12345678"), others.Id, Ended));
        Assert.True(await IsSignedInAsync(caseworker));

        Assert.True(await sessions.EndAsync(As(PortalRoles.Manager), own.Id, Ended));
        Assert.True(await sessions.EndAsync(As(PortalRoles.Administrator), others.Id, Ended));
        Assert.False(await IsSignedInAsync(manager));
        Assert.False(await IsSignedInAsync(caseworker));
        Assert.False(await sessions.EndAsync(As(PortalRoles.Administrator), others.Id, Ended));
    }

    [Fact]
    public async Task A_stream_and_a_hub_connection_end_with_their_session_also_when_another_node_ends_it()
    {
        await using var host = await ApiHost.StartOnKestrelAsync();
        foreach (var elsewhere in (bool[])[false, true])
        {
            var client = await host.SignedInAsync(PortalRoles.Caseworker);
            var cookie = client.DefaultRequestHeaders.GetValues("Cookie").Single();
            using var stream = await client.Ask(new HttpRequestMessage(HttpMethod.Get, "/api/beskeder/stream"));
            Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
            await using var hub = new HubConnectionBuilder().WithUrl(
                new Uri(client.BaseAddress!, MessageHub.Path), options => options.Headers["Cookie"] = cookie).Build();
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.Closed += _ =>
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            };
            await hub.StartAsync(Ended);
            var body = Task.Run(async () =>
            {
                using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Ended));
                while (await reader.ReadLineAsync(Ended) is not null) { }
            }, Ended);

            var session = (await host.Get<ISessions>().ReadAsync(As(PortalRoles.Caseworker), Ended)).Single();
            if (elsewhere)
            {
                // As another node does it: the database knows, this process does not.
                var other = ActivatorUtilities.CreateInstance<SessionStore>(
                    host.Get<IServiceProvider>(), new OpenSessions(TimeProvider.System));
                Assert.True(await other.EndAsync(As(PortalRoles.Administrator), session.Id, Ended));
                await Watch(host).CloseAsync(Ended);
            }
            else Assert.True(await host.Get<ISessions>().EndAsync(As(PortalRoles.Administrator), session.Id, Ended));

            await closed.Task.WaitAsync(TestTimeouts.ForPages, Ended);
            Assert.IsNotType<TimeoutException>(
                await Assert.ThrowsAnyAsync<Exception>(() => body.WaitAsync(TestTimeouts.ForPages, Ended)));
            using var again = await client.Get("/api/beskeder/stream");
            Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        }
    }

    [Fact]
    public async Task An_open_stream_ends_at_the_limits_though_messages_come()
    {
        var time = new FakeTimeProvider(Start);
        await using var host = await AtAsync(time);
        var client = await host.SignedInAsync(PortalRoles.Caseworker);
        using var stream = await client.Ask(new HttpRequestMessage(HttpMethod.Get, "/api/beskeder/stream"));
        time.Advance(TimeSpan.FromMinutes(59));
        await Watch(host).CloseAsync(Ended);
        Assert.Single(await host.Get<ISessions>().ReadAsync(As(PortalRoles.Caseworker), Ended));
        time.Advance(TimeSpan.FromMinutes(2));
        await Watch(host).CloseAsync(Ended);
        Assert.Empty(await host.Get<ISessions>().ReadAsync(As(PortalRoles.Caseworker), Ended));
        await using var body = await stream.Content.ReadAsStreamAsync(Ended);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var reader = new StreamReader(body);
            while (await reader.ReadLineAsync(Ended) is not null) { }
        });
    }

    [Fact]
    public async Task On_https_the_cookies_have_the_prefix_and_count_with_it_alone()
    {
        await using var host = await ApiHost.StartAsync();
        var secure = new Uri("https://localhost/");
        HttpClient Client() => new(host.Server.CreateHandler()) { BaseAddress = secure };
        using var given = await Client().Get("/token");
        var form = given.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-portal-form=", form, StringComparison.Ordinal);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/login/persona")
        {
            Content = new FormUrlEncodedContent([new("persona", PortalRoles.Manager), new("returnUrl", "/"),
                new("__RequestVerificationToken", await given.Text())]),
        };
        post.Headers.Add("Cookie", form.Split(';')[0]);
        using var answer = await Client().Ask(post);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-portal=", cookie, StringComparison.Ordinal);
        foreach (var wanted in (string[])["secure", "httponly", "path=/", "samesite=lax"])
            Assert.Contains(wanted, cookie, StringComparison.OrdinalIgnoreCase);
        var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.True(await IsSignedInAsync(client));
        var plain = Client();
        plain.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]["__Host-".Length..]);
        Assert.False(await IsSignedInAsync(plain));
    }

    [Fact]
    public async Task The_sign_in_keys_are_kept_encrypted_and_readable_by_their_owner_alone()
    {
        var folder = Directory.CreateTempSubdirectory("keys").FullName;
        await using var host = await ApiHost.StartWithAsync(_ => { }, ("Portal:DataProtectionKeyPath", $"{folder}/keys"));
        await host.SignedInAsync(PortalRoles.Manager);
        var file = Assert.Single(Directory.GetFiles($"{folder}/keys", "key-*.xml"));
        var text = await File.ReadAllTextAsync(file, Ended);
        Assert.Contains("sealed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(Owner, File.GetUnixFileMode($"{folder}/keys/protection.key"));
            Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode($"{folder}/keys"));
        }

        Directory.Delete(folder, recursive: true);
    }
}
