using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;

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
        var granted = viewer.Types.Granted.Select(g => Identifier.Normalise(g) ?? "").ToHashSet(StringComparer.Ordinal);
        return OfAuthorities(viewer, rights, kind => IsOpenTo(viewer.Types, granted, kind) && (wanted is null || wanted(kind)));
    }

    /// <summary>Messages of the viewer's authorities, of any type: for counts.</summary>
    public MessageKindFilter OfAuthorities(Viewer viewer, ViewerRights rights, Func<StoredMessageKind, bool>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return !viewer.May(rights)
            ? Where(_ => false)
            : Where(kind => (viewer.Authorities.Contains(kind.Authority) || (kind.OtherAuthorities is not null
                && kind.Authorities().Any(viewer.Authorities.Contains))) && (wanted is null || wanted(kind)));
    }

    /// <summary>A snapshot of these kinds and newer ones.</summary>
    internal MessageKindSnapshot With(IEnumerable<StoredMessageKind> fresh, IReadOnlyDictionary<string, StoredBeskedtype> types) =>
        new([.. _all, .. fresh], types, _unknown.Authority);

    private IEnumerable<int> Gaps() => Last - _all.Count > MostGaps ? [] : Enumerable.Range(1, Last).Where(id => !_byId.ContainsKey(id));

    private bool IsOpenTo(TypeScope types, HashSet<string> granted, StoredMessageKind kind) =>
        types.All || granted.Contains(Identifier.Normalise(kind.Beskedtype) ?? "")
        || (TypeOf(kind) is { } type && granted.Contains(type.Name)) || (types.OpenTypes && !IsConfidential(kind));
}
