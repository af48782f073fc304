using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>
/// Fetches security tokens from <c>Ingestion:Token:Endpoint</c> with the client certificate. Its file is read again for each token (about
/// once an hour), so a renewed file needs no restart.
/// </summary>
internal sealed class SecurityTokenClient(AmqpSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Lifetime of a token whose expiry is unknown; the services in use give an hour or more.</summary>
    private static readonly TimeSpan AssumedLife = TimeSpan.FromMinutes(15);

    /// <summary>Fetches a new token.</summary>
    /// <exception cref="SecurityTokenException">It failed; of the service's answer the text contains at most the reason of a SOAP
    /// fault.</exception>
    public async Task<SecurityToken> FetchAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (status, answer) = await AskAsync(cancellationToken);
        if (status is not HttpStatusCode.OK) throw Declined(status, answer);
        try
        {
            var (decoded, expiresAt) = TokenResponse.Read(answer);
            var token = new SecurityToken(decoded, now, expiresAt ?? now + AssumedLife);
            return token.ExpiresAt > now
                ? token
                : throw new SecurityTokenException(
                    "Token-tjenesten udstedte et token, der allerede er udløbet.", "Kontrollér maskinens ur.", refused: true);
        }
        catch (FormatException problem)
        {
            throw TokenResponse.FaultOf(answer) is { } fault
                ? new SecurityTokenException($"Token-tjenesten afviste: {fault}", Remedy, refused: true, problem)
                : new SecurityTokenException("Token-tjenestens svar indeholder intet token.",
                    "Kontrollér, at Ingestion:Token:Endpoint er tjenestens udstedelsesadresse (WS-Trust Issue).", refused: true, problem);
        }
    }

    private const string TlsRemedy =
        "Kontrollér, at tjenestens certifikat er gyldigt og udstedt af en, maskinen stoler på (eller Ingestion:Amqp:CaCertificatePath), "
        + "og at eget certifikat i Ingestion:Amqp:ClientCertificatePath ikke er udløbet.";

    private const string Remedy = "Kontrollér Ingestion:Token:EntityId og Ingestion:Token:Cvr, "
        + "at certifikatet i Ingestion:Amqp:ClientCertificatePath er gyldigt og registreret, og at serviceaftalen er godkendt.";

    private async Task<(HttpStatusCode Status, byte[] Answer)> AskAsync(CancellationToken cancellationToken)
    {
        var name = settings.TokenEndpoint!.Authority;
        try
        {
            using var certificate = AmqpCertificates.ReadClient(settings) ?? throw new SecurityTokenException(
                "Der er intet certifikat at hente token med.", "Sæt Ingestion:Amqp:ClientCertificatePath.", refused: true);
            using var http = Open(certificate);
            using var request = TokenRequest.Create(settings, certificate);
            using var response = await http.SendAsync(request, cancellationToken);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException problem) when (problem.InnerException is AuthenticationException)
        {
            throw new SecurityTokenException(
                $"Den sikre forbindelse (TLS) til token-tjenesten {name} kunne ikke oprettes.", TlsRemedy, refused: true, problem);
        }
        catch (HttpRequestException problem)
        {
            throw new SecurityTokenException($"Token-tjenesten {name} kan ikke nås.", "Kontrollér vært og port i Ingestion:Token:Endpoint, "
                + "og om maskinen må kalde ud. Der prøves igen af sig selv.", refused: false, problem);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SecurityTokenException($"Token-tjenesten {name} svarede ikke på {(int)Limit.TotalSeconds} s.",
                "Se efter, om tjenesten kører, og om porten i Ingestion:Token:Endpoint er dens. Der prøves igen af sig selv.",
                refused: false, problem);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SecurityTokenException("Certifikatet til token-tjenesten kan ikke læses.",
                "Kontrollér filen i Ingestion:Amqp:ClientCertificatePath og dens kode.", refused: true, problem);
        }
    }

    private HttpClient Open(X509Certificate2 certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = Limit,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
                EnabledSslProtocols = TlsVersions.Allowed,
                RemoteCertificateValidationCallback = AmqpCertificates.TrustOnly(AmqpCertificates.ReadAuthorities(settings)),
            },
        };
        return new HttpClient(handler) { Timeout = Limit, MaxResponseContentBufferSize = TokenResponse.MaxBytes };
    }

    private static SecurityTokenException Declined(HttpStatusCode status, byte[] answer)
    {
        var code = (int)status;
        // Services behind a proxy answer 502–504 when they are down.
        if (code is 429 or 502 or 503 or 504) return new SecurityTokenException($"Token-tjenesten svarede {code}.", null, refused: false);
        return new SecurityTokenException(TokenResponse.FaultOf(answer) is { } fault
            ? $"Token-tjenesten afviste ({code}): {fault}"
            : $"Token-tjenesten afviste ({code}).", Remedy, refused: true);
    }
}
