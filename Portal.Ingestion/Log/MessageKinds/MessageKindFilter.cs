using Microsoft.EntityFrameworkCore;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>A subset of the message kinds: those that a viewer may see and a filter asks for.</summary>
/// <param name="Ids">Their numbers, rising.</param>
/// <param name="Of">The number of all kinds.</param>
/// <param name="Last">The highest number of any kind: rows of later kinds are not in the selection, unless it holds <see cref="Unknown"/>
/// ones.</param>
public sealed record MessageKindFilter(int[] Ids, int Of, int Last)
{
    /// <summary>
    /// Rows whose number no kind has are in it too, to be shown as unreadable. A row of a kind that was made after the kinds were read
    /// looks the same: whoever reads without a bound on the sequence looks again (<see cref="MessageKindSnapshot.Knows"/>).
    /// </summary>
    public bool Unknown { get; init; }

    // A query for each kind costs less than a sort, while they are this few.
    private const int Few = 48;

    /// <summary>True when no message can match.</summary>
    public bool IsEmpty => Ids.Length == 0 && !Unknown;

    /// <summary>So few, and so selective, that the newest of each kind are best read from the index by kind.</summary>
    public bool IsSelective => Ids.Length <= Few && Ids.Length < (Of + 1) / 2;

    /// <summary>The intersection of two filters.</summary>
    public MessageKindFilter And(MessageKindFilter other) =>
        this with { Ids = [.. Ids.Intersect(other.Ids).Order()], Unknown = Unknown && other.Unknown };

    /// <summary>
    /// The messages of these kinds, in the order that the query asks for. The plus zero keeps the database from going by the index of
    /// kinds, which would have it sort all that match.
    /// </summary>
    public IQueryable<StoredMessage> In(IQueryable<StoredMessage> messages)
    {
        var (ids, last) = (Ids, Last);
        if (IsEmpty) return messages.Where(m => false);
        return (ids.Length == Of, Unknown) switch
        {
            (true, true) => messages,
            (true, false) => messages.Where(m => m.Kind + 0 <= last && m.Kind + 0 > 0),
            (false, true) => messages.Where(m => EF.Parameter(ids).Contains(m.Kind + 0) || m.Kind + 0 > last || m.Kind + 0 < 1),
            _ => messages.Where(m => EF.Parameter(ids).Contains(m.Kind + 0)),
        };
    }

    /// <summary>The messages of no kind there is, by the index of kinds.</summary>
    public IQueryable<StoredMessage> OfUnknown(IQueryable<StoredMessage> messages)
    {
        var last = Last;
        return messages.Where(m => m.Kind < 1 || m.Kind > last);
    }
}
