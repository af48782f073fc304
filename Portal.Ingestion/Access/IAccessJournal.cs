using System.Data.Common;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Access;

/// <summary>A stored line with its place in the log.</summary>
/// <param name="Number">The leaf's number, from 1.</param>
public sealed record AccessLine(long Number, AccessRecord Record);

/// <summary>Which lines are asked for; null does not filter.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record AccessQuery(string? Kind = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>A part of the name or the id of the person or key.</summary>
    public string? Who { get; init; }

    /// <summary>The case, however its number is written.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>Free text: part of the name or id of the viewer, of case, letter, message, document or text.</summary>
    public string? Text { get; init; }

    /// <summary>Lower-case hex of the keyed hash of a person number that was searched for.</summary>
    public string? Person { get; init; }
}

/// <summary>The head of the access log.</summary>
/// <param name="Checkpoint">The signed note with which anybody can later show that lines were removed or changed.</param>
/// <param name="VerifierKey">The log's public key.</param>
public sealed record AccessHead(SignedCheckpoint Checkpoint, string VerifierKey);

/// <summary>The access log as stored: the third log of the ledger's formats, one signed leaf a line.</summary>
public interface IAccessJournal
{
    /// <summary>Enters lines in one transaction; they are durable when it returns.</summary>
    Task AppendAsync(IReadOnlyList<AccessRecord> records, CancellationToken cancellationToken);

    /// <summary>Enters lines within a transaction of the database, last before its commit.</summary>
    Task AppendAsync(DbTransaction transaction, IReadOnlyList<AccessRecord> records, CancellationToken cancellationToken);

    /// <summary>
    /// Lines of the data of these authorities, newest first, without those that retention has erased. The caller has checked the viewer's
    /// right.
    /// </summary>
    /// <exception cref="FormatException">The cursor is invalid.</exception>
    Task<Page<AccessLine>> ReadAsync(
        IReadOnlyCollection<string> authorities, AccessQuery query, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>The newest signed head.</summary>
    /// <exception cref="Ledger.Tree.LedgerDamagedException">The head is missing.</exception>
    Task<AccessHead> HeadAsync(CancellationToken cancellationToken);
}
