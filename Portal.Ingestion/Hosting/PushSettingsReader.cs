using System.Text;
using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Hosting;

/// <summary>Reads and validates the keys <c>Ingestion:Push:*</c>.</summary>
internal static class PushSettingsReader
{
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    /// <summary>
    /// <c>Ingestion:Push:RefusalHttpStatus</c>: 200 or 503; null when it follows the caller, which is the default and may also be written.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">The value is none of these.</exception>
    public static int? ReadRefusalStatus(IConfiguration configuration)
    {
        const string key = "Ingestion:Push:RefusalHttpStatus";
        var text = ConfigurationValues.NullIfEmpty(configuration[key]);
        return text switch
        {
            null => null,
            _ when text.Equals("by caller", StringComparison.OrdinalIgnoreCase) => null,
            "200" => 200,
            "503" => 503,
            _ => throw new ConfigurationProblemException(key,
                $"skal være 200 eller 503, eller »by caller« (200 til en afsender kendt på certifikat, 503 til andre), men er »{text}«."),
        };
    }

    /// <summary><c>Ingestion:Push:ForwardedCertificateHeader</c>; null when not set.</summary>
    /// <exception cref="ConfigurationProblemException">The value is not the name of a header.</exception>
    public static string? ReadHeader(IConfiguration configuration)
    {
        const string key = "Ingestion:Push:ForwardedCertificateHeader";
        return ConfigurationValues.NullIfEmpty(configuration[key]) is not { } name ? null
            : name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? name
            : throw new ConfigurationProblemException(key, $"skal være navnet på et HTTP-hoved som X-Client-Cert, men er »{name}«.");
    }

    /// <summary>
    /// <c>Ingestion:Push:ClientCertificateThumbprints</c>: SHA-256 in upper-case hex. Separators, spaces, case and the prefix of openssl's
    /// output are accepted, and several in one value with a comma or semicolon between them.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">A value is not a SHA-256 thumbprint.</exception>
    public static IReadOnlyList<string> ReadThumbprints(IConfiguration configuration) =>
    [
        .. configuration.GetSection("Ingestion:Push:ClientCertificateThumbprints").GetChildren()
            .SelectMany(child => (child.Value ?? "").Split([',', ';']).Select(text => Thumbprint(child.Path, text)))
            .Distinct(StringComparer.Ordinal),
    ];

    private static string Thumbprint(string key, string text)
    {
        var digits = new StringBuilder();
        // openssl prints »sha256 Fingerprint=AB:CD…«.
        foreach (var c in text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..])
        {
            if (char.IsAsciiHexDigit(c)) digits.Append(char.ToUpperInvariant(c));
            else if (!IsSeparator(c)) throw Wrong(key, "");
        }

        return digits.Length switch
        {
            Sha256Digits => digits.ToString(),
            Sha1Digits => throw Wrong(key, " (40 cifre er SHA-1, som ikke længere er sikker)"),
            _ => throw Wrong(key, $" (der er {digits.Length} cifre)"),
        };
    }

    // Windows' certificate dialog copies an invisible mark (U+200E) before the first digit.
    private static bool IsSeparator(char c) => c is ':' or '-' or '.' or '_' or '\u200E' or '\uFEFF' || char.IsWhiteSpace(c);

    private static ConfigurationProblemException Wrong(string key, string why) => new(key,
        $"skal være et certifikats SHA-256-aftryk, 64 cifre i hex{why}. Hent det med: openssl x509 -noout -fingerprint -sha256 "
        + "-in certifikat.pem");
}
