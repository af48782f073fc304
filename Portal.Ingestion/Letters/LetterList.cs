using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Which letters a list has; null leaves a condition out.</summary>
/// <param name="Verdict">At the moment of reading.</param>
/// <param name="From">Sent at or after, UTC.</param>
/// <param name="To">Sent before, UTC.</param>
/// <param name="Kind">What the last day to appeal rests on.</param>
public sealed record LetterQuery(Verdict? Verdict = null, DateTimeOffset? From = null, DateTimeOffset? To = null, AppealKind? Kind = null);

/// <summary>Lists letters across cases by verdict, period and what their last day to appeal rests on, newest first.</summary>
public interface ILetterList
{
    /// <summary>A page of letters that the viewer may see.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    [Demands(ViewerRights.Cases)]
    Task<Page<LetterView>> ReadAsync(Viewer viewer, LetterQuery query, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>The number of letters that the viewer may see.</summary>
    [Demands(ViewerRights.Cases)]
    Task<long> CountAsync(Viewer viewer, LetterQuery query, CancellationToken cancellationToken);
}

/// <inheritdoc />
public sealed class LetterList(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, PortalSettings settings, TimeProvider time) : ILetterList
{
    private const int MaxLimit = 1000;

    /// <inheritdoc />
    public async Task<Page<LetterView>> ReadAsync(
        Viewer viewer, LetterQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(query);
        var (take, now, after) = (Math.Clamp(limit, 1, MaxLimit), time.GetUtcNow(), LetterCursor.Parse(cursor));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var letters = Narrowed(await LetterFilter.NewestAsync(db, viewer, cancellationToken), query, now);
        if (after is not null)
        {
            var (at, key) = (after.At, after.NumericKey);
            letters = letters.Where(l => l.SentAt < at || (l.SentAt == at && l.Key < key));
        }

        // One more than asked for shows whether there is a next page.
        var rows = await letters.OrderByDescending(l => l.SentAt).ThenByDescending(l => l.Key).Take(take + 1)
            .ToListAsync(cancellationToken);
        var shown = rows.Take(take).ToList();
        var views = await new LetterViewBuilder(db, kindCache, settings, viewer).BuildAsync(shown, now, cancellationToken);
        return new Page<LetterView>([.. views], rows.Count > take
            ? new LetterCursor(shown[^1].SentAt.UtcTicks, 0, shown[^1].Key.ToString(CultureInfo.InvariantCulture)).ToString()
            : null);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(Viewer viewer, LetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Narrowed(LetterFilter.Letters(db, viewer), query, time.GetUtcNow()).LongCountAsync(cancellationToken);
    }

    private IQueryable<StoredLetter> Narrowed(IQueryable<StoredLetter> letters, LetterQuery query, DateTimeOffset now)
    {
        if (query.From is { } from) letters = letters.Where(l => l.SentAt >= from);
        if (query.To is { } to) letters = letters.Where(l => l.SentAt < to);
        letters = query.Verdict switch
        {
            null => letters,
            Verdict.EvidenceMissing => letters.Where(EvidenceDeadline.IsMissingAt(now)),
            Verdict.OnItsWay => letters.Where(l => l.Verdict == OnItsWay && !(l.EvidenceDeadline <= now)),
            Verdict.NoReceipt => letters.Where(
                l => l.Verdict == OnItsWay && l.EvidenceDeadline <= now && l.Receipts != ReceiptNames.All),
            { } other => WithVerdict(letters, other.ToWire()),
        };
        return query.Kind switch
        {
            null => letters,
            AppealKind.None => letters.Where(l => !l.Decision || l.CaseType == null || !Types.Contains(l.CaseType)
                || !((l.Verdict == Delivered && l.VerdictAt != null) || (l.Verdict == HandedToPost && l.PostedAt != null))),
            AppealKind.Proven => WithPeriod(letters).Where(l => l.Verdict == Delivered && l.VerdictAt != null),
            _ => WithPeriod(letters).Where(l => l.Verdict == HandedToPost && l.PostedAt != null),
        };
    }

    private static readonly string OnItsWay = Verdict.OnItsWay.ToWire();
    private static readonly string Delivered = Verdict.Delivered.ToWire();
    private static readonly string HandedToPost = Verdict.HandedToPost.ToWire();

    // Case types are stored as the codes that have a period (CaseTypeCode), when they mean one.
    private string[] Types { get; } = [.. settings.AppealPeriods.Keys];

    private IQueryable<StoredLetter> WithPeriod(IQueryable<StoredLetter> letters) =>
        letters.Where(l => l.Decision && l.CaseType != null && Types.Contains(l.CaseType));

    private static IQueryable<StoredLetter> WithVerdict(IQueryable<StoredLetter> letters, string verdict) =>
        letters.Where(l => l.Verdict == verdict);
}
