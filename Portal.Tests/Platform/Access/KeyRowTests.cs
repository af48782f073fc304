using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Platform.Access;

/// <summary>The rows of API keys on <c>/adgang</c>.</summary>
public sealed class KeyRowTests
{
    [Fact]
    public async Task A_row_tells_what_the_key_may_when_it_was_used_and_what_has_to_be_done_about_it()
    {
        await using var fixture = Page(PortalRoles.Administrator, now =>
        [
            Listed("altid"), Listed("snart", to: now.AddDays(12.5)), Listed("i dag", to: now.AddHours(3)),
            Listed("senere", to: now.AddDays(31)), Listed("udløbet", to: now.AddDays(-1)), Listed("kommende", from: now.AddDays(2)),
            Listed("åben", isPlain: true),
        ]);
        var page = fixture.Render<AccessPage>();
        var rows = page.WaitForElements("[data-testid=key-row]");
        Assert.Equal(["", "udløber om 13 dage", "udløber inden for et døgn", "", "udløbet", "gælder ikke endnu", ""],
            rows.Select(r => r.QuerySelector("[data-testid=key-state]")?.TextContent ?? ""));
        Assert.All(rows, r => Assert.Contains("messages:read, messages:raw", r.TextContent, StringComparison.Ordinal));
        Assert.Contains("klar tekst", rows[^1].TextContent, StringComparison.Ordinal);
        Assert.Contains("til da virker en fjernet nøgle", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Portal.Ingestion key new", page.Find("[data-testid=plain-keys]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_administrators_sees_the_keys()
    {
        await using var fixture = Page(PortalRoles.Manager, _ => [Listed("altid")]);
        var page = fixture.Render<AccessPage>();
        page.WaitForElement("[data-testid=own-rights]");
        Assert.Empty(page.FindAll("[data-testid=key-row], [data-testid=plain-keys]"));
    }

    private static ListedKey Listed(string name, DateTimeOffset? from = null, DateTimeOffset? to = null, bool isPlain = false) =>
        new(name, "55133018", ["messages:read", "messages:raw"], from, to, null, isPlain);

    private static PageFixture Page(string role, Func<DateTimeOffset, IReadOnlyList<ListedKey>> keys)
    {
        var listed = new Keys();
        var fixture = new PageFixture(role, services => services.AddScoped<AccessPageServices>()
            .AddSingleton<IApiKeyList>(listed).AddSingleton<ISessions, NoSessions>()
            .AddSingleton(new AccessSettings(SignInMode.Development, [])).AddSingleton<AuthenticationStateProvider, Persona>());
        listed.Rows = keys(fixture.Time.GetUtcNow());
        return fixture;
    }

    private sealed class Keys : IApiKeyList
    {
        public IReadOnlyList<ListedKey> Rows { get; set; } = [];

        public Task<IReadOnlyList<ListedKey>> ReadAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult(Rows);
    }

    private sealed class NoSessions : ISessions
    {
        public Task<IReadOnlyList<Session>> ReadAsync(Viewer viewer, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Session>>([]);

        public Task<bool> EndAsync(Viewer viewer, string id, CancellationToken cancellationToken) => Task.FromResult(false);
    }

    private sealed class Persona : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(ViewerClaims.Of(Portal.Platform.Access.Persona.All[0], "55133018")));
    }
}
