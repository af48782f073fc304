using System.Data.Common;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Journal;

/// <summary>An entry to be appended.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Id">See <see cref="StoredJournalEntry.Id"/>.</param>
/// <param name="At">When it was done.</param>
/// <param name="Facts">What is entered; <c>kind</c>, <c>id</c> and <c>at</c> are added.</param>
public sealed record JournalDraft(string Kind, string Id, DateTimeOffset At, IReadOnlyDictionary<string, object?> Facts)
{
    /// <summary>See <see cref="StoredJournalEntry.Authority"/>.</summary>
    public string? Authority { get; init; }

    /// <summary>See <see cref="StoredJournalEntry.CaseKey"/>.</summary>
    public string? CaseKey { get; init; }

    /// <summary>See <see cref="StoredJournalEntry.LetterKey"/>.</summary>
    public long? LetterKey { get; init; }

    /// <summary>See <see cref="StoredJournalEntry.StatusKey"/>.</summary>
    public long? StatusKey { get; init; }

    /// <summary>The entry's canonical JSON.</summary>
    public string ToJson() => Domain.StorableText.Clean(CanonicalJson.Write(new Dictionary<string, object?>(Facts, StringComparer.Ordinal)
    {
        ["kind"] = Kind, ["id"] = Id, ["at"] = JournalTime.Text(At),
    }));
}

/// <summary>Times in entries: UTC with all digits that the database keeps.</summary>
public static class JournalTime
{
    /// <summary>The text of a time.</summary>
    public static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The time in whole milliseconds, as a leaf's record has it.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}

/// <summary>
/// Appends entries to a log in the transaction of the action that they record: with it they are committed or rolled back. Call it last,
/// since the log's lock is held from here to the commit.
/// </summary>
public interface IJournalAppender
{
    /// <summary>Appends entries; a thousand of them have one head.</summary>
    /// <exception cref="StorageUnavailableException">The log's rows were changed from outside: nothing may be appended to them.</exception>
    Task AppendAsync(
        DbTransaction transaction, JournalLog log, IReadOnlyList<JournalDraft> drafts, CancellationToken cancellationToken);
}

/// <summary>Appends entries, hashed and signed.</summary>
public sealed class JournalAppender(LedgerKey key) : IJournalAppender
{
    /// <inheritdoc />
    public async Task AppendAsync(
        DbTransaction transaction, JournalLog log, IReadOnlyList<JournalDraft> drafts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(drafts);
        if (drafts.Count == 0) return;

        // Written before the lock is taken: the hashing of a thousand entries is done while others append.
        var entries = drafts.Select(d => Entry(log, d)).ToList();
        var rows = new JournalRows(transaction, log);
        await rows.LockAsync(cancellationToken);
        if (await rows.ReadHeadAsync(cancellationToken) is not var (size, root)) throw Damaged(log, null);
        var tree = Load(log, rows, size, root);
        foreach (var entry in entries)
        {
            entry.Index = tree.Size;
            tree.Append(entry.ToRecord(log).ToLeafHash());
        }

        var head = new Checkpoint(log.KeyOf(key.Verifier).Name, tree.Size, tree.Root());
        await rows.WriteAsync(entries, tree.TakeChanged(), head, key.Signer.Sign(head), cancellationToken);
    }

    private static StoredJournalEntry Entry(JournalLog log, JournalDraft draft)
    {
        var json = draft.ToJson();
        return new StoredJournalEntry
        {
            Log = log.Number, Kind = draft.Kind, Id = draft.Id, At = JournalTime.Whole(draft.At), Json = json,
            Sha256 = StoredJournalEntry.HashOf(json), Authority = draft.Authority, CaseKey = draft.CaseKey, LetterKey = draft.LetterKey,
            StatusKey = draft.StatusKey,
        };
    }

    private static TileTree Load(JournalLog log, JournalRows rows, long size, byte[] root)
    {
        try
        {
            var tree = TileTree.Load(size, rows.ReadTile);
            return tree.Root().AsSpan().SequenceEqual(root) ? tree : throw Damaged(log, null);
        }
        catch (LedgerDamagedException damaged)
        {
            throw Damaged(log, damaged);
        }
    }

    private static StorageUnavailableException Damaged(JournalLog log, Exception? inner) =>
        new($"Der kan ikke føjes til {log.Words}, for den er ændret udefra. Kør verify, der siger hvor, "
            + "og læg databasen tilbage fra en sikkerhedskopi.", inner);
}
