using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Letters;

/// <summary>What a message in the log says about one letter: the message's row and kind, and which of its parts it is.</summary>
public sealed class LoggedStatus
{
    private IReadOnlyList<MessageIdentifier>? _identifiers;

    private LoggedStatus(StoredMessage row, StoredMessageKind kind, int part, IReadOnlyList<ReportedStatus> all)
    {
        (Row, Kind, Part, Told) = (row, kind, part, [.. all.Where(t => t.Part == part)]);
        NamesObjects = all.Any(t => t.ObjectId is not null);
    }

    /// <summary>The parts of a message, by number; one for most.</summary>
    public static IEnumerable<LoggedStatus> Of(StoredMessage row, StoredMessageKind kind)
    {
        var all = ReportedStatuses.Of(row, kind);
        return all.Select(t => t.Part).Distinct().Order().Select(part => new LoggedStatus(row, kind, part, all));
    }

    /// <summary>A part of a message; without statuses when the message has no such part (any more).</summary>
    public static LoggedStatus Of(StoredMessage row, StoredMessageKind kind, int part) =>
        new(row, kind, part, ReportedStatuses.Of(row, kind));

    /// <summary>See <see cref="ReportedStatus.Part"/>.</summary>
    public int Part { get; }

    /// <summary>The statuses that the part tells.</summary>
    public IReadOnlyList<ReportedStatus> Told { get; }

    /// <summary>The object that the part's registrations name themselves; null when the payload's identifiers name the letter.</summary>
    public string? OwnObject => Told.Count > 0 ? Told[0].ObjectId : null;

    /// <summary>The message's registrations name objects of their own, so its envelope's object is not this part's.</summary>
    public bool NamesObjects { get; }

    /// <summary>The message's row.</summary>
    public StoredMessage Row { get; }

    /// <summary>The message's kind.</summary>
    public StoredMessageKind Kind { get; }

    /// <summary>The sequence number in the log.</summary>
    public long Sequence => Row.Sequence;

    /// <summary>The message's identifiers.</summary>
    public IReadOnlyList<MessageIdentifier> Identifiers => _identifiers ??= MessageIdentifiers.Unpack(Row.Identifiers);

    /// <summary>The name of the part's first status.</summary>
    public string? Name => Told.Count > 0 ? NameOf(Told[0]) : Kind.ActionName ?? Kind.StatusText;

    /// <summary>A status' name: its action's known name, else the status text as written; null without either.</summary>
    public string? NameOf(ReportedStatus told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return told.Action is { } action && action != KnownHandlinger.Of(Kind.Action, Kind.StatusText)
            && KnownHandlinger.Names.TryGetValue(action, out var name)
            ? name
            : Kind.ActionName ?? Kind.StatusText;
    }
}
