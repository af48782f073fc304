using System.Globalization;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Platform.Access.Sessions;

/// <summary>Ending other sessions takes a recent proof of who one is.</summary>
public sealed class ProofTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 13, 1, 0, TimeSpan.Zero);

    private static Session Of(string id, int minutesAgo) => new(
        id, "persona:leder", id, [], ["55133018"], "Firefox", "10.0.0.1", Now.AddMinutes(-minutesAgo), Now, Now.AddHours(2));

    private static PageFixture Page(int? provedMinutesAgo, Two sessions) =>
        new(PortalRoles.Manager, services => services.AddScoped<AccessPageServices>().AddSingleton<ISessions>(sessions)
            .AddSingleton<IApiKeyList, NoKeys>()
            .AddSingleton(new AccessSettings(SignInMode.Development, []))
            .AddSingleton<AuthenticationStateProvider>(new Person(provedMinutesAgo)));

    [Theory]
    [InlineData(5, null, true)]
    [InlineData(20, null, false)]
    [InlineData(20, 5, true)]
    [InlineData(5, 20, false)]
    public async Task Another_session_ends_only_for_who_has_proved_it_lately_and_the_others_are_led_to_do_so(
        int signedIn, int? proved, bool ends)
    {
        var sessions = new Two(Of("own", signedIn), Of("other", 300));
        await using var fixture = Page(proved, sessions);
        var page = fixture.Render<AccessPage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=end-session]").Count));
        await page.FindAll("[data-testid=end-session]")[1].ClickAsync(new());
        if (ends) await page.Find("[data-testid=confirm]").ClickAsync(new());
        else Assert.Equal("/login?igen=1&returnUrl=%2Fadgang", page.Find("[data-testid=prove]").GetAttribute("href"));
        Assert.Equal(ends ? ["other"] : [], sessions.Ended);
    }

    [Fact]
    public async Task Ones_own_session_is_ended_without_a_new_proof_as_by_signing_out()
    {
        var sessions = new Two(Of("own", 300), Of("other", 300));
        await using var fixture = Page(300, sessions);
        var page = fixture.Render<AccessPage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=end-session]").Count));
        await page.FindAll("[data-testid=end-session]")[0].ClickAsync(new());
        await page.Find("[data-testid=confirm]").ClickAsync(new());
        Assert.Equal(["own"], sessions.Ended);
    }

    private sealed class Two(params Session[] rows) : ISessions
    {
        public List<string> Ended { get; } = [];

        public Task<IReadOnlyList<Session>> ReadAsync(Viewer viewer, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Session>>(rows);

        public Task<bool> EndAsync(Viewer viewer, string id, CancellationToken cancellationToken)
        {
            Ended.Add(id);
            return Task.FromResult(true);
        }
    }

    private sealed class NoKeys : IApiKeyList
    {
        public Task<IReadOnlyList<ListedKey>> ReadAsync(Viewer viewer, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ListedKey>>([]);
    }

    private sealed class Person(int? provedMinutesAgo) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            var person = ViewerClaims.Of(Persona.All[0], "55133018");
            var identity = (ClaimsIdentity)person.Identity!;
            identity.AddClaim(new Claim(Session.Claim, "own"));
            if (provedMinutesAgo is { } minutes)
            {
                identity.AddClaim(new Claim(
                    Session.ProvedClaim, Now.AddMinutes(-minutes).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
            }

            return Task.FromResult(new AuthenticationState(person));
        }
    }
}
