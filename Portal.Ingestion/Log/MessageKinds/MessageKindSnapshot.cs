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

    // A server's numbers have gaps where a transaction was given up; so many are looked for in a list.
    private const int MostGaps = 1000;

    /// <summary>Before the first read.</summary>
    /// <param name="own">The authority whose dueslag messages come through: what says nothing of its authority is its (DOMAIN §4).</param>
    public static MessageKindSnapshot Empty(string own) => new([], new Dictionary<string, StoredBeskedtype>(), own);

    /// <summary>The highest number known.</summary>
    public int Last { get; }

    /// <summary>
    /// The kind of a row that was read with <see cref="Last"/> as bound. A number that no kind has (a damaged row, or a kind's own row that
    /// is gone) gives one that says nothing: the own authority's, no post status, of an unknown and so confidential type.
    /// </summary>
    public StoredMessageKind this[int id] => _byId.GetValueOrDefault(id) ?? _unknown with { Id = id };

    /// <summary>True when there is a kind of that number.</summary>
    public bool Knows(int id) => _byId.ContainsKey(id);

    /// <summary>The type's row in the catalogue; null for one that is not there.</summary>
    public StoredBeskedtype? TypeOf(StoredMessageKind kind) => _types.GetValueOrDefault(kind.Beskedtype);

    /// <summary>The type's name.</summary>
    public string NameOf(StoredMessageKind kind) => TypeOf(kind)?.Name ?? CatalogueSeed.UnknownName;

    /// <summary>
    /// Seen only by those granted the type: classified by its sender, or of a type that nobody has called open (DOMAIN §1).
    /// </summary>
    public bool IsConfidential(StoredMessageKind kind) => kind.Classified || (TypeOf(kind)?.Confidential ?? true);

    /// <summary>The kinds with <paramref name="wanted"/>.</summary>
    public MessageKindFilter Where(Func<StoredMessageKind, bool> wanted)
    {
        int[] ids = [.. _all.Where(wanted).Select(k => k.Id)];

        // Rows that no kind describes are asked the same, so whoever may see the own authority's confidential messages finds them.
        return wanted(_unknown)
            ? new([.. ids.Concat(_gaps).Order()], _all.Count + _gaps.Length, Last) { Unknown = true }
            : new(ids, _all.Count + _gaps.Length, Last);
    }

    /// <summary>
    /// Messages of the viewer's authorities and types, when it has <paramref name="rights"/>; none otherwise (DOMAIN §4).
    /// </summary>
    public MessageKindFilter Visible(
        Viewer viewer, ViewerRights rights = ViewerRights.Messages, Func<StoredMessageKind, bool>? wanted = null)
    {
        var granted = viewer.Types.Granted.Select(g => Identifier.Normalise(g) ?? "").ToHashSet(StringComparer.Ordinal);
        return OfAuthorities(viewer, rights, kind => IsOpenTo(viewer.Types, granted, kind) && (wanted is null || wanted(kind)));
    }

    /// <summary>Messages of the viewer's authorities, of any type: for counts that name nothing else.</summary>
    public MessageKindFilter OfAuthorities(Viewer viewer, ViewerRights rights, Func<StoredMessageKind, bool>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return !viewer.May(rights)
            ? Where(_ => false)
            : Where(kind => (viewer.Authorities.Contains(kind.Authority) || (kind.OtherAuthorities is not null
                && kind.Authorities().Any(viewer.Authorities.Contains))) && (wanted is null || wanted(kind)));
    }

    /// <summary>These and newer ones.</summary>
    internal MessageKindSnapshot With(IEnumerable<StoredMessageKind> fresh, IReadOnlyDictionary<string, StoredBeskedtype> types) =>
        new([.. _all, .. fresh], types, _unknown.Authority);

    private IEnumerable<int> Gaps() => Last - _all.Count > MostGaps ? [] : Enumerable.Range(1, Last).Where(id => !_byId.ContainsKey(id));

    private bool IsOpenTo(TypeScope types, HashSet<string> granted, StoredMessageKind kind) =>
        types.All || granted.Contains(Identifier.Normalise(kind.Beskedtype) ?? "")
        || (TypeOf(kind) is { } type && granted.Contains(type.Name)) || (types.OpenTypes && !IsConfidential(kind));
}
