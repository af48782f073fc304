using System.Collections.Concurrent;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Http;

/// <summary>
/// The address that links lead to wherever the reader is not looking at the portal: mails, documents, QR codes, events, the provider's way
/// back. It is <c>Portal:PublicUrl</c>. Without that, it is the address at which the portal was asked, if that is one of its own: one it
/// listens on, or one that a trusted proxy forwarded. Outside Development nothing else counts, since whoever sends a request chooses its
/// Host header: then it is the first address that the portal listens on.
/// </summary>
public sealed class PublicAddress
{
    private const string Key = "Portal:PublicUrl";
    private const int MostForwarded = 16;
    private static readonly string[] Everywhere = ["*", "+", "0.0.0.0", "[::]"];

    private readonly bool _takesAny;
    private readonly Uri _listening;
    private readonly HashSet<string> _own;
    private readonly ConcurrentDictionary<string, bool> _forwarded = new(StringComparer.OrdinalIgnoreCase);

    private PublicAddress(Uri? configured, bool takesAny, IReadOnlyList<Uri> listening)
    {
        (Configured, _takesAny, _listening) = (configured, takesAny, listening[0]);
        _own = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]", Environment.MachineName };
        _own.UnionWith(listening.Select(l => l.Host));
    }

    /// <summary>Takes every address as it was asked at, as in Development.</summary>
    public static PublicAddress AsAsked { get; } = new(null, takesAny: true, [new Uri("http://localhost/")]);

    /// <summary><c>Portal:PublicUrl</c>, scheme, host and port; null when it is not set.</summary>
    public Uri? Configured { get; }

    /// <summary>The first address that the portal listens on.</summary>
    public Uri Listening => _listening;

    /// <summary>Reads and validates the setting.</summary>
    /// <exception cref="ConfigurationProblemException">It is no address, or has a path.</exception>
    public static PublicAddress Read(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new PublicAddress(ReadUrl(configuration), environment.IsDevelopment(), ListeningOn(configuration));
    }

    /// <summary>The address for links in what is made for a request or page at <paramref name="asked"/>; ends with a slash.</summary>
    public Uri For(Uri asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return Configured ?? (_takesAny || IsOwn(asked.Host) ? new Uri(asked.GetLeftPart(UriPartial.Authority)) : _listening);
    }

    /// <summary>The same for a request.</summary>
    public Uri For(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Configured
            ?? (Uri.TryCreate($"{request.Scheme}://{request.Host}/", UriKind.Absolute, out var asked) ? For(asked) : _listening);
    }

    /// <summary>The same for a whole link, whose path stays.</summary>
    public Uri ForLink(Uri link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new Uri(For(link), link.PathAndQuery + link.Fragment);
    }

    /// <summary>For a link that is made later than the address was stored, which was checked then.</summary>
    public Uri Or(string stored) => Configured ?? (Uri.TryCreate(stored, UriKind.Absolute, out var site) ? site : _listening);

    /// <summary>True when a page at this origin is the portal's own: it has the public address, or the request's.</summary>
    public bool IsOrigin(string origin, HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var sent)) return false;
        return Is(Configured, sent)
            || (Uri.TryCreate($"{request.Scheme}://{request.Host}/", UriKind.Absolute, out var asked) && Is(asked, sent));
    }

    /// <summary>A trusted proxy has forwarded this host.</summary>
    internal void Forwarded(HostString host)
    {
        if (host.HasValue && _forwarded.Count < MostForwarded) _forwarded.TryAdd(host.Host, true);
    }

    private bool IsOwn(string host) => _own.Contains(host) || _forwarded.ContainsKey(host);

    // Scheme too, except that a proxy which ends TLS may not be a trusted one: then the request says http. A page by http is never of a
    // portal by https: anybody on the line can write it.
    private static bool Is(Uri? own, Uri origin) => own is not null
        && (own.Scheme == origin.Scheme || origin.Scheme == Uri.UriSchemeHttps)
        && own.IdnHost.Equals(origin.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (own.Port == origin.Port || (own.IsDefaultPort && origin is { IsDefaultPort: true, Scheme: "https" }));

    private static Uri? ReadUrl(IConfiguration configuration)
    {
        if (ConfigurationValues.NullIfEmpty(configuration[Key]) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0
            && uri is { UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" }
            ? uri
            : throw new ConfigurationProblemException(
                Key, $"skal være portalens adresse uden sti, fx https://portal.kommune.dk, men er »{text}«.");
    }

    private static List<Uri> ListeningOn(IConfiguration configuration)
    {
        var urls = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"])
            .Concat((configuration["Urls"] ?? "").Split(';', StringSplitOptions.TrimEntries));
        var listening = urls.Select(AsUri).OfType<Uri>().ToList();
        return listening.Count > 0 ? listening : [new Uri("http://localhost:5080/")];
    }

    private static Uri? AsUri(string? url)
    {
        if (string.IsNullOrWhiteSpace(url)) return null;
        foreach (var any in Everywhere) url = url.Replace($"//{any}", $"//{Environment.MachineName}", StringComparison.Ordinal);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) ? new Uri(uri.GetLeftPart(UriPartial.Authority)) : null;
    }
}
