using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;

namespace Portal.Features.Reports.Monthly;

/// <summary>The state of a report's mail.</summary>
public enum ReportMailState
{
    /// <summary>It waits for its first or next attempt.</summary>
    Waiting,

    /// <summary>A node is sending it.</summary>
    Sending,

    Sent,

    /// <summary>It could not be sent before it expired.</summary>
    GivenUp,

    /// <summary>The recipient was removed, or the schedule ended, before it was sent.</summary>
    Dropped,
}

/// <summary>The mails of a report that are in the same state.</summary>
/// <param name="At">The latest time at which one of them was sent, ended or is tried next, UTC.</param>
/// <param name="Attempts">The most attempts of any of them.</param>
/// <param name="To">Their addresses; empty for viewers who may not edit the schedule.</param>
public sealed record ReportMailStatus(
    int Number, ReportMailState State, int Count, DateTimeOffset At, int Attempts, IReadOnlyList<string> To);

/// <summary>Reads the state of the mails of a scope's three latest reports.</summary>
public sealed class ReportMailStates(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int Latest = 3;

    /// <summary>The states, newest report first; none for reports that the viewer may not see or that were not mailed.</summary>
    [Demands(ViewerRights.Chains)]
    public async Task<IReadOnlyList<ReportMailStatus>> ReadAsync(Viewer viewer, ReportScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(scope);
        if (!viewer.MayCall<ReportMailStates>() || viewer.AuthorityOf(ViewerRights.Chains) is not { } authority) return [];
        var (chain, department) = (scope.ChainId, scope.Department);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var numbers = await db.Set<StoredReport>().Where(r => r.Authority == authority && r.ChainId == chain && r.Department == department)
            .OrderByDescending(r => r.Number).Select(r => r.Number).Take(Latest).ToListAsync(cancellationToken);
        var abouts = numbers.ToDictionary(ReportMails.AboutOf, n => n, StringComparer.Ordinal);
        var known = abouts.Keys.ToArray();
        var mails = await db.OutgoingMails.AsNoTracking()
            .Where(m => m.Authority == authority && m.Kind == ReportMails.Name && known.Contains(m.About)).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return
        [
            .. mails.GroupBy(m => (Number: abouts[m.About], State: Of(m, now))).OrderByDescending(g => g.Key.Number)
                .ThenBy(g => g.Key.State).Select(g => new ReportMailStatus(
                    g.Key.Number, g.Key.State, g.Count(), g.Max(m => m.EndedAt ?? m.DueAt), g.Max(m => m.Attempts),
                    viewer.May(ViewerRights.SteerBenefits) ? [.. g.Select(m => m.Recipient).Order(StringComparer.OrdinalIgnoreCase)] : [])),
        ];
    }

    private static ReportMailState Of(OutgoingMail mail, DateTimeOffset now) => mail.End switch
    {
        MailEnd.Sent => ReportMailState.Sent,
        MailEnd.Dropped => ReportMailState.Dropped,
        MailEnd.GivenUp => ReportMailState.GivenUp,
        _ => mail.Claim is not null && mail.DueAt > now ? ReportMailState.Sending : ReportMailState.Waiting,
    };
}
