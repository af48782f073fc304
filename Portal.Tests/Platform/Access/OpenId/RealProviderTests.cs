using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access.OpenId;

/// <summary>
/// What a real provider (OpenIddict) takes from the portal; <see cref="Stories.SignInStoryTests"/> does it in the browser.
/// </summary>
public sealed class RealProviderTests
{
    [Fact]
    public async Task A_real_provider_takes_the_portals_key_instead_of_a_secret_and_a_code_once()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("key").FullName, "portal.pem");
        using var rsa = RSA.Create(2048);
        await File.WriteAllTextAsync(path, rsa.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var provider = await RealProvider.StartAsync();
        await provider.RegisterAsync(new Uri("http://localhost/"), new RsaSecurityKey(rsa.ExportParameters(false)));
        SocketsHttpHandler Handler() => new()
        {
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown?.GetCertHashString() == provider.Certificate.Thumbprint },
        };
        await using var host = await ApiHost.StartWithAsync(
            services => services.Configure<OpenIdConnectOptions>(
                OpenIdConnectDefaults.AuthenticationScheme, options => options.BackchannelHttpHandler = Handler()),
            ("Auth:Mode", "OpenIdConnect"), ("Auth:OpenIdConnect:Authority", provider.Address.ToString()),
            ("Auth:OpenIdConnect:ClientId", RealProvider.ClientId), ("Auth:OpenIdConnect:ClientAuthentication", "private_key_jwt"),
            ("Auth:OpenIdConnect:ClientKeyPath", path));

        using var begun = await host.Anonymous.Get("/login?returnUrl=/side");
        var cookies = string.Join("; ", begun.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        using var browser = new HttpClient(Handler()) { BaseAddress = provider.Address };
        var to = await FollowAsync(browser, begun.Headers.Location!);
        using var signedIn = await browser.PostAsync(
            to, new FormUrlEncodedContent([new("person", "leder")]), TestContext.Current.CancellationToken);
        var back = await FollowAsync(browser, signedIn.Headers.Location!);
        Assert.Equal("/signin-oidc", back.AbsolutePath);

        Assert.Equal("/side", await ReturnAsync(host, back, cookies));
        Assert.StartsWith("/login?besked=udloebet", await ReturnAsync(host, back, cookies), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Lines.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    // Follows redirects within the provider; returns where a page is shown, or where it leads out.
    private static async Task<Uri> FollowAsync(HttpClient browser, Uri address)
    {
        while (true)
        {
            var next = new Uri(browser.BaseAddress!, address);
            if (next.Authority != browser.BaseAddress!.Authority) return next;
            using var answer = await browser.GetAsync(next, TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK) return next;
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            address = answer.Headers.Location!;
        }
    }

    private static async Task<string> ReturnAsync(ApiHost host, Uri back, string cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, back.PathAndQuery);
        request.Headers.Add("Cookie", cookies);
        using var answer = await host.Anonymous.Ask(request);
        return answer.Headers.Location!.OriginalString;
    }
}
