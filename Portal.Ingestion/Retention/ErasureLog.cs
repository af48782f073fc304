using System.Data.Common;
using System.Globalization;
using System.Text;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Records that messages and letters were erased under a retention rule, within the transaction that erases them. Each record is signed
/// with the ledger's key, so that somebody who deletes rows directly in the database cannot claim that a rule did it. The message's row and
/// its leaf in the ledger stay.
/// </summary>
public sealed class ErasureLog(LedgerKey key) : IErasureRecord
{
    /// <summary>Records the erasure of a message's bytes.</summary>
    public void Record(DbTransaction transaction, long sequence, DateTimeOffset erasedAt, string rule)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        // A record that exists already is not the portal's, or the message would be erased: it is overwritten.
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

    /// <summary>True when the record of this letter's erasure is signed with the ledger's key.</summary>
    public static bool IsGenuine(StoredLetterErasure erasure, StoredLetter letter, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(key);
        return key.Verify(Text(letter, erasure.ErasedAt, erasure.Rule), erasure.Signature);
    }

    /// <inheritdoc />
    public void Erase(StoredJournalEntry entry, DateTimeOffset erasedAt, string rule)
    {
        ArgumentNullException.ThrowIfNull(entry);
        (entry.Json, entry.ErasedAt, entry.ErasedBy) = (null, erasedAt, rule);
        entry.ErasureSignature = key.Signer.Sign(Text(entry, erasedAt, rule));
    }

    /// <summary>True when the erasure of this entry is signed with the ledger's key.</summary>
    public static bool IsGenuine(StoredJournalEntry entry, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(key);
        return entry is { ErasedAt: { } at, ErasedBy: { } rule, ErasureSignature: { } signature }
            && key.Verify(Text(entry, at, rule), signature);
    }

    /// <summary>True when the record is signed with the ledger's key.</summary>
    public static bool IsGenuine(StoredErasure erasure, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        ArgumentNullException.ThrowIfNull(key);
        return key.Verify(Text(erasure.Sequence, erasure.ErasedAt, erasure.Rule), erasure.Signature);
    }

    private static byte[] Text(StoredLetter letter, DateTimeOffset erasedAt, string rule) =>
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"portal-brevsletning/v1\n{letter.Authority}\n{letter.LetterId}\n{erasedAt.UtcTicks}\n{rule}\n"));

    private static byte[] Text(StoredJournalEntry entry, DateTimeOffset erasedAt, string rule) =>
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"portal-bladsletning/v1\n{entry.Log}\n{entry.Index}\n{entry.Sha256}\n{erasedAt.UtcTicks}\n{rule}\n"));

    private static byte[] Text(long sequence, DateTimeOffset erasedAt, string rule) =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"portal-sletning/v1\n{sequence}\n{erasedAt.UtcTicks}\n{rule}\n"));
}

/// <summary>
/// Records erasures for the verification, so that it can distinguish data erased under a rule from data deleted directly in the database.
/// </summary>
public interface IErasureRecord
{
    /// <summary>Records the erasure of a message, within the transaction that erases it.</summary>
    /// <param name="rule">The setting with the rule: <c>Retention:EvidenceYears</c> or <c>Retention:OtherMessageDays</c>.</param>
    void Record(DbTransaction transaction, long sequence, DateTimeOffset erasedAt, string rule);

    /// <summary>A signed record of a letter's erasure; the caller stores it in the transaction that erases the letter.</summary>
    StoredLetterErasure OfLetter(StoredLetter letter, DateTimeOffset erasedAt, string rule);

    /// <summary>
    /// Erases what was entered, and signs that; the leaf stays. The caller saves the entry in the transaction that erases what it is about.
    /// </summary>
    void Erase(StoredJournalEntry entry, DateTimeOffset erasedAt, string rule);
}
