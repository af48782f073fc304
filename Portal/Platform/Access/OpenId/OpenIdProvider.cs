using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Portal.Platform.Access.OpenId;

/// <summary>What the provider says of itself: fetched when first needed, kept, and fetched again when its keys have changed.</summary>
internal sealed class OpenIdProvider(IOptionsMonitor<OpenIdConnectOptions> options, OpenIdSettings settings)
{
    private volatile string[]? _origins;

    /// <summary>Scheme, host and port of its addresses: forms lead to them (sign-out), and only they may frame the sign-out page.</summary>
    public IReadOnlyList<string> Origins => _origins ?? [OriginOf(settings.Authority.AbsoluteUri)];

    /// <summary>Its issuer, addresses and keys.</summary>
    /// <exception cref="InvalidOperationException">It cannot be reached, or what it says cannot be read.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        var known = await Manager.GetConfigurationAsync(cancellationToken);
        _origins = [.. new[] { settings.Authority.AbsoluteUri, known.EndSessionEndpoint, known.AuthorizationEndpoint }
            .Where(a => Uri.TryCreate(a, UriKind.Absolute, out _)).Select(a => OriginOf(a!)).Distinct(StringComparer.Ordinal)];
        return known;
    }

    /// <summary>A token names a key that is not known: the next reading asks the provider again, at most every few minutes.</summary>
    public void Refresh() => Manager.RequestRefresh();

    private Microsoft.IdentityModel.Protocols.IConfigurationManager<OpenIdConnectConfiguration> Manager =>
        options.Get(OpenIdConnectDefaults.AuthenticationScheme).ConfigurationManager!;

    private static string OriginOf(string address) => new Uri(address).GetLeftPart(UriPartial.Authority);
}
