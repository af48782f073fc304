using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>
/// What a kind alone does not decide for a viewer with limits. A post status that belongs to letters goes by them, all of them: it is shown
/// whole, so one letter outside is enough to hide it. Any other message goes by its own OpgaveEmne, which is part of its kind.
/// </summary>
/// <param name="Free">Kinds whose messages are all within.</param>
/// <param name="Last">The highest number of any kind.</param>
/// <param name="Unknown">Rows of an unknown kind are within, too.</param>
/// <param name="Branches">One for each grant with limits.</param>
public sealed record MessageLimits(int[] Free, int Last, bool Unknown, IReadOnlyList<MessageLimits.Branch> Branches)
{
    /// <summary>A grant with limits, and the kinds of post statuses that its authority and types admit.</summary>
    /// <param name="Grant">The grant.</param>
    /// <param name="Posts">All of these kinds.</param>
    /// <param name="Own">Those whose own OpgaveEmne is within the limits.</param>
    public sealed record Branch(Grant Grant, int[] Posts, int[] Own);

    /// <summary>The kinds whose messages may be within without a letter.</summary>
    public int[] Alone { get; } = [.. Free.Union(Branches.SelectMany(b => b.Own)).Order()];

    /// <summary>The messages within the limits.</summary>
    public IQueryable<StoredMessage> In(IngestionDbContext db, IQueryable<StoredMessage> messages)
    {
        var (free, last) = (Free, Last);
        var branches = Branches.Select(b => Of(db, b)).ToList();
        branches.Insert(0, Unknown
            ? m => EF.Parameter(free).Contains(m.Kind + 0) || m.Kind + 0 > last || m.Kind + 0 < 1
            : m => EF.Parameter(free).Contains(m.Kind + 0));
        return messages.Where(GrantConditions.Any(branches));
    }

    /// <summary>Those of them that are not of a free kind.</summary>
    public IQueryable<StoredMessage> Limited(IngestionDbContext db, IQueryable<StoredMessage> messages) =>
        messages.Where(GrantConditions.Any([.. Branches.Select(b => Of(db, b))]));

    /// <summary>Those of them that belong to no letter and are not of a free kind, read from the index by kind.</summary>
    public IQueryable<StoredMessage> WithoutLetter(IngestionDbContext db, IQueryable<StoredMessage> messages)
    {
        int[] own = [.. Branches.SelectMany(b => b.Own).Distinct()];
        var placed = db.PlacedMessages();
        return messages.Where(m => EF.Parameter(own).Contains(m.Kind) && !placed.Any(p => p.Sequence == m.Sequence));
    }

    private static Expression<Func<StoredMessage, bool>> Of(IngestionDbContext db, Branch branch)
    {
        var (posts, own) = (branch.Posts, branch.Own);
        var placed = db.PlacedMessages();
        var outside = db.PlacedMessages().Where(GrantConditions.Outside<PlacedMessage>(branch.Grant));
        return m => EF.Parameter(posts).Contains(m.Kind + 0)
            && (EF.Parameter(own).Contains(m.Kind + 0) || placed.Any(p => p.Sequence == m.Sequence))
            && !outside.Any(p => p.Sequence == m.Sequence);
    }
}
