using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Portal.Features.Chains.Join;
using Portal.Platform.Access;
using Portal.Platform.Access.Limits;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Http.Limits;
using Portal.Tests.Api;
using Portal.Tests.Platform.Access.OpenId;
using Xunit;

namespace Portal.Tests.Platform.Access.Limits;

/// <summary>What one caller can ask for, and that others do not notice.</summary>
public sealed class RequestLimitTests
{
    private const string Key = "en-lang-hemmelig-noegle", Other = "en-anden-hemmelig-noegle";
    private const int Tries = 10_000;

    private static readonly (string Key, string? Value)[] Keys =
    [
        ("Api:Keys:0:Key", Key), ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:0:Scopes:0", "messages:push"),
        ("Api:Keys:1:Key", Other), ("Api:Keys:1:Cvr", ApiHost.Own), ("Api:Keys:1:Scopes:0", "chains:read"),
    ];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    // Sends as fast as it goes until one is refused; null when none was. 100 a second come back meanwhile.
    private static async Task<HttpResponseMessage?> UntilRefusedAsync(int most, Func<Task<HttpResponseMessage>> send)
    {
        for (var sent = 0; sent < most; sent += 20)
        {
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => send())))
            {
                if (answer.StatusCode == HttpStatusCode.TooManyRequests) return answer;
                answer.Dispose();
            }
        }

        return null;
    }

    [Fact]
    public async Task A_key_that_asks_too_much_is_told_when_to_come_back_and_nobody_else_is_held_back()
    {
        await using var host = await ApiHost.StartAsync("Production", null, Keys);
        var (busy, other) = (host.WithKey(Key), host.WithKey(Other));
        using var refused = await UntilRefusedAsync(Tries, () => busy.Get("/api/findes-ikke"));
        Assert.NotNull(refused);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Single(host.Lines.Lines, l => l.StartsWith("Warning Too many requests were refused: from ", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/api/findes-ikke")).StatusCode);

        // Neither is what the same key pushes, nor who watches the portal's health.
        Assert.Null(await UntilRefusedAsync(3 * RequestLimits.Burst, () => busy.Get("/health/live")));
        Assert.Null(await UntilRefusedAsync(
            3 * RequestLimits.Burst, () => busy.Post("/beskedfordeler/modtag", new StringContent("", null, "application/xml"))));
    }

    [Fact]
    public async Task People_get_a_page_and_in_Development_nobody_is_limited()
    {
        await using (var host = await ApiHost.StartAsync("Production"))
        {
            var client = host.Anonymous;
            client.DefaultRequestHeaders.Add("Accept", "text/html");
            using var refused = await UntilRefusedAsync(Tries, () => client.Get("/side"));
            Assert.NotNull(refused);
            Assert.Contains("<h1>For mange forsøg</h1>", await refused.Text(), StringComparison.Ordinal);
        }

        await using var development = await ApiHost.StartAsync();
        Assert.Null(await UntilRefusedAsync(3 * RequestLimits.Burst, () => development.WithKey().Get("/api/findes-ikke")));
    }

    [Fact]
    public async Task Ten_thousand_forged_sign_ins_are_refused_and_people_elsewhere_sign_in()
    {
        await using var flow = await SignInFlow.StartAsync();
        var answers = new Dictionary<HttpStatusCode, int>();
        var client = flow.Host.Anonymous;
        for (var n = 0; n < Tries; n++)
        {
            using var answer = await client.Get($"/signin-oidc?code=gaet&state={n}&iss={Uri.EscapeDataString(CrookedProvider.Issuer)}");
            answers[answer.StatusCode] = answers.GetValueOrDefault(answer.StatusCode) + 1;
        }

        // At most a few windows of a minute have passed.
        Assert.InRange(answers[HttpStatusCode.Redirect], SignInAttempts.Allowed, 10 * SignInAttempts.Allowed);
        Assert.Equal(Tries, answers[HttpStatusCode.Redirect] + answers[HttpStatusCode.TooManyRequests]);
        using var slow = await client.Get("/signin-oidc?code=x&state=y");
        Assert.Equal(AttemptLimiter.Window, slow.Headers.RetryAfter?.Delta);

        // The limit is of that address: the same portal, asked from another.
        var attempts = flow.Host.Get<SignInAttempts>();
        Assert.False(attempts.MayTry(From(null)));
        Assert.True(attempts.MayTry(From("192.0.2.7")));
    }

    [Fact]
    public void An_address_is_the_network_that_a_client_has_to_itself()
    {
        Assert.Equal("192.0.2.7", ClientAddress.Of(From("192.0.2.7")));
        Assert.Equal("192.0.2.7", ClientAddress.Of(From("::ffff:192.0.2.7")));
        Assert.Equal(ClientAddress.Of(From("2001:db8:1:2::7")), ClientAddress.Of(From("2001:db8:1:2:ffff::1")));
        Assert.NotEqual(ClientAddress.Of(From("2001:db8:1:2::7")), ClientAddress.Of(From("2001:db8:1:3::7")));
    }

    private static DefaultHttpContext From(string? address) =>
        new() { Connection = { RemoteIpAddress = address is null ? null : IPAddress.Parse(address) } };

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_thousand_anonymous_circuits_are_refused(string environment)
    {
        await using var host = await ApiHost.StartAsync(environment);
        var client = host.Anonymous;
        for (var n = 0; n < 1000; n++)
        {
            using var answer = await client.Post("/_blazor/negotiate?negotiateVersion=1", new ByteArrayContent([]));
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{answer.StatusCode}");
        }

        Assert.NotEqual(HttpStatusCode.OK, (await client.Get("/_blazor?id=x")).StatusCode);
        var socket = await Assert.ThrowsAnyAsync<Exception>(
            () => host.Server.CreateWebSocketClient().ConnectAsync(new Uri("ws://localhost/_blazor"), Ended));
        Assert.Matches("401|429", socket.Message);
    }

    [Fact]
    public async Task Guests_and_people_with_a_session_connect_until_it_ends()
    {
        await using var host = await ApiHost.StartAsync();
        async Task<HttpStatusCode> AskAsync(HttpClient client) =>
            (await client.Post("/_blazor/negotiate?negotiateVersion=1", new ByteArrayContent([]))).StatusCode;
        var guest = host.Anonymous;
        var given = new DefaultHttpContext();
        host.Get<GuestPass>().Give(given, "ABCD2345", "Gæst");
        guest.DefaultRequestHeaders.Add("Cookie", given.Response.Headers.SetCookie.Single()!.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guest));
        var person = await host.SignedInAsync(PortalRoles.Manager);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(person));
        await host.Get<SessionStore>().EndAsync(_ => true, null, SessionEnd.Owner, Ended);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(person));

        // A guest's pass does not bring a page back whose session is over.
        person.DefaultRequestHeaders.Add("Cookie", guest.DefaultRequestHeaders.GetValues("Cookie"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(person));
    }

    [Fact]
    public async Task A_session_has_a_bounded_number_of_open_pages()
    {
        await using var host = await ApiHost.StartAsync();
        var person = await host.SignedInAsync(PortalRoles.Manager);
        var cookie = person.DefaultRequestHeaders.GetValues("Cookie").Single();
        var open = new List<WebSocket>();
        async Task<Exception?> ConnectAsync()
        {
            var client = host.Server.CreateWebSocketClient();
            client.ConfigureRequest = request => request.Headers.Cookie = cookie;
            return await Record.ExceptionAsync(
                async () => open.Add(await client.ConnectAsync(new Uri("ws://localhost/_blazor"), Ended)));
        }

        for (var n = 0; n < RequestLimits.OpenPages; n++) Assert.Null(await ConnectAsync());
        Assert.Contains("429", (await ConnectAsync())?.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/side")).StatusCode);
        foreach (var socket in open) socket.Abort();
    }

    [Fact]
    public async Task What_takes_too_long_is_ended_with_an_answer_and_what_is_meant_to_last_is_not()
    {
        await using var host = await ApiHost.StartWithAsync(services => services.AddRequestTimeLimits(TimeSpan.FromMilliseconds(50)));
        using var call = await host.Anonymous.Get("/api/venter");
        Assert.Equal(
            (HttpStatusCode.GatewayTimeout, "application/problem+json"), (call.StatusCode, call.Content.Headers.ContentType?.MediaType));
        var person = host.Anonymous;
        person.DefaultRequestHeaders.Add("Accept", "text/html");
        using var page = await person.Get("/side/venter");
        Assert.Equal(HttpStatusCode.GatewayTimeout, page.StatusCode);
        Assert.Contains("<h1>Det tog for lang tid</h1>", await page.Text(), StringComparison.Ordinal);
        string[] lasting =
            ["/_blazor", "/hubs/beskeder", "/api/beskeder/stream", "/api/sager/1/bevis.zip", "/beskedfordeler/modtag"];
        foreach (var path in lasting) Assert.True(RequestTimeLimits.IsLasting(path), path);
        foreach (var path in (string[])["/", "/beskeder", "/api/sager/26-0412", "/api/breve"])
            Assert.False(RequestTimeLimits.IsLasting(path), path);
    }
}
