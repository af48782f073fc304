using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Reads cases, letters and the worklist as a viewer may see them.</summary>
public sealed class CaseReader(IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, PortalSettings settings,
    CprHash cprHash, TimeProvider time) : ICaseReader
{
    private const int MaxLimit = 1000;

    // Letters whose arrival may be in doubt are few; those above this number are not looked at.
    private const int MostDoubtful = 1000;

    /// <inheritdoc />
    public async Task<CaseView?> FindAsync(Viewer viewer, string caseNumber, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = IdentifierKey.Of(caseNumber);
        var letters = await LetterFilter.Letters(db, viewer).Where(l => l.CaseNumberKey == key)
            .OrderByDescending(l => l.SentAt).ThenByDescending(l => l.Key).ToListAsync(cancellationToken);
        if (letters.Count == 0) return null;
        var views = await new LetterViewBuilder(db, kindCache, settings, viewer).BuildAsync(letters, time.GetUtcNow(), cancellationToken);
        var authorities = letters.Select(l => l.Authority).Distinct().ToArray();
        var numbers = letters.Select(l => l.CaseNumber).Distinct().ToArray();
        var held = await db.CaseHolds.AnyAsync(
            h => EF.Parameter(authorities).Contains(h.Authority) && EF.Parameter(numbers).Contains(h.CaseNumber), cancellationToken);
        var holds = await db.CaseHoldEntries.AsNoTracking().Where(h => EF.Parameter(authorities).Contains(h.Authority)
            && EF.Parameter(numbers).Contains(h.CaseNumber)).OrderByDescending(h => h.Id).ToListAsync(cancellationToken);
        return new CaseView(letters.MinBy(l => l.Key)!.CaseNumber,
            CprNumber.MaskInOrNull(letters.Select(l => l.CaseType).FirstOrDefault(t => t is not null)), held, [.. views])
        {
            Holds = [.. holds.Select(h => new HoldEntry(h.On, h.At, h.ByName, CprNumber.MaskIn(h.Reason)))],
        };
    }

    /// <inheritdoc />
    public async Task<Page<CaseSummary>> SearchAsync(
        Viewer viewer, string? text, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (keys, next) = await new CaseHits(db, viewer, text).FindAsync(cursor, Math.Clamp(limit, 1, MaxLimit), cancellationToken);
        var hits = new LetterHits(db, viewer, text);
        var summaries = await Summaries(db, viewer).ReadAsync([.. keys], l => hits.Matches(l.Hit), cancellationToken);
        return new Page<CaseSummary>([.. keys.Where(summaries.ContainsKey).Select(n => summaries[n])], next);
    }

    /// <inheritdoc />
    public async Task<Page<CaseSummary>> ByNumberAsync(
        Viewer viewer, bool descending, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (viewer.AuthoritiesOf(ViewerRights.Cases).Length != 1) return await SearchAsync(viewer, null, cursor, limit, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (keys, next) = await CaseNumbers.ReadAsync(
            db, viewer, descending, cursor, Math.Clamp(limit, 1, MaxLimit), cancellationToken);
        var summaries = await Summaries(db, viewer).ReadAsync([.. keys], _ => false, cancellationToken);
        return new Page<CaseSummary>([.. keys.Where(summaries.ContainsKey).Select(n => summaries[n])], next);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CaseSummary>> SearchByCprAsync(Viewer viewer, CprNumber cpr, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = cprHash.Of(cpr);
        var keys = await LetterFilter.Letters(db, viewer).Where(l => l.RecipientHash == hash).Select(l => l.CaseNumberKey).Distinct()
            .Take(MaxLimit).ToArrayAsync(cancellationToken);
        var found = await Summaries(db, viewer).ReadAsync(keys, l => hash.SequenceEqual(l.RecipientHash ?? []), cancellationToken);
        return [.. found.Values.OrderByDescending(c => c.LatestSentAt).ThenBy(c => c.CaseNumber, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public async Task<Page<FollowUpItem>> FollowUpAsync(
        Viewer viewer, FollowUpReason? reason, bool newestFirst, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await new Worklist(db, kindCache, await kindCache.ReadAsync(db, cancellationToken), settings, viewer, time.GetUtcNow())
            .ReadAsync(new WorkQuery(reason, NewestFirst: newestFirst), cursor, Math.Clamp(limit, 1, MaxLimit), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<long> AttentionCountAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.Cases)) return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await new Worklist(db, kindCache, await kindCache.ReadAsync(db, cancellationToken), settings, viewer, time.GetUtcNow())
            .CountAsync(new WorkQuery(), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<EvidenceCounts> CountAsync(Viewer viewer, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var counted = await LetterFilter.Letters(db, viewer, ViewerRights.Counts).Where(l => l.SentAt >= from)
            .GroupBy(EvidenceDeadline.CurrentAt(now))
            .Select(g => new { Verdict = g.Key, Count = g.LongCount() })
            .ToListAsync(cancellationToken);
        long Of(Verdict verdict) => counted.Where(c => Verdicts.FromWire(c.Verdict) == verdict).Sum(c => c.Count);
        return new EvidenceCounts(
            counted.Sum(c => c.Count), Of(Verdict.Delivered), Of(Verdict.HandedToPost), Of(Verdict.OnItsWay), Of(Verdict.EvidenceMissing),
            Of(Verdict.Failed), Of(Verdict.Returned), Of(Verdict.Recalled))
        {
            NoReceipt = Of(Verdict.NoReceipt), InDoubt = await InDoubtAsync(db, viewer, from, now, cancellationToken),
        };
    }

    // Contradictions are counted by the database. What else makes an arrival doubtful is in the statuses: of the few letters that can be
    // concerned they are read whole.
    private async Task<long> InDoubtAsync(
        IngestionDbContext db, Viewer viewer, DateTimeOffset from, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = Verdict.Delivered.ToWire();
        var delivered = LetterFilter.Letters(db, viewer, ViewerRights.Counts).Where(l => l.SentAt >= from && l.Verdict == name);
        var contradicted = await delivered.LongCountAsync(l => l.Contradiction, cancellationToken);
        var others = await delivered
            .Where(l => !l.Contradiction && (l.VerdictAt < l.SentAt || db.HandMatches.Any(m => m.LetterKey == l.Key)))
            .Take(MostDoubtful).ToListAsync(cancellationToken);
        if (others.Count == 0) return contradicted;
        var views = await new LetterViewBuilder(db, kindCache, settings, viewer).BuildAsync(others, now, cancellationToken);
        return contradicted + views.Count(v => ArrivalGrounds.Of(v).Ground is ArrivalGround.Hand or ArrivalGround.BeforeSending);
    }

    private CaseSummaries Summaries(IngestionDbContext db, Viewer viewer) => new(db, kindCache, settings, viewer, time.GetUtcNow());
}
