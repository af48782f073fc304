using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>Writes hand matches and folds the letters that they touch, in one transaction.</summary>
public sealed class HandMatching(IDbContextFactory<IngestionDbContext> contexts, KindBook book, WriteGate gate, LogSignal signal, PortalSettings settings, TimeProvider time) : IHandMatching
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<LetterChoice>> FindLettersAsync(Viewer viewer, string? text, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<LetterChoice>();
        await foreach (var letter in new LetterHits(db, viewer, text).FindAsync(null, cancellationToken))
        {
            found.Add(new LetterChoice(letter.CaseNumber, letter.LetterId, CprNumber.MaskIn(letter.Title), CprNumber.MaskIn(letter.RecipientName), letter.SentAt));
            if (found.Count == limit) break;
        }

        return found;
    }

    /// <inheritdoc />
    public async Task<bool> AssignAsync(Viewer viewer, string rowId, string letterId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (WorkRow.Parse(rowId) is not { Rank: WorkRow.Status } row) return false;
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);
        var kinds = await book.ReadAsync(db, cancellationToken);
        var status = await LetterFilter.Statuses(db, kinds, viewer).SingleOrDefaultAsync(m => m.Sequence == row.Key && m.LetterKey == null, cancellationToken);
        var letter = await LetterFilter.FindAsync(LetterFilter.Letters(db, viewer), letterId, cancellationToken);
        if (status is null || letter is null || !kinds[status.Kind].Authorities().Contains(letter.Authority)) return false;

        db.HandMatches.Add(new StoredHandMatch { Sequence = row.Key, LetterKey = letter.Key, At = time.GetUtcNow(), ById = viewer.Id, ByName = WorkDesk.NameOf(viewer) });
        Add(db, viewer, letter.Authority, row, WorkDeed.StatusAssigned, letter.LetterId);
        await PlaceAsync(db, row.Key, new MatchResult(MatchResult.MatchedState, letter.Key), [letter.Key], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return true;
    }

    /// <inheritdoc />
    public async Task<bool> UndoAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);
        var kinds = await book.ReadAsync(db, cancellationToken);
        var message = await db.MessagesOf([Envelopes.Identifier.AsBeskedId(beskedId) ?? beskedId]).SingleOrDefaultAsync(cancellationToken);
        if (message is null || !await LetterFilter.Statuses(db, kinds, viewer).AnyAsync(m => m.Sequence == message.Sequence, cancellationToken)) return false;
        if (await db.HandMatches.SingleOrDefaultAsync(m => m.Sequence == message.Sequence, cancellationToken) is not { } match) return false;

        db.HandMatches.Remove(match);
        var letterId = await db.Letters.Where(l => l.Key == match.LetterKey).Select(l => l.LetterId).SingleAsync(cancellationToken);
        Add(db, viewer, kinds[message.Kind].Authorities()[0], new WorkRow(WorkRow.Status, message.Sequence), WorkDeed.StatusUnassigned, letterId);
        var result = (await new MatchStore(db, book, settings).DecideAsync([new LoggedStatus(message, kinds[message.Kind])], cancellationToken))[0];
        await PlaceAsync(db, message.Sequence, result, result.LetterKey is { } other ? [match.LetterKey, other] : [match.LetterKey], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return true;
    }

    private async Task PlaceAsync(IngestionDbContext db, long sequence, MatchResult result, long[] letters, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        var since = result.State == MatchResult.WaitingState ? await db.Messages.Where(m => m.Sequence == sequence).Select(m => m.ReceivedAt).SingleAsync(cancellationToken) : now;
        await db.StatusMatches.Where(m => m.Sequence == sequence)
            .ExecuteUpdateAsync(m => m.SetProperty(s => s.State, result.State).SetProperty(s => s.LetterKey, result.LetterKey).SetProperty(s => s.Since, since)
                .SetProperty(s => s.Matcher, StatusMatching.Version).SetProperty(s => s.Mute, (long?)null), cancellationToken);
        await new MatchStore(db, book, settings).RefoldAsync(letters, now, cancellationToken);
    }

    private void Add(IngestionDbContext db, Viewer viewer, string authority, WorkRow row, WorkDeed deed, string letterId) => db.WorkEntries.Add(new StoredWorkEntry
    {
        Rank = row.Rank, Key = row.Key, Authority = authority, Deed = deed.ToString(), At = time.GetUtcNow(), ById = viewer.Id, ByName = WorkDesk.NameOf(viewer), Other = letterId,
    });
}
