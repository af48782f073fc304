using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Access.OpenId;

/// <summary>
/// The portal's private key at the provider (<c>Auth:OpenIdConnect:ClientKeyPath</c>, PEM or PFX): proves who asks for a token, and
/// decrypts an encrypted id_token. The provider knows it by its RFC 7638 thumbprint.
/// </summary>
public sealed class ClientKey
{
    private const string Setting = "Auth:OpenIdConnect:ClientKeyPath";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly string _algorithm;

    private ClientKey(AsymmetricSecurityKey key, string algorithm)
    {
        (Key, _algorithm) = (key, algorithm);
        Key.KeyId = Base64UrlEncoder.Encode(Key.ComputeJwkThumbprint());
    }

    /// <summary>The key.</summary>
    public AsymmetricSecurityKey Key { get; }

    /// <summary>The key in the file.</summary>
    /// <exception cref="ConfigurationProblemException">The file cannot be read, or holds no private key.</exception>
    public static ClientKey Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12" ? OfPfx(bytes) : OfPem(File.ReadAllText(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationProblemException(Setting, $"»{path}« kan ikke læses ({problem.Message}).");
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw new ConfigurationProblemException(
                Setting,
                $"»{path}« holder ingen privat nøgle; læg en PEM- eller PFX-fil uden adgangskode der, med en RSA- eller EC-nøgle.");
        }
    }

    /// <summary>What the portal sends instead of a secret (RFC 7523 as revised): signed, for one use within a minute.</summary>
    /// <param name="clientId">The portal's name at the provider.</param>
    /// <param name="audience">The provider's issuer; its other addresses are no longer accepted everywhere.</param>
    /// <param name="now">The time.</param>
    public string Assertion(string clientId, string audience, DateTimeOffset now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId, Audience = audience, TokenType = "client-authentication+jwt",
            IssuedAt = now.UtcDateTime, NotBefore = now.UtcDateTime, Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = clientId, [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
            },
            SigningCredentials = new SigningCredentials(Key, _algorithm),
        });

    private static ClientKey OfPfx(byte[] bytes)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12(bytes, null, X509KeyStorageFlags.Exportable);
        if (certificate.GetRSAPrivateKey() is { } rsa) return Of(rsa);
        return certificate.GetECDsaPrivateKey() is { } ec ? Of(ec) : throw new CryptographicException("No private key.");
    }

    private static ClientKey OfPem(string text)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(text);
            return Of(rsa);
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
        }

        var ec = ECDsa.Create();
        ec.ImportFromPem(text);
        return Of(ec);
    }

    private static ClientKey Of(RSA rsa)
    {
        // A public key alone reads as well, and would fail at the first sign-in only.
        rsa.ExportParameters(includePrivateParameters: true);
        return new ClientKey(new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256);
    }

    private static ClientKey Of(ECDsa ec)
    {
        ec.ExportParameters(includePrivateParameters: true);
        var algorithm = ec.KeySize switch
        {
            256 => SecurityAlgorithms.EcdsaSha256,
            384 => SecurityAlgorithms.EcdsaSha384,
            _ => SecurityAlgorithms.EcdsaSha512,
        };
        return new ClientKey(new ECDsaSecurityKey(ec), algorithm);
    }
}
