using System.Globalization;
using System.Text;

namespace Portal.Ingestion.Ledger.Tree;

/// <summary>
/// The record of a message in a leaf of the ledger, in UTF-8, four lines: <c>portal-besked/v1</c>, the BeskedId, the time of receipt (UTC,
/// milliseconds), the SHA-256 of the exact bytes in lower-case hex; each ends in a newline. It has no content of the message, so it is kept
/// when the bytes are erased.
/// </summary>
/// <param name="BeskedId">A UUID in lower case, anything else as written.</param>
/// <param name="ReceivedAt">UTC; truncated to milliseconds.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record LeafRecord(string BeskedId, DateTimeOffset ReceivedAt, string Sha256)
{
    private const string Version = "portal-besked/v1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int HexLength = 64;

    /// <summary>
    /// The leaf for a sequence number under which no message was received, such as that of a row that somebody inserted into the log by
    /// hand, even if it was deleted again. So the ledger can continue, and verification still finds the row.
    /// </summary>
    public static byte[] NothingReceived { get; } = MerkleHash.OfLeaf(Encoding.UTF8.GetBytes($"{Version}\n\n\n\n"));

    /// <summary>The record of a message with these 32 bytes of SHA-256.</summary>
    public static LeafRecord Of(string beskedId, DateTimeOffset receivedAt, byte[] sha256) =>
        new(beskedId, receivedAt, Convert.ToHexStringLower(sha256));

    /// <summary>The record's bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(
        $"{Version}\n{BeskedId}\n{ReceivedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}\n{Sha256}\n");

    /// <summary>The leaf's hash.</summary>
    public byte[] ToLeafHash() => MerkleHash.OfLeaf(ToBytes());

    /// <summary>Parses a record written by <see cref="ToBytes"/>; null for anything else.</summary>
    public static LeafRecord? Parse(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines is not [Version, { Length: > 0 } id, var time, { Length: HexLength } hash, ""]) return null;
        if (!DateTimeOffset.TryParseExact(
            time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return null;
        }
        var record = new LeafRecord(id, at, hash);
        return hash.All(char.IsAsciiHexDigitLower) && bytes.SequenceEqual(record.ToBytes()) ? record : null;
    }
}
