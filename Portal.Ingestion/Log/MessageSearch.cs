using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// A filter resolved to kinds and single messages. Kinds are decided in memory; identifiers, cases and error texts are looked up first, so
/// that a search among millions reads only what it shows.
/// </summary>
internal sealed class MessageSearch
{
    private const int MaxWords = 8;

    // A word in more messages than this is common: the newest of them are soon found by examining each message.
    private const int Rare = 5000;

    private MessageSearch(IngestionDbContext db, MessageKindFilter kinds, IReadOnlyList<WordHits> words, MessageFilter filter) =>
        (_db, Kinds, Words, Filter) = (db, kinds, words, filter);

    private readonly IngestionDbContext _db;

    /// <summary>The kinds that the viewer may see and that match type and status; every found message has one of them.</summary>
    public MessageKindFilter Kinds { get; }

    /// <summary>The hits of each word of the text, and of the case number. A message must match all.</summary>
    public IReadOnlyList<WordHits> Words { get; }

    /// <summary>The filter itself; its times are conditions of the query.</summary>
    public MessageFilter Filter { get; }

    /// <summary>True when only the kinds, the times and the viewer's limits decide.</summary>
    public bool IsByKind => Words.Count == 0;

    /// <summary>True when only the kinds and times decide, so that stored volumes are the counts.</summary>
    public bool IsCountedByKind => IsByKind && Kinds.Limits is null;

    /// <summary>Resolves a filter for a viewer.</summary>
    /// <param name="visible">Returns the kinds that the viewer may see among those wanted.</param>
    public static async Task<MessageSearch> ResolveAsync(
        IngestionDbContext db, MessageKindSnapshot kinds, Viewer viewer, MessageFilter filter,
        Func<Func<StoredMessageKind, bool>?, MessageKindFilter> visible, CancellationToken cancellationToken)
    {
        var type = Identifier.Normalise(filter.Type);
        var status = Identifier.Normalise(filter.Status);
        var selection = visible(type is null && status is null ? null : kind => OfType(kinds, kind, type) && OfStatus(kind, status));
        var hits = new List<WordHits>();
        if (!string.IsNullOrWhiteSpace(filter.CaseNumber))
            hits.Add(await CaseAsync(db, viewer, filter.CaseNumber.Trim(), cancellationToken));
        foreach (var word in SearchWords.Of(filter.Text).Take(MaxWords))
        {
            var ofWord = visible(kind => (OfType(kinds, kind, type) && OfStatus(kind, status))
                && (kind.Words().Any(w => Holds(w, word)) || Holds(kinds.NameOf(kind), word)));
            hits.Add(await WordAsync(db, viewer, word, ofWord, cancellationToken));
        }

        // A word that only kinds contain narrows the kinds.
        foreach (var hit in hits.Where(h => h.Sequences is { Length: 0 })) selection = selection.And(hit.Kinds);
        return new MessageSearch(db, selection, [.. hits.Where(h => h.Sequences is not { Length: 0 })], filter);
    }

    /// <summary>Applies the times of the filter.</summary>
    public IQueryable<StoredMessage> InTime(IQueryable<StoredMessage> messages)
    {
        if (Filter.From is { } from) messages = messages.Where(m => m.ReceivedAt >= from);
        if (Filter.To is { } to) messages = messages.Where(m => m.ReceivedAt < to);
        return messages;
    }

    /// <summary>Applies the whole filter as conditions on each message.</summary>
    public IQueryable<StoredMessage> Conditions(IQueryable<StoredMessage> messages)
    {
        messages = Kinds.In(_db, InTime(messages));
        return Words.Aggregate(messages, (current, word) => word.Condition(current));
    }

