using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>The kinds at a moment, and who may see them. Immutable.</summary>
public sealed class MessageKindSnapshot
{
    private readonly IReadOnlyList<StoredMessageKind> _all;
    private readonly Dictionary<int, StoredMessageKind> _byId;
    private readonly IReadOnlyDictionary<string, StoredBeskedtype> _types;
    private readonly StoredMessageKind _unknown;
    private readonly int[] _gaps;

    private MessageKindSnapshot(IReadOnlyList<StoredMessageKind> all, IReadOnlyDictionary<string, StoredBeskedtype> types, string own)
    {
        (_all, _types) = (all, types);
        _byId = all.ToDictionary(k => k.Id);
        Last = all.Count == 0 ? 0 : all[^1].Id;
        _unknown = new StoredMessageKind { Transport = UnknownText, Authority = own, Beskedtype = UnknownText };
        _gaps = [.. Gaps()];
    }

    /// <summary>Used where the transport and type of an unknown kind would be.</summary>
    public const string UnknownText = "?";

    // PostgreSQL's identity numbers have gaps after rollbacks; with more gaps than this, none are listed.
    private const int MostGaps = 1000;

    /// <summary>The snapshot before the first read.</summary>
    /// <param name="own">The configured authority, to which rows of an unknown kind belong.</param>
    public static MessageKindSnapshot Empty(string own) => new([], new Dictionary<string, StoredBeskedtype>(), own);

    /// <summary>The highest number known.</summary>
    public int Last { get; }

    /// <summary>
    /// The kind of a row that was read with <see cref="Last"/> as upper bound. For an unknown number (a damaged row, or a missing row of a
    /// kind) it is an empty kind: of the configured authority, not a post status, of an unknown and so confidential type.
    /// </summary>
    public StoredMessageKind this[int id] => _byId.GetValueOrDefault(id) ?? _unknown with { Id = id };

    /// <summary>True when there is a kind of that number.</summary>
    public bool Knows(int id) => _byId.ContainsKey(id);

    /// <summary>The type's row in the catalogue; null when it has none.</summary>
    public StoredBeskedtype? TypeOf(StoredMessageKind kind) => _types.GetValueOrDefault(kind.Beskedtype);

    /// <summary>The type's name.</summary>
    public string NameOf(StoredMessageKind kind) => TypeOf(kind)?.Name ?? CatalogueSeed.UnknownName;

    /// <summary>
    /// True when only viewers granted the type may see it: classified by its sender, or of a type that is not marked as open.
    /// </summary>
    public bool IsConfidential(StoredMessageKind kind) => kind.Classified || (TypeOf(kind)?.Confidential ?? true);

    /// <summary>The authorities that have post statuses, each once.</summary>
    public IEnumerable<string> PostAuthorities() => _all.Where(k => k.IsPostStatus).SelectMany(k => k.Authorities()).Distinct();

    /// <summary>The kinds for which <paramref name="wanted"/> is true.</summary>
    public MessageKindFilter Where(Func<StoredMessageKind, bool> wanted)
    {
        int[] ids = [.. _all.Where(wanted).Select(k => k.Id)];

        // Rows of an unknown kind are tested in the same way, so a viewer of the configured authority's confidential messages finds them.
        return wanted(_unknown)
            ? new([.. ids.Concat(_gaps).Order()], _all.Count + _gaps.Length, Last) { Unknown = true }
            : new(ids, _all.Count + _gaps.Length, Last);
    }

    /// <summary>Messages of the viewer's authorities and types, when it has <paramref name="rights"/>; none otherwise.</summary>
    public MessageKindFilter Visible(
        Viewer viewer, ViewerRights rights = ViewerRights.Messages, Func<StoredMessageKind, bool>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return Of([.. viewer.GrantsOf(rights).Select(g => new KindScope(this, g, byType: true))], wanted);
    }

    /// <summary>Messages of the viewer's authorities, of any type: for counts.</summary>
    public MessageKindFilter OfAuthorities(Viewer viewer, ViewerRights rights, Func<StoredMessageKind, bool>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return Of([.. viewer.GrantsOf(rights).Select(g => new KindScope(this, g, byType: false))], wanted);
    }

    /// <summary>A snapshot of these kinds and newer ones.</summary>
    internal MessageKindSnapshot With(IEnumerable<StoredMessageKind> fresh, IReadOnlyDictionary<string, StoredBeskedtype> types) =>
        new([.. _all, .. fresh], types, _unknown.Authority);

    private IEnumerable<int> Gaps() => Last - _all.Count > MostGaps ? [] : Enumerable.Range(1, Last).Where(id => !_byId.ContainsKey(id));

    private MessageKindFilter Of(IReadOnlyList<KindScope> scopes, Func<StoredMessageKind, bool>? wanted)
    {
        var free = Where(kind => scopes.Any(s => s.HasAll(kind)) && (wanted is null || wanted(kind)));
        if (scopes.All(s => s.IsWhole)) return free;
        var known = free.Ids.ToHashSet();
        var open = _all.Where(k => k.IsPostStatus && !known.Contains(k.Id) && (wanted is null || wanted(k))).ToList();
        var branches = scopes.Where(s => !s.IsWhole).Select(s => s.Branch(open)).Where(b => b.Posts.Length > 0).ToList();
        return branches.Count == 0 ? free : free with
        {
            Ids = [.. free.Ids.Union(branches.SelectMany(b => b.Posts)).Order()],
            Limits = new MessageLimits(free.Ids, Last, free.Unknown, branches),
        };
    }
}
