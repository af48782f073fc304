using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Access.Limits;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access.OpenId;

/// <summary>A portal with a provider in memory, and a browser that signs in.</summary>
internal sealed class SignInFlow : IAsyncDisposable
{
    private static readonly (string Key, string? Value)[] Settings =
    [
        ("Auth:Mode", "OpenIdConnect"), ("Auth:OpenIdConnect:Authority", CrookedProvider.Issuer),
        ("Auth:OpenIdConnect:ClientId", CrookedProvider.ClientId), ("Auth:OpenIdConnect:ClientSecret", CrookedProvider.Secret),
    ];

    private SignInFlow(ApiHost host, CrookedProvider provider) => (Host, Provider) = (host, provider);

    public ApiHost Host { get; }

    public CrookedProvider Provider { get; }

    /// <summary>Cookies that the browser keeps.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public static async Task<SignInFlow> StartAsync(params (string Key, string? Value)[] configuration) =>
        await StartAsync(null, configuration);

    public static async Task<SignInFlow> StartAsync(
        Action<IServiceCollection>? more, (string Key, string? Value)[] configuration, string environment = "Development")
    {
        var provider = new CrookedProvider();
        var host = await ApiHost.StartWithAsync(
            services =>
            {
                services.Configure<OpenIdConnectOptions>(
                    OpenIdConnectDefaults.AuthenticationScheme, options => options.BackchannelHttpHandler = provider);
                more?.Invoke(services);
            },
            environment, [.. Settings.Where(s => !configuration.Any(c => c.Key == s.Key)), .. configuration]);
        return new SignInFlow(host, provider);
    }

    /// <summary>Goes to the sign-in; returns where it leads.</summary>
    public async Task<Uri> BeginAsync(string returnUrl = "/side") =>
        (await GetAsync($"/login?returnUrl={Uri.EscapeDataString(returnUrl)}")).Headers.Location!;

    /// <summary>Comes back from the provider; returns where that leads.</summary>
    public async Task<string> ReturnAsync(Dictionary<string, string?> answer) =>
        (await GetAsync(QueryHelpers.AddQueryString("/signin-oidc", answer))).Headers.Location!.OriginalString;

    /// <summary>Signs in; returns where that leads.</summary>
    public async Task<string> SignInAsync(string returnUrl = "/side") => await ReturnAsync(Provider.Answer(await BeginAsync(returnUrl)));

    /// <summary>Asks as the browser does.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path) => await SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends as the browser does.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        var answer = await Host.Anonymous.Ask(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split('=', 2)[1].Split(';')[0]);
            if (value.Length == 0) Cookies.Remove(name);
            else Cookies[name] = value;
        }

        return answer;
    }

    /// <summary>Forgets what the browser keeps, ends every session, and has the provider answer well again.</summary>
    public async Task StartAfreshAsync()
    {
        Cookies.Clear();
        Provider.MakeGood();
        await Host.Get<SessionStore>().EndAsync(_ => true, null, SessionEnd.Owner, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Provider.Dispose();
    }
}

/// <summary>One portal for the tests of a class that need no settings of their own.</summary>
public sealed class OneSignIn : IAsyncLifetime
{
    private SignInFlow? _flow;

    /// <summary>The portal, as if nobody had used it.</summary>
    internal async Task<SignInFlow> AfreshAsync()
    {
        await _flow!.StartAfreshAsync();
        return _flow;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync() =>
        _flow = await SignInFlow.StartAsync(services => services.AddSingleton(new SignInAttempts(10_000)), []);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _flow?.DisposeAsync() ?? ValueTask.CompletedTask;
}
