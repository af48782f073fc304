using Portal.Ingestion.Access;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Storage;

/// <summary>The kinds at a moment, and who may see them. Immutable.</summary>
public sealed class Kinds
{
    private readonly IReadOnlyList<StoredKind> _all;
    private readonly Dictionary<int, StoredKind> _byId;
    private readonly IReadOnlyDictionary<string, StoredBeskedtype> _types;

    private Kinds(IReadOnlyList<StoredKind> all, IReadOnlyDictionary<string, StoredBeskedtype> types)
    {
        (_all, _types) = (all, types);
        _byId = all.ToDictionary(k => k.Id);
        Last = all.Count == 0 ? 0 : all[^1].Id;
    }

    /// <summary>Before the first read.</summary>
    public static Kinds None { get; } = new([], new Dictionary<string, StoredBeskedtype>());

    /// <summary>The highest number known.</summary>
    public int Last { get; }

    /// <summary>The kind of a row that was read with <see cref="Last"/> as bound.</summary>
    public StoredKind this[int id] => _byId[id];

    /// <summary>The type's row in the catalogue; null for one that is not there.</summary>
    public StoredBeskedtype? TypeOf(StoredKind kind) => _types.GetValueOrDefault(kind.Beskedtype);

    /// <summary>The type's name.</summary>
    public string NameOf(StoredKind kind) => TypeOf(kind)?.Name ?? CatalogueSeed.UnknownName;

    /// <summary>Seen only by those granted the type: classified by its sender, or of a type that nobody has called open (DOMAIN §1).</summary>
    public bool IsConfidential(StoredKind kind) => kind.Classified || (TypeOf(kind)?.Confidential ?? true);

    /// <summary>The kinds with <paramref name="wanted"/>.</summary>
    public KindSelection Where(Func<StoredKind, bool> wanted) => new([.. _all.Where(wanted).Select(k => k.Id)], _all.Count, Last);

    /// <summary>Messages of the viewer's authorities and types, when it has <paramref name="rights"/>; none otherwise (DOMAIN §4).</summary>
    public KindSelection Visible(Viewer viewer, ViewerRights rights = ViewerRights.Messages, Func<StoredKind, bool>? wanted = null)
    {
        var granted = viewer.Types.Granted.Select(g => Identifier.Normalise(g) ?? "").ToHashSet(StringComparer.Ordinal);
        return OfAuthorities(viewer, rights, kind => IsOpenTo(viewer.Types, granted, kind) && (wanted is null || wanted(kind)));
    }

    /// <summary>Messages of the viewer's authorities, of any type: for counts that name nothing else.</summary>
    public KindSelection OfAuthorities(Viewer viewer, ViewerRights rights, Func<StoredKind, bool>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return !viewer.May(rights)
            ? Where(_ => false)
            : Where(kind => (viewer.Authorities.Contains(kind.Authority) || (kind.OtherAuthorities is not null && kind.Authorities().Any(viewer.Authorities.Contains))) && (wanted is null || wanted(kind)));
    }

    /// <summary>These and newer ones.</summary>
    internal Kinds With(IEnumerable<StoredKind> fresh, IReadOnlyDictionary<string, StoredBeskedtype> types) => new([.. _all, .. fresh], types);

    private bool IsOpenTo(TypeScope types, HashSet<string> granted, StoredKind kind) =>
        types.All || granted.Contains(Identifier.Normalise(kind.Beskedtype) ?? "") || (TypeOf(kind) is { } type && granted.Contains(type.Name)) || (types.OpenTypes && !IsConfidential(kind));
}
