using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Figures;

/// <summary>
/// Reads the stored counts. Past months are cached. They can change: a message retried from quarantine counts in the month in which it was
/// received, and so does a message that waited for the database while the month ended. The first invalidates the cache at once, the second
/// takes up to <see cref="Kept"/>.
/// </summary>
internal sealed class FigureReader(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, TimeProvider time) : IFigureReader
{
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Month, Closed> _closed = new();

    /// <summary>The number of resolved quarantine rows, and when the last was resolved.</summary>
    private sealed record Retried(int Count, DateTimeOffset? Last);

    private sealed record Closed(IReadOnlyDictionary<int, long> Volumes, Retried Retried, long ReadAt);

    /// <inheritdoc />
    public async Task<LetterCounts> LettersAsync(
        Viewer viewer, string? caseType, Month first, Month last, CancellationToken cancellationToken)
    {
        var grants = GrantConditions.OfLetters(Counting(viewer), ViewerRights.Counts);
        if (grants.Count == 0) return LetterCounts.None;
        var authorities = GrantConditions.WholeAuthorities(grants);
        var limited = grants.Where(g => !GrantConditions.IsWhole(g.Limits)).ToList();
        var (from, to) = (first.Number, last.Number);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = new List<Counted>();
        if (authorities.Length > 0)
        {
            var tallies = db.LetterTallies.AsNoTracking()
                .Where(t => authorities.Contains(t.Authority) && t.Month >= from && t.Month <= to && t.Count != 0);
            if (caseType is not null) tallies = tallies.Where(t => t.CaseType == caseType);
            rows.AddRange(await tallies.GroupBy(t => new { t.Month, t.What, t.Span })
                .Select(g => new Counted(g.Key.Month, g.Key.What, g.Key.Span, g.Sum(t => t.Count))).ToListAsync(cancellationToken));
        }

        if (limited.Count > 0)
        {
            var tallies = db.SubjectTallies.AsNoTracking().Where(t => t.Month >= from && t.Month <= to && t.Count != 0)
                .Where(GrantConditions.Within<StoredSubjectTally>(limited));
            if (caseType is not null) tallies = tallies.Where(t => t.CaseType == caseType);
            rows.AddRange(await tallies.GroupBy(t => new { t.Month, t.What, t.Span })
                .Select(g => new Counted(g.Key.Month, g.Key.What, g.Key.Span, g.Sum(t => t.Count))).ToListAsync(cancellationToken));
        }

        return new LetterCounts(rows.Select(r => (new Month(r.Month), r.What, r.Span, r.Count)));
    }

    private sealed record Counted(int Month, string What, int Span, long Count);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<Month, long>> VolumeAsync(
        Viewer viewer, string beskedtype, Month first, Month last, CancellationToken cancellationToken)
    {
        var type = Identifier.Normalise(beskedtype);
        return await CountAsync(viewer, kind => Identifier.Normalise(kind.Beskedtype) == type, first, last, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<long> MessagesAsync(Viewer viewer, Month first, Month last, CancellationToken cancellationToken) =>
        (await CountAsync(viewer, null, first, last, cancellationToken)).Values.Sum();

    private async Task<IReadOnlyDictionary<Month, long>> CountAsync(
        Viewer viewer, Func<StoredMessageKind, bool>? wanted, Month first, Month last, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<Month, long>();
        var counting = Counting(viewer);
        if (counting.Grants.Count == 0) return counts;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var seen = (await kindCache.ReadAsync(db, cancellationToken)).OfAuthorities(counting, ViewerRights.Counts, wanted);
        var kinds = seen.Limits?.Free ?? seen.Ids;
        var retried = await RetriedAsync(db, cancellationToken);
        for (var month = first; month <= last; month += 1)
        {
            var volumes = await VolumesAsync(db, month, retried, cancellationToken);
            var count = kinds.Sum(k => volumes.GetValueOrDefault(k));
            if (seen.Limits is { } limits)
            {
                var (from, to) = (month.Begins, month.Ends);
                count += await limits.Limited(db, db.Messages.AsNoTracking().Where(m => m.ReceivedAt >= from && m.ReceivedAt < to))
                    .LongCountAsync(cancellationToken);
            }

            if (count > 0) counts[month] = count;
        }

        return counts;
    }

    private static async Task<Retried> RetriedAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var resolved = db.Quarantine.Where(q => q.ResolvedAt != null);
        return new Retried(await resolved.CountAsync(cancellationToken), await resolved.MaxAsync(q => q.ResolvedAt, cancellationToken));
    }

    // The state of retries is read before the volumes, so that a retry in between makes the next read refresh.
    private async Task<IReadOnlyDictionary<int, long>> VolumesAsync(
        IngestionDbContext db, Month month, Retried retried, CancellationToken cancellationToken)
    {
        if (_closed.TryGetValue(month, out var known) && known.Retried == retried && time.GetElapsedTime(known.ReadAt) < Kept)
            return known.Volumes;
        var now = time.GetUtcNow();
        if (month.Begins > now) return new Dictionary<int, long>();
        var (first, end) = (VolumeTally.BucketOf(month.Begins, VolumeTally.Hour), VolumeTally.BucketOf(month.Ends, VolumeTally.Hour));
        var read = await db.Volumes.AsNoTracking()
            .Where(v => v.Span == VolumeTally.Hour && v.Bucket >= first && v.Bucket < end && v.Kind < int.MaxValue)
            .GroupBy(v => v.Kind).Select(g => new { g.Key, Count = g.Sum(v => v.Count) })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        if (now > month.Ends + Slack) _closed[month] = new Closed(read, retried, time.GetTimestamp());
        return read;
    }

    // A number of letters or messages names nobody, so viewers who may read chains may count too.
    private static Viewer Counting(Viewer viewer) => Viewer.Of(
        viewer.Id, viewer.Name,
        viewer.Grants.Where(g => g.May(ViewerRights.Counts) || g.May(ViewerRights.Chains))
            .Select(g => g with { Rights = ViewerRights.Counts }));
}
