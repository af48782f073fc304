using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Letters;

/// <summary>A post status as the log holds it: its row and its kind.</summary>
public sealed class LoggedStatus(StoredMessage row, StoredMessageKind kind)
{
    private IReadOnlyList<MessageIdentifier>? _identifiers;

    /// <summary>What is its own.</summary>
    public StoredMessage Row => row;

    /// <summary>What it has in common with others.</summary>
    public StoredMessageKind Kind => kind;

    /// <summary>Position in the log.</summary>
    public long Sequence => row.Sequence;

    /// <summary>Its identifiers.</summary>
    public IReadOnlyList<MessageIdentifier> Identifiers => _identifiers ??= MessageIdentifiers.Unpack(row.Identifiers);

    /// <summary>The status in words, as far as anyone told.</summary>
    public string? Name => kind.ActionName ?? kind.StatusText;
}
