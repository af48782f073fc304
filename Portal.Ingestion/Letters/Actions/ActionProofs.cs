using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Actions;

/// <summary>Reads what people did about a case, with proofs, for evidence.</summary>
public interface IActionProofs
{
    /// <summary>
    /// The entries about a case or one letter of it, with the incidents that count for it; null when the viewer may see no such letters.
    /// </summary>
    /// <param name="letterId">Null: every letter of the case.</param>
    /// <param name="incidents">The ids of the incidents that the evidence names.</param>
    /// <exception cref="Ledger.Tree.LedgerDamagedException">The log's head is missing.</exception>
    [Demands(ViewerRights.Cases)]
    Task<JournalProofs?> OfCaseAsync(
        Viewer viewer, string caseNumber, string? letterId, IReadOnlyCollection<long> incidents, CancellationToken cancellationToken);
}

/// <summary>Reads them from the log of actions.</summary>
internal sealed class ActionProofs(IDbContextFactory<IngestionDbContext> contexts, JournalReader journal) : IActionProofs
{
    /// <inheritdoc />
    public async Task<JournalProofs?> OfCaseAsync(
        Viewer viewer, string caseNumber, string? letterId, IReadOnlyCollection<long> incidents, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = IdentifierKey.Of(caseNumber);
        var letters = await LetterFilter.Letters(db, viewer).Where(l => l.CaseNumberKey == key)
            .Select(l => new { l.Key, l.LetterIdKey, l.Authority }).ToListAsync(cancellationToken);
        if (letterId is not null) letters.RemoveAll(l => l.LetterIdKey != IdentifierKey.Of(letterId));
        if (letters.Count == 0) return null;
        long[] keys = [.. letters.Select(l => l.Key)];
        string[] authorities = [.. letters.Select(l => l.Authority).Distinct()];
        string[] ids = [.. incidents.Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"incident/{i}"))];
        var log = JournalLog.Actions.Number;
        return await journal.ProofsAsync(
            JournalLog.Actions,
            (_, entries) => entries.Where(e => (e.LetterKey != null && EF.Parameter(keys).Contains(e.LetterKey.Value))
                || (e.CaseKey == key && e.LetterKey == null && EF.Parameter(authorities).Contains(e.Authority))
                || (e.Log == log && EF.Parameter(ids).Contains(e.Id) && EF.Parameter(authorities).Contains(e.Authority))),
            cancellationToken);
    }
}
