using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Amqp;

namespace Portal.Ingestion.Hosting;

/// <summary>Reads and validates <see cref="AmqpSettings"/>.</summary>
internal static class AmqpSettingsReader
{
    private const string Section = "Ingestion:Amqp:";
    private const string TokenSection = "Ingestion:Token:";

    /// <summary>The settings; null when <c>Ingestion:Amqp:Enabled</c> is false. Most keys are validated all the same.</summary>
    /// <exception cref="ConfigurationProblemException">A key is wrong, or a required one is missing.</exception>
    public static AmqpSettings? Read(IConfiguration configuration)
    {
        var enabled = ConfigurationValues.ReadBool(configuration, Section + "Enabled", false);
        var authentication = ReadAuthentication(configuration);
        var token = enabled && authentication == AmqpAuthentication.Token;
        var settings = new AmqpSettings
        {
            Uri = ReadUri(configuration),
            Queue = ReadQueue(configuration, enabled),
            Authentication = authentication,
            ClientCertificatePath = SettingsReader.ReadPath(configuration, Section + "ClientCertificatePath", null),
            ClientCertificatePassword = ConfigurationValues.NullIfEmpty(configuration[Section + "ClientCertificatePassword"]),
            CaCertificatePath = SettingsReader.ReadPath(configuration, Section + "CaCertificatePath", null),
            Prefetch = (ushort)ConfigurationValues.ReadInt(configuration, Section + "Prefetch", 1000, 1, ushort.MaxValue),
            TokenEndpoint = ReadEndpoint(configuration, token),
            TokenEntityId = ReadEntityId(configuration, token),
            TokenCvr = ReadTokenCvr(configuration, token),
        };
        if (!enabled) return null;
        if (token && settings.ClientCertificatePath is null)
        {
            throw new ConfigurationProblemException(Section + "ClientCertificatePath",
                "skal være sat, når Ingestion:Amqp:Authentication er Token: tokenet hentes med systemets certifikat.");
        }

        // Without TLS, anyone who intercepts the token can use it until it expires. Loopback is allowed: a local tunnel may add the TLS.
        if (token && settings.Uri is { Scheme: "amqp", IsLoopback: false })
        {
            throw new ConfigurationProblemException(Section + "Uri",
                "skal begynde med amqps://, når Ingestion:Amqp:Authentication er Token: et sikkerhedstoken må ikke sendes uden TLS.");
        }

        CheckCertificates(settings);
        return settings;
    }

    private static AmqpAuthentication ReadAuthentication(IConfiguration configuration)
    {
        const string key = Section + "Authentication";
        var text = ConfigurationValues.ReadText(configuration, key, nameof(AmqpAuthentication.Password));
        return Enum.GetValues<AmqpAuthentication>().Where(a => a.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            .Select(a => (AmqpAuthentication?)a).FirstOrDefault()
            ?? throw new ConfigurationProblemException(key, $"skal være Password eller Token, men er »{text}«.");
    }

    // The message never contains the value: it may contain a password.
    private static Uri ReadUri(IConfiguration configuration)
    {
        var text = ConfigurationValues.ReadText(configuration, Section + "Uri", "amqp://guest:guest@localhost:5672/");
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" && uri.Host.Length > 0
            && uri.Segments.Length <= 2 && uri.Query.Length == 0
            ? uri
            : throw new ConfigurationProblemException(Section + "Uri",
                "skal have formen amqp://bruger:kode@vært:5672/virtuel-vært, eller amqps:// med TLS (en skråstreg i navnet skrives %2F).");
    }

    private static string ReadQueue(IConfiguration configuration, bool enabled)
    {
        const string key = Section + "Queue";
        var queue = ConfigurationValues.NullIfEmpty(configuration[key]);
        if (queue is null && enabled)
            throw new ConfigurationProblemException(key, "skal være dueslagets UUID (køens navn), når Ingestion:Amqp:Enabled er true.");
        return System.Text.Encoding.UTF8.GetByteCount(queue ?? "") <= 255
            ? queue ?? ""
            : throw new ConfigurationProblemException(key, "må højst fylde 255 byte.");
    }

    private static Uri? ReadEndpoint(IConfiguration configuration, bool demanded)
    {
        const string key = TokenSection + "Endpoint";
        var text = ConfigurationValues.NullIfEmpty(configuration[key]);
        if (text is null)
        {
            return demanded ? throw new ConfigurationProblemException(
                key, "skal være token-tjenestens adresse (https://…), når Ingestion:Amqp:Authentication er Token.") : null;
        }
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw new ConfigurationProblemException(key, $"skal være en adresse, der begynder med https://, men er »{text}«.");
    }

    private static string? ReadEntityId(IConfiguration configuration, bool demanded)
    {
        const string key = TokenSection + "EntityId";
        var text = ConfigurationValues.NullIfEmpty(configuration[key]);
        if (text is null)
        {
            return demanded ? throw new ConfigurationProblemException(key,
                "skal være tjenestens URI, fx http://entityid.kombit.dk/service/…, når Ingestion:Amqp:Authentication er Token.") : null;
        }
        return Uri.TryCreate(text, UriKind.Absolute, out _)
            ? text
            : throw new ConfigurationProblemException(key, $"skal være en URI, men er »{text}«.");
    }

    private static string? ReadTokenCvr(IConfiguration configuration, bool demanded)
    {
        const string key = TokenSection + "Cvr";
        var text = ConfigurationValues.NullIfEmpty(configuration[key]);
        if (text is null)
        {
            return demanded ? throw new ConfigurationProblemException(
                key, "skal være myndighedens CVR-nummer på otte cifre, når Ingestion:Amqp:Authentication er Token.") : null;
        }
        return text.Length == 8 && text.All(char.IsAsciiDigit)
            ? text
            : throw new ConfigurationProblemException(key, "skal være et CVR-nummer på otte cifre.");
    }

    private static void CheckCertificates(AmqpSettings settings)
    {
        var key = Section + "ClientCertificatePath";
        try
        {
            using var client = AmqpCertificates.ReadClient(settings);
            key = Section + "CaCertificatePath";
            _ = AmqpCertificates.ReadAuthorities(settings);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationProblemException(key, key.EndsWith("CaCertificatePath", StringComparison.Ordinal)
                ? "skal pege på en PEM-fil med mindst ét certifikat, der kan læses."
                : "skal pege på en PFX-fil, eller en PEM-fil med certifikat og nøgle, "
                    + "der kan læses og åbnes med Ingestion:Amqp:ClientCertificatePassword.");
        }
    }
}
