using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Letters;

/// <summary>A post status in the log: its row and its message kind.</summary>
public sealed class LoggedStatus(StoredMessage row, StoredMessageKind kind)
{
    private IReadOnlyList<MessageIdentifier>? _identifiers;

    /// <summary>The message's row.</summary>
    public StoredMessage Row => row;

    /// <summary>The message's kind.</summary>
    public StoredMessageKind Kind => kind;

    /// <summary>The sequence number in the log.</summary>
    public long Sequence => row.Sequence;

    /// <summary>The message's identifiers.</summary>
    public IReadOnlyList<MessageIdentifier> Identifiers => _identifiers ??= MessageIdentifiers.Unpack(row.Identifiers);

    /// <summary>The action's known name, else the status text; null without either.</summary>
    public string? Name => kind.ActionName ?? kind.StatusText;
}
