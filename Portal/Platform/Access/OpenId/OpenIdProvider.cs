using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Portal.Platform.Access.OpenId;

/// <summary>What the provider says of itself: fetched when first needed, kept, and fetched again when its keys have changed.</summary>
internal sealed partial class OpenIdProvider(
    IOptionsMonitor<OpenIdConnectOptions> options, OpenIdSettings settings, ILogger<OpenIdProvider> log)
{
    private volatile string[]? _origins;
    private volatile string? _foreign;

    /// <summary>Scheme, host and port of its addresses: forms lead to them (sign-out), and only they may frame the sign-out page.</summary>
    public IReadOnlyList<string> Origins => _origins ?? [OriginOf(settings.Authority.AbsoluteUri)];

    /// <summary>Its issuer, addresses and keys.</summary>
    /// <exception cref="InvalidOperationException">It cannot be reached, what it says cannot be read, or it calls itself
    /// otherwise than it is called in the settings (OpenID Connect Discovery 1.0, 4.3).</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        var known = await Manager.GetConfigurationAsync(cancellationToken);
        if (!IsIssuer(known.Issuer))
        {
            if (_foreign != known.Issuer) LogForeign(log, settings.Authority, known.Issuer);
            _foreign = known.Issuer;
            throw new InvalidOperationException("The provider calls itself otherwise than it is called in Auth:OpenIdConnect:Authority.");
        }

        _origins = [.. new[] { settings.Authority.AbsoluteUri, known.EndSessionEndpoint, known.AuthorizationEndpoint }
            .Where(a => Uri.TryCreate(a, UriKind.Absolute, out _)).Select(a => OriginOf(a!)).Distinct(StringComparer.Ordinal)];
        return known;
    }

    /// <summary>A token names a key that is not known: the next reading asks the provider again, at most every few minutes.</summary>
    public void Refresh() => Manager.RequestRefresh();

    private Microsoft.IdentityModel.Protocols.IConfigurationManager<OpenIdConnectConfiguration> Manager =>
        options.Get(OpenIdConnectDefaults.AuthenticationScheme).ConfigurationManager!;

    // The settings' address may end with a slash and the issuer not, or the reverse.
    private bool IsIssuer(string? issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var named)
        && named.AbsoluteUri.TrimEnd('/') == settings.Authority.AbsoluteUri.TrimEnd('/');

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody can sign in: Auth:OpenIdConnect:Authority is {Authority}, but the provider "
        + "there calls itself {Issuer}; write what it calls itself, if it is the right one")]
    private static partial void LogForeign(ILogger logger, Uri authority, string? issuer);

    private static string OriginOf(string address) => new Uri(address).GetLeftPart(UriPartial.Authority);
}
