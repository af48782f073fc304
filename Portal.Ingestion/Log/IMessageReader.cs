using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Log;

/// <summary>A filter on the log. With all values null: everything that the viewer may see.</summary>
/// <param name="Type">Message type, UUID or name.</param>
/// <param name="Status">Action, UUID or name.</param>
/// <param name="From">Received at or after, UTC.</param>
/// <param name="To">Received before, UTC.</param>
/// <param name="CaseNumber">Matched to a letter of this case.</param>
/// <param name="Text">Free text: identifiers, channel, status, error, case number, letter id and title. Never a CPR number.</param>
public sealed record MessageFilter(
    string? Type = null,
    string? Status = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? CaseNumber = null,
    string? Text = null)
{
    /// <summary>The filter without conditions.</summary>
    public static MessageFilter Everything { get; } = new();
}

/// <summary>A page of a list, newest first; <paramref name="Cursor"/> is null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Cursor);

/// <summary>A number of messages. <paramref name="AtLeast"/>: there are more, but counting stopped at <paramref name="Value"/>.</summary>
public readonly record struct MessageCount(long Value, bool AtLeast = false);

/// <summary>
/// A part of the log, read forwards. <paramref name="Position"/> is the last sequence number examined: continue after it.
/// </summary>
public sealed record LogSlice(IReadOnlyList<MessageView> Items, long Position)
{
    /// <summary>There is more although there are fewer messages than were asked for, since their contents are large.</summary>
    public bool IsCut { get; init; }
}

/// <summary>A message with all that its page shows.</summary>
/// <param name="Envelope">The whole envelope, person numbers masked; credentials removed unless the viewer may see them. Null when the
/// bytes are erased or cannot be read.</param>
/// <param name="MaskedXml">The envelope's text with person numbers masked, and credentials removed unless the viewer may see them; null
/// when erased or unreadable.</param>
public sealed record MessageDetail(MessageView Message, Haendelsesbesked? Envelope, PostStatus? PostStatus, string? MaskedXml);

/// <summary>Reads the message log as a viewer may see it.</summary>
public interface IMessageReader
{
    /// <summary>Messages, newest first.</summary>
    /// <exception cref="FormatException">The text is not a cursor.</exception>
    [Demands(ViewerRights.Messages)]
    Task<Page<MessageView>> ListAsync(Viewer viewer, MessageFilter filter, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Messages after a sequence number, oldest first. The slice's position moves past messages that the filter or the viewer leaves out.
    /// </summary>
    [Demands(ViewerRights.Messages)]
    Task<LogSlice> ReadAfterAsync(Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The last sequence number in the log, 0 when empty.</summary>
    Task<long> LastSequenceAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The last sequence number that <see cref="ReadAfterAsync"/> reads to for a viewer: with limits, only as far as statuses are matched.
    /// </summary>
    [Demands(ViewerRights.None)]
    Task<long> LastSequenceAsync(Viewer viewer, CancellationToken cancellationToken) => LastSequenceAsync(cancellationToken);

    /// <summary>The number of messages that match; with a text or a case number counting stops at 10,000, and for a viewer with
    /// limits at 1,000.</summary>
    [Demands(ViewerRights.Messages, Or = ViewerRights.Counts)]
    Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken);

    /// <summary>Messages per bucket of <paramref name="bucket"/> from <paramref name="from"/> on, oldest first, zeros included.</summary>
    [Demands(ViewerRights.Messages, Or = ViewerRights.Counts)]
    Task<IReadOnlyList<long>> VolumeAsync(
        Viewer viewer, MessageFilter filter, DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken);

    /// <summary>One message, or null when there is none that the viewer may see.</summary>
    [Demands(ViewerRights.Messages)]
    Task<MessageView?> FindAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken);

    /// <summary>One message with envelope and masked XML.</summary>
    [Demands(ViewerRights.Messages)]
    Task<MessageDetail?> FindDetailAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken);

    /// <summary>
    /// The exact bytes; null when there is no such message for the viewer, its bytes are erased, or the viewer lacks
    /// <see cref="ViewerRights.ExactBytes"/>.
    /// </summary>
    /// <exception cref="UnreadableContentException">The bytes are stored, but cannot be read.</exception>
    [Demands(ViewerRights.Messages | ViewerRights.ExactBytes)]
    Task<byte[]?> ReadBytesAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken);
}
