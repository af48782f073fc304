using System.Data.Common;
using System.Globalization;
using System.Text;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Records that the bytes of messages are erased under a rule, within the transaction that erases them. Each record is signed with the
/// ledger's key, so that whoever deletes behind the portal's back cannot say that a rule did it. The message's row and its leaf stay.
/// </summary>
public sealed class ErasureLog(LedgerKey key) : IErasureRecord
{
    /// <summary>Records the erasure of a message's bytes.</summary>
    public void Record(DbTransaction transaction, long sequence, DateTimeOffset erasedAt, string rule)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        // A record that is there already is none of ours, or the message would be erased: it does not keep it from being so.
        using var command = transaction.NewCommand("""
            INSERT INTO "Erasures" ("Sequence", "ErasedAt", "Rule", "Signature") VALUES (@p0, @p1, @p2, @p3)
            ON CONFLICT ("Sequence") DO UPDATE SET "ErasedAt" = excluded."ErasedAt", "Rule" = excluded."Rule",
            "Signature" = excluded."Signature"
            """, sequence, erasedAt.UtcTicks, rule, key.Signer.Sign(Text(sequence, erasedAt, rule)));
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public StoredLetterErasure OfLetter(StoredLetter letter, DateTimeOffset erasedAt, string rule)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return new StoredLetterErasure { LetterKey = letter.Key, ErasedAt = erasedAt, Rule = rule,
            Signature = key.Signer.Sign(Text(letter, erasedAt, rule)) };
    }

    /// <summary>True when the ledger's key recorded the erasure of this letter.</summary>
    public static bool IsGenuine(StoredLetterErasure erasure, StoredLetter letter, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(key);
        return key.Verify(Text(letter, erasure.ErasedAt, erasure.Rule), erasure.Signature);
    }

    /// <summary>True when the ledger's key recorded this erasure.</summary>
    public static bool IsGenuine(StoredErasure erasure, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        ArgumentNullException.ThrowIfNull(key);
        return key.Verify(Text(erasure.Sequence, erasure.ErasedAt, erasure.Rule), erasure.Signature);
    }

    private static byte[] Text(StoredLetter letter, DateTimeOffset erasedAt, string rule) =>
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"portal-brevsletning/v1\n{letter.Authority}\n{letter.LetterId}\n{erasedAt.UtcTicks}\n{rule}\n"));

    private static byte[] Text(long sequence, DateTimeOffset erasedAt, string rule) =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"portal-sletning/v1\n{sequence}\n{erasedAt.UtcTicks}\n{rule}\n"));
}