    /// <summary>Messages with the letter they are matched with, of the letters within what <paramref name="rights"/> let the viewer
    /// see.</summary>
    public static IQueryable<PlacedMessage> Placed(IngestionDbContext db, Viewer viewer, ViewerRights rights = ViewerRights.Messages)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return db.PlacedMessages().Where(GrantConditions.Within<PlacedMessage>(GrantConditions.OfLetters(viewer, rights)));
    }

    private static bool OfType(MessageKindSnapshot kinds, StoredMessageKind kind, string? type) =>
        type is null || Same(kind.Beskedtype, type) || NameKey.AreSame(kinds.NameOf(kind), type);

    // A UUID also finds statuses that were sent with the action's name only.
    private static bool OfStatus(StoredMessageKind kind, string? status) =>
        status is null
        || Same(kind.Action, status)
        || NameKey.AreSame(kind.ActionName, status)
        || NameKey.AreSame(kind.StatusText, status)
        || (KnownHandlinger.Names.ContainsKey(status) && !IsKnown(kind.Action) && Same(KnownHandlinger.Find(kind.StatusText), status));

    private static bool IsKnown(string? action) =>
        action is not null && KnownHandlinger.Names.ContainsKey(Identifier.Normalise(action) ?? "");

    // An earlier version may have stored a UUID in another notation.
    private static bool Same(string? kept, string wanted) =>
        wanted.Equals(kept, StringComparison.OrdinalIgnoreCase)
        || (kept is not null && wanted.Equals(Identifier.Normalise(kept), StringComparison.OrdinalIgnoreCase));

    private static bool Holds(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static async Task<WordHits> CaseAsync(IngestionDbContext db, Viewer viewer, string number, CancellationToken cancellationToken)
    {
        var key = IdentifierKey.Of(number);
        var ofCase = Placed(db, viewer).Where(p => p.CaseNumberKey == key).Select(p => p.Sequence);
        return await HitsAsync(new MessageKindFilter([], 0, 0), [ofCase], [], cancellationToken);
    }

    private static async Task<WordHits> WordAsync(
        IngestionDbContext db, Viewer viewer, string word, MessageKindFilter ofWord, CancellationToken cancellationToken)
    {
        var (pattern, id) = ($"%{Literal(word)}%", $"%{Literal(IdentifierKey.Of(word))}%");
        var ofLetter = Placed(db, viewer)
            .Where(p => EF.Functions.Like(p.CaseNumberKey, id, "\\") || EF.Functions.Like(p.LetterIdKey, id, "\\")
                || EF.Functions.Like(p.Title, pattern, "\\"))
            .Select(p => p.Sequence);
        return await HitsAsync(ofWord, [ofLetter, ErrorWords.Holding(db, word)],
            await IdentifierSearch.FindAsync(db, word, Rare, cancellationToken), cancellationToken);
    }

    private static async Task<WordHits> HitsAsync(
        MessageKindFilter kinds, IReadOnlyList<IQueryable<long>> sources, IReadOnlyList<long> found, CancellationToken cancellationToken)
    {
        var rare = new HashSet<long>(found);
        var common = new List<IQueryable<long>>();
        foreach (var source in sources)
        {
            var hits = await source.Take(Rare + 1).ToListAsync(cancellationToken);
            if (hits.Count > Rare) common.Add(source);
            else rare.UnionWith(hits);
        }

        return new WordHits(kinds, [.. rare.Order()], common);
    }

    // Escapes the wildcards of LIKE.
    private static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
}

/// <summary>The hits of a word.</summary>
/// <param name="Kinds">Kinds whose texts contain it.</param>
/// <param name="Rare">Single messages that contain it.</param>
/// <param name="Common">Queries of further messages, too many to list.</param>
internal sealed record WordHits(MessageKindFilter Kinds, long[] Rare, IReadOnlyList<IQueryable<long>> Common)
{
    /// <summary>The single messages when all are listed; null when there are too many.</summary>
    public long[]? Sequences => Common.Count == 0 ? Rare : null;

    /// <summary>
    /// The word as a condition. When only single messages contain it, the condition is on their numbers alone: the database then finds them
    /// by key and does not scan.
    /// </summary>
    public IQueryable<StoredMessage> Condition(IQueryable<StoredMessage> messages)
    {
        var (ids, rare) = (Kinds.Ids, Rare);
        return Common switch
        {
            [] when Kinds.IsEmpty => messages.Where(m => EF.Parameter(rare).Contains(m.Sequence)),
            [var one, var two] => messages.Where(m => EF.Parameter(ids).Contains(m.Kind + 0) || EF.Parameter(rare).Contains(m.Sequence)
                || one.Contains(m.Sequence) || two.Contains(m.Sequence)),
            [var one] => messages.Where(m =>
                EF.Parameter(ids).Contains(m.Kind + 0) || EF.Parameter(rare).Contains(m.Sequence) || one.Contains(m.Sequence)),
            _ => messages.Where(m => EF.Parameter(ids).Contains(m.Kind + 0) || EF.Parameter(rare).Contains(m.Sequence)),
        };
    }
}
