using System.Net;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Tests.Outside;
using Portal.Tests.Platform.Access.OpenId;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A production portal over TLS with a real provider, in the browser from sign-in to sign-out.</summary>
public sealed class SignInStoryTests
{
    private static Task<HostedPortal> StartAsync(string folder, RealProvider provider, string[] tls, params string[] settings) =>
        HostedPortal.StartAsync(folder, environment: "Production", settings:
        [
            .. tls, $"--Auth:OpenIdConnect:Authority={provider.Address}", $"--Auth:OpenIdConnect:ClientId={RealProvider.ClientId}",
            $"--Auth:OpenIdConnect:ClientSecret={RealProvider.Secret}", .. settings,
        ], more: builder => builder.Services.Configure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, options =>
            options.BackchannelHttpHandler = new SocketsHttpHandler
            {
                SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown?.GetCertHashString() == provider.Certificate.Thumbprint },
            }));

    [Fact]
    public async Task From_the_sign_in_at_a_real_provider_to_the_sign_out()
    {
        var folder = Directory.CreateTempSubdirectory("sign-in").FullName;
        await using var provider = await RealProvider.StartAsync();
        using var server = PushSender.Certificate("portal");
        await using var portal = await StartAsync(folder, provider, await PushSender.TlsAsync(folder, server));
        var address = portal.Addresses.First(a => a.Scheme == Uri.UriSchemeHttps);
        await provider.RegisterAsync(address);
        await using var manager = await Browser.AnonymousAsync(address);
        await using var administrator = await Browser.AnonymousAsync(address);

        // Straight on to the provider, and back to the page that was asked for.
        var page = manager.Page;
        await page.GotoAsync("/effektkaeder?tekst=x");
        await page.GetByTestId("person-leder").ClickAsync();
        await page.IsAtAsync(url => url == new Uri(address, "/effektkaeder?tekst=x").ToString());
        await manager.IsLiveAsync();
        await Assertions.Expect(page.GetByTestId("user-menu")).ToContainTextAsync("Person leder");
        var cookie = (await page.Context.CookiesAsync()).Single(c => c.Name == "__Host-portal");
        Assert.True(cookie is { Secure: true, HttpOnly: true, SameSite: SameSiteAttribute.Lax });
        var sockets = new List<IWebSocket>();
        page.WebSocket += (_, socket) => sockets.Add(socket);
        await manager.OpenAsync("/adgang");
        await Assertions.Expect(page.GetByTestId("own-role")).ToContainTextAsync("roles: leder");
        await Assertions.Expect(page.GetByTestId("session-row")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("key-row")).ToHaveCountAsync(0);

        // An administrator ends the session: the open page says so within seconds.
        var admin = administrator.Page;
        await admin.GotoAsync("/adgang");
        await admin.GetByTestId("person-administrator").ClickAsync();
        await administrator.IsLiveAsync();
        await Assertions.Expect(admin.GetByTestId("session-row")).ToHaveCountAsync(2);
        await administrator.IsAccessibleAsync("/adgang");
        var row = admin.Locator("[data-testid=session-row][data-current=false]");
        var retries = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/_blazor", StringComparison.Ordinal)) retries.Add(request.Url);
        };
        await row.GetByTestId("end-session").ClickAsync();
        await row.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(admin.GetByTestId("session-row")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("session-ended")).ToHaveAttributeAsync("data-why", "Administrator");
        await Assertions.Expect(page.GetByTestId("session-row")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("html")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("session-ended"));
        await RunningPortal.EventuallyAsync(() => Task.FromResult(sockets.Count(s => !s.IsClosed)), open => open == 0);
        Assert.NotEmpty(sockets);
        await manager.IsAccessibleAsync("the notice");
        Assert.Empty(retries);

        // The provider still knows the person: one click leads back to the same page.
        await page.GetByTestId("sign-in-again").ClickAsync();
        await page.IsAtAsync(url => url == new Uri(address, "/adgang").ToString());
        await manager.IsLiveAsync();
        await Assertions.Expect(page.GetByTestId("session-row")).ToHaveCountAsync(1);

        // Signing out here signs out at the provider as well; a copy of the cookie is worth nothing.
        var stolen = (await page.Context.CookiesAsync()).Single(c => c.Name == "__Host-portal").Value;
        await page.GetByTestId("user-menu").ClickAsync();
        await page.GetByTestId("log-out").ClickAsync();
        await page.IsAtAsync(url => url == new Uri(address, "/login?besked=logget-ud").ToString());
        await Assertions.Expect(page.GetByTestId("login-openid")).ToBeVisibleAsync();
        await manager.IsAccessibleAsync("/login");
        using (var thief = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false, SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown?.GetCertHashString() == server.Thumbprint },
        }))
        {
            thief.DefaultRequestHeaders.Add("Cookie", $"__Host-portal={stolen}");
            using var answer = await thief.GetAsync(new Uri(address, "/api/effektkaeder"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        // The provider has forgotten the person, and someone without a role is told so.
        await page.GetByTestId("login-openid").ClickAsync();
        await page.GetByTestId("person-ingen").ClickAsync();
        await page.IsAtAsync(url => url.Contains("besked=ingen-rolle", StringComparison.Ordinal));
        await manager.IsAccessibleAsync("/login without a role");
        Assert.DoesNotContain(
            manager.Errors.Concat(administrator.Errors), e => e.Contains("Content Security Policy", StringComparison.Ordinal));
        Assert.DoesNotContain("fail:", portal.Output, StringComparison.Ordinal);
    }
}
