using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Portal.Features.Chains.Document;

/// <summary>A chain with its workshop, after <paramref name="Number"/> operations. Immutable.</summary>
/// <param name="Number">Number of the last operation in it; 0 before the first.</param>
/// <param name="Document">The chain.</param>
/// <param name="Workshop">The state of the workshop: timer, votes etc.</param>
/// <param name="Writers">During silent writing: who wrote which text; key <c>property/element</c>, or for a link's assumption
/// <c>assumption/from\nto</c>.</param>
public sealed record ChainState(long Number, ChainDocument Document, WorkshopState Workshop, ImmutableDictionary<string, string> Writers)
{
    // Ids contain no control characters.
    private const char LinkMark = '\n';

    // One document for everyone from whom zones are hidden, so that their pages share what is computed from it.
    private static readonly ConditionalWeakTable<ChainState, ChainDocument> Shown = [];

    /// <summary>Before the first operation.</summary>
    public static ChainState Start { get; } = new(0, ChainDocument.Empty, WorkshopState.None, ImmutableDictionary<string, string>.Empty);

    /// <summary>
    /// The chain as one editor may see it. During silent writing the others' new texts are removed and their boxes marked
    /// <see cref="ChainElement.Withheld"/>; during a step-by-step reveal the boxes in hidden zones, and their links, exist for facilitators
    /// only. Person numbers are shown to those who can remove them, and masked for everyone else.
    /// </summary>
    public ChainDocument For(ChainEditor editor)
    {
        ArgumentNullException.ThrowIfNull(editor);
        return editor.MaySteer
            ? Silently(editor.Key, Document)
            : Readable(editor, Silently(editor.Key, Shown.GetValue(this, state => state.Workshop.ShownOf(state.Document))));
    }

    private static ChainDocument Readable(ChainEditor editor, ChainDocument document) =>
        editor.MayEdit ? document : ChainMask.Of(document);

    /// <summary>The chain without any text that silent writing hides from someone.</summary>
    public ChainDocument ForEveryone() => Silently("", Document);

    /// <summary>True when silent writing hides this text from the editor.</summary>
    public bool IsWithheld(string editorKey, string id, string property) =>
        Workshop.Silent && Writers.TryGetValue(Cell(id, property), out var writer) && writer != editorKey
        && Document.Elements.TryGetValue(id, out var element) && element.Get(property) is not null;

    /// <summary>True when silent writing hides the assumption on this link from the editor.</summary>
    public bool IsWithheld(string editorKey, LinkKey link) =>
        Workshop.Silent && Writers.TryGetValue(AssumptionCell(link.From, link.To), out var writer) && writer != editorKey
        && Document.Links.TryGetValue(link, out var found) && found.Assumption is not null;

    /// <summary>The boxes of <paramref name="cell"/>: one, or the two ends of a link.</summary>
    internal static IEnumerable<string> BoxesOf(string cell) => Split(cell).Id.Split(LinkMark);

    /// <summary>The key in <see cref="Writers"/> of the assumption on a link.</summary>
    internal static string AssumptionCell(string from, string to) => Cell($"{from}{LinkMark}{to}", ChainLink.AssumptionProperty);

    private ChainDocument Silently(string editorKey, ChainDocument document)
    {
        if (!Workshop.Silent || Writers.IsEmpty) return document;
        var (elements, links) = (document.Elements, document.Links);
        foreach (var (cell, writer) in Writers)
        {
            if (writer == editorKey) continue;
            var (id, property) = Split(cell);
            if (id.Split(LinkMark) is [var from, var to])
            {
                var key = new LinkKey(from, to);
                if (links.TryGetValue(key, out var link) && link.Assumption is not null)
                    links = links.SetItem(key, link with { Assumption = null });
            }
            else if (elements.TryGetValue(id, out var element) && element.Get(property) is not null)
            {
                elements = elements.SetItem(id, element.With(property, null) with { Withheld = true });
            }
        }

        return ReferenceEquals(elements, document.Elements) && ReferenceEquals(links, document.Links)
            ? document
            : document with { Elements = elements, Links = links };
    }

    internal static string Cell(string id, string property) => $"{property}/{id}";

    private static (string Id, string Property) Split(string cell) =>
        cell.IndexOf('/', StringComparison.Ordinal) is var n ? (cell[(n + 1)..], cell[..n]) : default;
}

/// <summary>The state of the workshop. Votes and timer are shared, so undo never changes them.</summary>
/// <param name="Code">The code that guests join with; null when closed.</param>
/// <param name="TimerEndsAt">When the timer ends, UTC; null when it does not run.</param>
/// <param name="Revealed">The zones that are shown; null: all.</param>
/// <param name="Silent">Others' texts are withheld.</param>
/// <param name="VotesEach">Votes per participant; null when voting is closed.</param>
/// <param name="Votes">Element id → person (<see cref="ChainEditor.Id"/>) → votes.</param>
/// <param name="Done">Keys of the editors who are done.</param>
/// <param name="Question">The reflection question shown, 0–4; null for none.</param>
/// <param name="Gathered">The last »Saml alle her«; null before the first.</param>
public sealed record WorkshopState(
    string? Code, DateTimeOffset? TimerEndsAt, ImmutableSortedSet<ChainKind>? Revealed, bool Silent, int? VotesEach,
    ImmutableDictionary<string, ImmutableDictionary<string, int>> Votes, ImmutableSortedSet<string> Done, int? Question,
    GatherPoint? Gathered)
{
    /// <summary>No workshop.</summary>
    public static WorkshopState None { get; } =
        new(null, null, null, false, null, ImmutableDictionary<string, ImmutableDictionary<string, int>>.Empty, [], null, null);

    /// <summary>Time left on a paused timer; null when it runs or is stopped.</summary>
    public TimeSpan? TimerLeft { get; init; }

    /// <summary>What guests may do besides voting.</summary>
    public GuestsMay GuestsMay { get; init; }

    /// <summary>Boxes that guests have added: element id → <see cref="ChainEditor.Key"/> of the guest.</summary>
    public ImmutableDictionary<string, string> GuestBoxes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The number of votes on a box.</summary>
    public int VotesFor(string id) => Votes.TryGetValue(id, out var votes) ? votes.Values.Sum() : 0;

    /// <summary>The number of votes a person has given in all.</summary>
    public int VotesOf(string person) => Votes.Values.Sum(v => v.GetValueOrDefault(person));

    /// <summary>True when the zone of this kind is shown.</summary>
    public bool Shows(ChainKind kind) => Revealed is null || Revealed.Contains(kind);

    /// <summary>The boxes in shown zones, and the links between them.</summary>
    public ChainDocument ShownOf(ChainDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (Revealed is null) return document;
        var elements = document.Elements.Where(e => Shows(e.Value.Kind)).ToImmutableDictionary();
        return document with { Elements = elements,
            Links = document.Links.Where(l => elements.ContainsKey(l.Key.From) && elements.ContainsKey(l.Key.To)).ToImmutableDictionary() };
    }
}

/// <summary>
/// The centre (canvas pixels) and zoom of a »Saml alle her«; <paramref name="Number"/> is its operation's number, which tells one call from
/// the next.
/// </summary>
public sealed record GatherPoint(double X, double Y, double Zoom, long Number);
