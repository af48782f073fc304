using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Portal.Platform.Access.Keys;

/// <summary>Encrypts sign-in keys with <see cref="ProtectionKey"/> (AES-256-GCM).</summary>
internal sealed class ProtectedXmlEncryptor(ProtectionKey key) : IXmlEncryptor
{
    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[SealedText.Overhead + plain.Length];
        SealedText.Seal(key.Bytes, plain, sealedBytes);
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(
            new XElement("sealed", new XElement("value", Convert.ToBase64String(sealedBytes))), typeof(ProtectedXmlDecryptor));
    }
}

/// <summary>Decrypts them; found by its name in the stored key.</summary>
/// <param name="services">The program's services.</param>
public sealed class ProtectedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc />
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var sealedBytes = Convert.FromBase64String(encryptedElement.Element("value")?.Value ?? "");
        if (sealedBytes.Length < SealedText.Overhead) throw new CryptographicException("Not a sealed key.");
        var plain = new byte[sealedBytes.Length - SealedText.Overhead];
        SealedText.Open(services.GetRequiredService<ProtectionKey>().Bytes, sealedBytes, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}

// Nonce, tag, ciphertext.
file static class SealedText
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    public const int Overhead = NonceBytes + TagBytes;

    public static void Seal(byte[] key, ReadOnlySpan<byte> plain, Span<byte> into)
    {
        RandomNumberGenerator.Fill(into[..NonceBytes]);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(into[..NonceBytes], plain, into[Overhead..], into[NonceBytes..Overhead]);
    }

    public static void Open(byte[] key, ReadOnlySpan<byte> from, Span<byte> plain)
    {
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(from[..NonceBytes], from[Overhead..], from[NonceBytes..Overhead], plain);
    }
}
