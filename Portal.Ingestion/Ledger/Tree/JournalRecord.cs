using System.Globalization;
using System.Text;

namespace Portal.Ingestion.Ledger.Tree;

/// <summary>
/// The record of an entry in a leaf of one of the other logs, in UTF-8, five lines: the format (<c>portal-handling/v1</c>,
/// <c>portal-adgang/v1</c>), the kind, the id of what it is about, the time (UTC, milliseconds), the SHA-256 of the entry's canonical JSON
/// in lower-case hex; each ends in a newline. It has no personal data, so it is kept when the JSON is erased.
/// </summary>
/// <param name="At">UTC; truncated to milliseconds.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record JournalRecord(string Format, string Kind, string Id, DateTimeOffset At, string Sha256)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string FormatStart = "portal-";
    private const string FormatEnd = "/v1";
    private const int HexLength = 64;

    /// <summary>The record's bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(
        $"{Format}\n{Kind}\n{Id}\n{At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}\n{Sha256}\n");

    /// <summary>The leaf's hash.</summary>
    public byte[] ToLeafHash() => MerkleHash.OfLeaf(ToBytes());

    /// <summary>Parses a record written by <see cref="ToBytes"/>; null for anything else.</summary>
    public static JournalRecord? Parse(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines is not [var format, { Length: > 0 } kind, { Length: > 0 } id, var time, { Length: HexLength } hash, ""]) return null;
        if (!format.StartsWith(FormatStart, StringComparison.Ordinal) || !format.EndsWith(FormatEnd, StringComparison.Ordinal)
            || !DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return null;
        }

        var record = new JournalRecord(format, kind, id, at, hash);
        return hash.All(char.IsAsciiHexDigitLower) && bytes.SequenceEqual(record.ToBytes()) ? record : null;
    }
}
