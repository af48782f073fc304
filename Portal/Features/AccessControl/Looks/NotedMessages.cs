using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.AccessControl.Looks;

/// <summary>
/// Notes messages that are opened or refused, and searches for them. The list and the stream without a text show no person; that a program
/// has opened a stream is noted where it does so.
/// </summary>
internal sealed class NotedMessages(IMessageReader inner, IAccessLooks looks) : IMessageReader
{
    /// <inheritdoc />
    public async Task<Page<MessageView>> ListAsync(
        Viewer viewer, MessageFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var page = await inner.ListAsync(viewer, filter, cursor, limit, cancellationToken);
        if (page.Items.Count == 0 || (filter.Text is null && filter.CaseNumber is null)) return page;
        string[] cases = [.. page.Items.Select(m => m.Case).OfType<string>()];
        looks.Add(viewer, new AccessNote(AccessKind.MessageSearch)
        {
            Text = filter.Text, CaseNumber = filter.CaseNumber, Hits = page.Items.Count, OfCases = cases.Length == 0 ? null : cases,
        });
        return page;
    }

    /// <inheritdoc />
    public Task<LogSlice> ReadAfterAsync(
        Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadAfterAsync(viewer, filter, after, limit, cancellationToken);

    /// <inheritdoc />
    public Task<long> LastSequenceAsync(CancellationToken cancellationToken) => inner.LastSequenceAsync(cancellationToken);

    /// <inheritdoc />
    public Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken) =>
        inner.CountAsync(viewer, filter, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<long>> VolumeAsync(
        Viewer viewer, MessageFilter filter, DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken) =>
        inner.VolumeAsync(viewer, filter, from, bucket, buckets, cancellationToken);

    /// <inheritdoc />
    public async Task<MessageView?> FindAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        var found = await inner.FindAsync(viewer, beskedId, cancellationToken);
        Opened(viewer, beskedId, found);
        return found;
    }

    /// <inheritdoc />
    public async Task<MessageDetail?> FindDetailAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        var found = await inner.FindDetailAsync(viewer, beskedId, cancellationToken);
        Opened(viewer, beskedId, found?.Message);
        return found;
    }

    /// <inheritdoc />
    /// <remarks>Noted by the caller before the bytes are given out, durably.</remarks>
    public Task<byte[]?> ReadBytesAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        inner.ReadBytesAsync(viewer, beskedId, cancellationToken);

    private void Opened(Viewer viewer, string beskedId, MessageView? found) => looks.Add(
        viewer, new AccessNote(AccessKind.MessageOpened)
        {
            BeskedId = found?.BeskedId ?? beskedId, CaseNumber = found?.Case, LetterId = found?.LetterId, Refused = found is null,
        });
}
