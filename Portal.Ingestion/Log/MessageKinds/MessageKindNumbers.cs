using System.Runtime.InteropServices;
using Portal.Ingestion.Catalogue;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>Reads and writes kinds and types within the appending transaction.</summary>
internal interface IMessageKindRows
{
    /// <summary>The number of a stored kind, or null.</summary>
    ValueTask<int?> FindKindAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>The highest number of a kind; 0 when there is none.</summary>
    ValueTask<int> LastKindAsync(CancellationToken cancellationToken);

    /// <summary>Number and hash of every stored kind.</summary>
    ValueTask<IReadOnlyList<(int Id, byte[] Hash)>> AllKindsAsync(CancellationToken cancellationToken);

    /// <summary>Stores a new kind and returns its number.</summary>
    ValueTask<int> InsertKindAsync(StoredMessageKind kind, byte[] hash, CancellationToken cancellationToken);

    /// <summary>Every type of the catalogue, and whether it was known from the start.</summary>
    ValueTask<IReadOnlyList<(string Beskedtype, bool Known)>> TypesAsync(CancellationToken cancellationToken);

    /// <summary>Adds a type to the catalogue; an existing type is not changed.</summary>
    ValueTask InsertTypeAsync(string beskedtype, string name, DateTimeOffset firstSeenAt, CancellationToken cancellationToken);
}

/// <summary>
/// Finds or assigns the number of a message's kind, and keeps both kinds and catalogue bounded: whole kinds up to
/// <see cref="MessageKindCache.MaxKinds"/>, then abridged ones up to <see cref="MessageKindCache.MaxAbridged"/>, then the few kinds without
/// any text that a sender chooses. Once a limit is reached, all kinds are in memory and no query is needed for a missing one. Not
/// thread-safe.
/// </summary>
/// <param name="own">The configured authorities, at least one.</param>
/// <param name="mostTypes">Beyond this number, new unknown types share one.</param>
internal sealed class MessageKindNumbers(IReadOnlyList<string> own, int mostTypes = MessageKindCache.MaxTypes)
{
    private const int MaxRemembered = MessageKindCache.MaxKinds;

    private readonly Dictionary<StoredMessageKind, int> _numbers = [];
    private readonly Dictionary<UInt128, int> _stored = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly List<(StoredMessageKind? Kind, UInt128? Hash, string? Type)> _uncommitted = [];
    private bool _typesAreFull;
    private int _last;
    private int _loaded;

    /// <summary>The number of a kind; a new kind is stored, and its type is added to the catalogue.</summary>
    public ValueTask<int> OfAsync(
        StoredMessageKind kind, DateTimeOffset seenAt, IMessageKindRows rows, CancellationToken cancellationToken) =>
        _numbers.TryGetValue(kind, out var id) ? new ValueTask<int>(id) : FindAsync(kind, seenAt, rows, cancellationToken);

    /// <summary>The transaction was committed.</summary>
    public void Committed() => _uncommitted.Clear();

    /// <summary>Called after a rollback: forgets what the transaction added.</summary>
    /// <param name="all">Forget everything else too: after an outage it may be a different database.</param>
    public void RolledBack(bool all)
    {
        foreach (var (kind, hash, type) in _uncommitted)
        {
            if (kind is not null) _numbers.Remove(kind);
            if (hash is { } key) _stored.Remove(key);
            if (type is not null) _types.Remove(type);
        }

        if (all || _uncommitted.Count > 0) (_last, _loaded, _typesAreFull) = (0, 0, false);
        _uncommitted.Clear();
        if (!all) return;
        _numbers.Clear();
        _stored.Clear();
        _types.Clear();
    }

    private async ValueTask<int> FindAsync(
        StoredMessageKind kind, DateTimeOffset seenAt, IMessageKindRows rows, CancellationToken cancellationToken)
    {
        var type = await TypeOfAsync(kind.Beskedtype, rows, cancellationToken);
        foreach (var (form, most) in FormsOf(kind, type))
        {
            var hash = form.ComputeHash();
            var key = MemoryMarshal.Read<UInt128>(hash);
            if (_stored.TryGetValue(key, out var id)) return Remember(kind, id);
            if (await IsFullAsync(most, rows, cancellationToken))
            {
                if (_stored.TryGetValue(key, out id)) return Remember(kind, id);
                continue;
            }

            if (await rows.FindKindAsync(hash, cancellationToken) is { } known)
            {
                _stored[key] = known;
                return Remember(kind, known);
            }

            id = await rows.InsertKindAsync(form, hash, cancellationToken);
            _stored[key] = _last = id;
            _uncommitted.Add((kind, key, form.Beskedtype));
            if (_types.Add(form.Beskedtype))
            {
                await rows.InsertTypeAsync(form.Beskedtype, form.Beskedtype == StoredMessageKind.OtherTypes ? CatalogueSeed.OtherTypesName
                    : CatalogueSeed.UnknownName, seenAt, cancellationToken);
            }

            return Remember(kind, id);
        }

        throw new InvalidOperationException("The last form of a kind is never refused.");
    }

    private IEnumerable<(StoredMessageKind Form, int Most)> FormsOf(StoredMessageKind kind, string type)
    {
        if (!kind.Abridged && type == kind.Beskedtype) yield return (kind, MessageKindCache.MaxKinds);
        yield return (kind.Abridge() with { Beskedtype = type }, MessageKindCache.MaxAbridged);
        yield return (kind.Least(own), int.MaxValue);
    }

    // A limit once reached stays reached. From then on all stored kinds are in memory, so the database need not be asked for others.
    private async ValueTask<bool> IsFullAsync(int most, IMessageKindRows rows, CancellationToken cancellationToken)
    {
        if (most == int.MaxValue) return false;
        if (_last < most) _last = await rows.LastKindAsync(cancellationToken);
        if (_last < most) return false;
        if (_loaded >= most) return true;
        foreach (var (id, hash) in await rows.AllKindsAsync(cancellationToken)) _stored[MemoryMarshal.Read<UInt128>(hash)] = id;
        _loaded = most;
        return true;
    }

    private async ValueTask<string> TypeOfAsync(string type, IMessageKindRows rows, CancellationToken cancellationToken)
    {
        if (type.Length > StoredMessageKind.MaxText) return StoredMessageKind.OtherTypes;
        if (_types.Contains(type)) return type;
        if (_typesAreFull) return StoredMessageKind.OtherTypes;
        var stored = await rows.TypesAsync(cancellationToken);
        foreach (var (name, _) in stored) _types.Add(name);
        if (_types.Contains(type)) return type;
        _typesAreFull = stored.Count(t => !t.Known) >= mostTypes;
        return _typesAreFull ? StoredMessageKind.OtherTypes : type;
    }

    private int Remember(StoredMessageKind kind, int id)
    {
        if (_numbers.Count >= MaxRemembered) _numbers.Clear();
        if (_uncommitted.Count > 0) _uncommitted.Add((kind, null, null));
        return _numbers[kind] = id;
    }
}
