using NSec.Cryptography;
using Portal.Ingestion.Configuration;

namespace Portal.Ingestion.Ledger;

/// <summary>
/// The file that holds the ledger's private key: PEM (PKCS #8), as other tools read it too. Never made anew for a database that has a ledger, because what
/// another key signs proves nothing.
/// </summary>
internal static class LedgerKeyFile
{
    private const string Kind = "Ed25519-nøgle (PEM, PKCS #8)";

    /// <summary>The key in the file; null when there is no such file.</summary>
    /// <exception cref="ConfigurationProblemException">Others can read the file, or it holds no key.</exception>
    public static Key? Read(string path) => new KeyFile(path).Read(Import, Kind);

    /// <summary>The key in the file, which is made when it is not there. Of programs that start together one makes it and all use it.</summary>
    /// <exception cref="ConfigurationProblemException">Others can read the file, it holds no key, or it cannot be made.</exception>
    public static Key ReadOrMake(string path) => new KeyFile(path).ReadOrMake(Import, Kind, Make);

    private static Key? Import(byte[] bytes) => Key.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.PkixPrivateKeyText, out var key) ? key : null;

    private static byte[] Make()
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        return key.Export(KeyBlobFormat.PkixPrivateKeyText);
    }
}
