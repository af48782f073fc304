using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Tests.Features.Messages;

/// <summary>A message log in memory; filters by type, status and text only.</summary>
internal sealed class FakeMessageReader : IMessageReader
{
    private readonly List<MessageView> _log = [];

    private readonly LogSignal _signal = new();

    public FakeMessageReader() => Shared = new SharedReads(this, _signal, TimeProvider.System);

    /// <summary>Shared reads over this log; each addition signals them.</summary>
    public SharedReads Shared { get; }

    public MessageDetail? Detail { get; set; }

    public MessageView Add(string? status = "f7161a89-5068-4023-bc80-d7f4daad2a2e", string name = "Afleveret Digital Post")
    {
        var n = _log.Count + 1;
        var message = Sample(n) with { Action = status, ActionName = name };
        _log.Add(message);
        _signal.Raise();
        return message;
    }

    public MessageView Add(MessageView message)
    {
        _log.Add(message);
        _signal.Raise();
        return message;
    }

    public static MessageView Sample(long sequence) => new()
    {
        Sequence = sequence, BeskedId = $"besked-{sequence}", Beskedtype = "d2bed63c-4853-4008-b6e0-a74c15b15fbf",
        BeskedtypeName = "PKO_PostStatus", Transport = "push", ReceivedAt = new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero),
        Deliveries = 1, Sha256 = "ab", Bytes = 10, Confidential = false, Action = "f7161a89-5068-4023-bc80-d7f4daad2a2e",
        ActionName = "Afleveret Digital Post", PostStatus = new PostStatusView { Channel = "Digital Post" },
    };

    public Task<Page<MessageView>> ListAsync(
        Viewer viewer, MessageFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var before = cursor is null ? long.MaxValue : long.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var items = _log.Where(m => m.Sequence < before && Fits(m, filter)).Reverse().Take(limit).ToList();
        var more = items.Count == limit && items[^1].Sequence > 1;
        return Task.FromResult(
            new Page<MessageView>(items, more ? items[^1].Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
    }

    public Task<LogSlice> ReadAfterAsync(Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken)
    {
        var looked = _log.Where(m => m.Sequence > after).Take(limit).ToList();
        return Task.FromResult(new LogSlice([.. looked.Where(m => Fits(m, filter))], looked.Count == 0 ? after : looked[^1].Sequence));
    }

    public Task<long> LastSequenceAsync(CancellationToken cancellationToken) => Task.FromResult((long)_log.Count);

    public Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult(new MessageCount(_log.Count(m => Fits(m, filter))));

    public Task<IReadOnlyList<long>> VolumeAsync(
        Viewer viewer, MessageFilter filter, DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<long>>(new long[buckets]);

    public Task<MessageView?> FindAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        Task.FromResult(Detail?.Message ?? _log.FirstOrDefault(m => m.BeskedId == beskedId));

    public Task<MessageDetail?> FindDetailAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        Task.FromResult(Detail);

    public Task<byte[]?> ReadBytesAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        Task.FromResult<byte[]?>(null);

    private static bool Fits(MessageView message, MessageFilter filter) =>
        (filter.Type is null || message.Beskedtype == filter.Type) && (filter.Status is null || message.Action == filter.Status)
        && (filter.Text is null || message.BeskedId.Contains(filter.Text, StringComparison.OrdinalIgnoreCase));
}
