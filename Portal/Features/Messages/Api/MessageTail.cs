using System.Runtime.CompilerServices;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.Messages.Api;

/// <summary>Follows the log for streams: the stored messages, then new ones, without gap or repeat.</summary>
public sealed class MessageTail(
    IMessageReader reader, IAccessLooks looks, LogSignal signal, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int SliceSize = 200;

    // Another process may write without a signal here; a message must be visible within two seconds of its acknowledgement.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Slices after <paramref name="after"/> (null: from now), without end; an empty slice at the start and after each wait. Throws
    /// <see cref="OperationCanceledException"/>, or ends, when the caller cancels or the portal stops.
    /// </summary>
    [Demands(ViewerRights.Messages)]
    public async IAsyncEnumerable<IReadOnlyList<MessageView>> ReadAsync(
        Viewer viewer, MessageFilter filter, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        looks.Add(viewer, new AccessNote(AccessKind.MessageStream) { Text = filter.Text, CaseNumber = filter.CaseNumber });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var position = after ?? await reader.LastSequenceAsync(viewer, ended.Token);
        // At once, so that the caller knows that the stream has begun.
        yield return [];
        while (!ended.IsCancellationRequested)
        {
            // Taken before the read, so that a signal during the read is not missed.
            var next = signal.Next;
            var slice = await reader.ReadAfterAsync(viewer, filter, position, SliceSize, ended.Token);
            var stoodStill = slice.Position == position;
            position = slice.Position;
            if (slice.Items.Count > 0) yield return slice.Items;
            if (!stoodStill) continue;
            await LogSignal.WaitAsync(next, Poll, time, ended.Token);
            yield return [];
        }
    }
}
