using System.Security.Cryptography;
using NSec.Cryptography;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>
/// The file with the ledger's private key: PEM (PKCS #8), readable by other tools. Never created again for a database that has a ledger,
/// because signatures by another key prove nothing.
/// </summary>
internal static class LedgerKeyFile
{
    private const string Kind = "Ed25519-nøgle (PEM, PKCS #8)";

    /// <summary>The key in the file; null when the file is missing or empty.</summary>
    /// <exception cref="ConfigurationProblemException">Others can read the file, or it holds no key.</exception>
    public static Key? Read(string path) => new KeyFile(path).Read(Import, Kind);

    /// <summary>
    /// The key in the file, which is created when missing. When several programs start together, one creates it and all use it.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">Others can read the file, it holds no key, or it cannot be created.</exception>
    public static Key ReadOrMake(string path) => new KeyFile(path).ReadOrMake(Import, Kind, Make);

    // Also accepts a file that an editor saved again with other line breaks or encoding: only the base64 between the BEGIN and END lines
    // counts.
    private static Key? Import(byte[] bytes)
    {
        if (Key.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.PkixPrivateKeyText, out var key)) return key;
        var text = ResavedText.Restore(bytes).Text;
        if (!PemEncoding.TryFind(text, out var pem) || !text.AsSpan()[pem.Label].SequenceEqual("PRIVATE KEY")) return null;
        var blob = new byte[pem.DecodedDataLength];
        return Convert.TryFromBase64Chars(text.AsSpan()[pem.Base64Data], blob, out var length)
            && Key.TryImport(SignatureAlgorithm.Ed25519, blob.AsSpan(0, length), KeyBlobFormat.PkixPrivateKey, out key) ? key : null;
    }

    private static byte[] Make()
    {
        using var key =
            Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        return key.Export(KeyBlobFormat.PkixPrivateKeyText);
    }
}
