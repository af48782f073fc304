using System.Runtime.CompilerServices;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.Messages.Api;

/// <summary>Reads on in the log for streams: what is there, then what comes, without gap or repeat.</summary>
public sealed class MessageTail(IMessageReader reader, LogSignal signal, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int SliceSize = 200;

    // Another process may have written without a signal here; what was answered 20 must be seen within two seconds.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Slices after <paramref name="after"/> (null: from now), forever; an empty one after each wait in which nothing came. Ends when the
    /// caller cancels or the portal stops.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<MessageView>> ReadAsync(
        Viewer viewer, MessageFilter filter, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var position = after ?? await reader.LastSequenceAsync(ended.Token);
        // At once, so that a caller knows that it is listening before it sends.
        yield return [];
        while (!ended.IsCancellationRequested)
        {
            // Read before looking: a signal between the two is not missed.
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
