using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>A subset of the message kinds: those that a viewer may see and that match a filter.</summary>
/// <param name="Ids">Their numbers, ascending; with <see cref="Unknown"/> also numbers up to <paramref name="Last"/> without a
/// kind.</param>
/// <param name="Of">How many numbers there are in all, those without a kind included.</param>
/// <param name="Last">The highest number of any kind: rows of later kinds do not match, unless <see cref="Unknown"/> is set.</param>
public sealed record MessageKindFilter(int[] Ids, int Of, int Last)
{
    /// <summary>
    /// Rows with a number without a kind match too, to be shown as unreadable. Rows of a kind stored after the snapshot also match: a
    /// caller that reads without an upper bound on the sequence must check (<see cref="MessageKindSnapshot.Knows"/>).
    /// </summary>
    public bool Unknown { get; init; }

    /// <summary>What the viewer's limits hold besides; null when the kinds alone decide.</summary>
    public MessageLimits? Limits { get; init; }

    // For at most this many kinds, a query for each costs less than a sort.
    private const int Few = 48;

    /// <summary>True when no message can match.</summary>
    public bool IsEmpty => Ids.Length == 0 && !Unknown;

    /// <summary>True when the kinds are so few and selective that the newest messages are best read from the index by kind.</summary>
    public bool IsSelective => Ids.Length <= Few && Ids.Length < (Of + 1) / 2;

    /// <summary>The intersection of two filters.</summary>
    public MessageKindFilter And(MessageKindFilter other) =>
        this with { Ids = [.. Ids.Intersect(other.Ids).Order()], Unknown = Unknown && other.Unknown };

    /// <summary>
    /// The messages of these kinds, in the query's order. The added zero keeps the database from using the index by kind, with which it
    /// would have to sort all matches.
    /// </summary>
    public IQueryable<StoredMessage> In(IngestionDbContext db, IQueryable<StoredMessage> messages)
    {
        var (ids, last) = (Ids, Last);
        if (IsEmpty) return messages.Where(m => false);
        if (Limits is not null) messages = WithinLimits(db, messages);
        return (ids.Length == Of, Unknown) switch
        {
            (true, true) => messages,
            (true, false) => messages.Where(m => m.Kind + 0 <= last && m.Kind + 0 > 0),
            (false, true) => messages.Where(m => EF.Parameter(ids).Contains(m.Kind + 0) || m.Kind + 0 > last || m.Kind + 0 < 1),
            _ => messages.Where(m => EF.Parameter(ids).Contains(m.Kind + 0)),
        };
    }

    /// <summary>The messages within the viewer's limits, of whatever kind.</summary>
    public IQueryable<StoredMessage> WithinLimits(IngestionDbContext db, IQueryable<StoredMessage> messages) =>
        Limits is { } limits ? limits.In(db, messages) : messages;

    /// <summary>The messages with an unknown kind below 1 or above <see cref="Last"/>, read from the index by kind.</summary>
    public IQueryable<StoredMessage> OfUnknown(IQueryable<StoredMessage> messages)
    {
        var last = Last;
        return messages.Where(m => m.Kind < 1 || m.Kind > last);
    }
}
