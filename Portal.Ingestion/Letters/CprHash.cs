using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Letters;

/// <summary>
/// A keyed hash (HMAC-SHA256) of person numbers, so that letters can be found by CPR without an index of the numbers. The key is in
/// <c>search.key</c>, made when the database is first used (<see cref="SearchKeyStart"/>); programs that share a database share it.
/// </summary>
public sealed class CprHash(PortalSettings settings)
{
    private const int KeyBytes = 32;
    private const string Kind = "søgenøgle (32 byte)";

    // Not ten digits, so the check is never the hash of a person number.
    private static readonly byte[] CheckText = "portal-search-key/v1"u8.ToArray();

    private readonly Lazy<byte[]> _key = new(
        () => Read(settings.SearchKeyPath) ?? throw new ConfigurationProblemException("Ledger:KeyPath", Missing(settings.SearchKeyPath)),
        LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The hash of <paramref name="cpr"/>, 32 bytes.</summary>
    /// <exception cref="ConfigurationProblemException">The key's file was removed after the start.</exception>
    public byte[] Of(CprNumber cpr) => Hash(_key.Value, cpr);

    /// <summary>The hash of any text that may hold a person number, 32 bytes; never that of a number alone.</summary>
    /// <exception cref="ConfigurationProblemException">The key's file was removed after the start.</exception>
    public byte[] OfText(string text) => HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"portal-text/v1:{text}"));

    /// <summary>The hash of a number with a given key.</summary>
    internal static byte[] Hash(byte[] key, CprNumber cpr) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(cpr.Reveal()));

    /// <summary>What a database stores to recognise its key; the key cannot be derived from it.</summary>
    internal static byte[] CheckOf(byte[] key) => HMACSHA256.HashData(key, CheckText);

    /// <summary>The key in the file; null when there is no such file.</summary>
    internal static byte[]? Read(string path) => new KeyFile(path).Read(Import, Kind);

    /// <summary>The key in the file, which is made when it is missing.</summary>
    internal static byte[] ReadOrMake(string path) =>
        new KeyFile(path).ReadOrMake(Import, Kind, () => RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>The message for a missing key, in Danish.</summary>
    internal static string Missing(string path) =>
        $"søgenøglen »{path}« mangler, men databasens breve findes efter CPR-nummer med den; læg den tilbage fra sikkerhedskopien.";

    private static byte[]? Import(byte[] bytes) => bytes.Length == KeyBytes ? [.. bytes] : null;
}
