using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>What a grant admits of the kinds. Not thread-safe.</summary>
/// <param name="byType">Also by the message types of the grant.</param>
internal sealed class KindScope(MessageKindSnapshot kinds, Grant grant, bool byType)
{
    private readonly HashSet<string> _granted =
        grant.Types.Granted.Select(g => Identifier.Normalise(g) ?? "").ToHashSet(StringComparer.Ordinal);

    private readonly Dictionary<string, bool> _subjects = new(StringComparer.Ordinal);

    /// <summary>True when no limit needs more than a message's kind.</summary>
    public bool IsWhole => GrantConditions.IsWhole(grant.Limits);

    /// <summary>True when all messages of the kind are within, whatever letter they belong to.</summary>
    public bool HasAll(StoredMessageKind kind) => Admits(kind) && (IsWhole || (!kind.IsPostStatus && HasSubjectOf(kind)));

    /// <summary>Those of these kinds of post statuses that are within if their letters are, or their own subject.</summary>
    public MessageLimits.Branch Branch(IReadOnlyList<StoredMessageKind> posts)
    {
        var admitted = posts.Where(Admits).ToList();
        return new(grant, [.. admitted.Select(k => k.Id)], [.. admitted.Where(HasSubjectOf).Select(k => k.Id)]);
    }

    private bool Admits(StoredMessageKind kind) =>
        (kind.Authority == grant.Authority || (kind.OtherAuthorities is not null && kind.Authorities().Contains(grant.Authority)))
        && Sensitivity.Admits(grant.Limits, kind.Sensitivity) && (!byType || IsOpen(kind));

    private bool IsOpen(StoredMessageKind kind) =>
        grant.Types.All || _granted.Contains(Identifier.Normalise(kind.Beskedtype) ?? "")
        || (kinds.TypeOf(kind) is { } type && _granted.Contains(type.Name)) || (grant.Types.OpenTypes && !kinds.IsConfidential(kind));

    // A message has no organisation unit.
    private bool HasSubjectOf(StoredMessageKind kind)
    {
        if (grant.Limits.Units is not null) return false;
        if (grant.Limits.Kle is not { } patterns) return true;
        if (kind.Kle is not { } number) return false;
        if (!_subjects.TryGetValue(number, out var within))
            _subjects[number] = within = patterns.Any(pattern => Kle.IsWithin(number, pattern));
        return within;
    }
}
