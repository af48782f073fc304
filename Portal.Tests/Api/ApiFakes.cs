using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Portal.Features.Operations.Api;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;
using Portal.Tests.Features.Messages;

namespace Portal.Tests.Api;

internal sealed class FakeReceiver : IReceiver
{
    public ConcurrentQueue<Delivery> Deliveries { get; } = [];
    public Exception? Error { get; set; }

    /// <summary>No delivery is answered before this completes.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public DeliveryOutcome Outcome { get; set; } = new DeliveryOutcome.Accepted("b1", 1);

    public async Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (Error is { } error) throw error;
        Deliveries.Enqueue(delivery);
        await Gate.WaitAsync(cancellationToken);
        return Outcome;
    }

    public async Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var outcomes = new List<DeliveryOutcome>();
        foreach (var delivery in deliveries) outcomes.Add(await ReceiveAsync(delivery, cancellationToken));
        return outcomes;
    }
}

/// <summary>A message log in memory; all its messages belong to the test's own authority.</summary>
internal sealed class FakeLog : IMessageReader
{
    private readonly Lock _lock = new();
    private readonly List<MessageView> _messages = [];

    public MessageFilter? Asked { get; private set; }
    public Exception? Error { get; set; }

    public void Add(string? beskedId = null)
    {
        lock (_lock)
        {
            var message = FakeMessageReader.Sample(_messages.Count + 1);
            _messages.Add(beskedId is null ? message : message with { BeskedId = beskedId });
        }
    }

    private List<MessageView> Seen(Viewer viewer)
    {
        lock (_lock) return viewer.May(ViewerRights.Messages) && viewer.Authorities.Contains(ApiHost.Own) ? [.. _messages] : [];
    }

    public Task<Page<MessageView>> ListAsync(
        Viewer viewer, MessageFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        Asked = filter;
        if (Error is { } error) return Task.FromException<Page<MessageView>>(error);
        var before = cursor is null ? long.MaxValue : long.Parse(cursor, CultureInfo.InvariantCulture);
        var found = Seen(viewer).Where(m => m.Sequence < before).Reverse().Take(limit + 1).ToList();
        return Task.FromResult(new Page<MessageView>(
            [.. found.Take(limit)], found.Count > limit ? found[limit - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null));
    }

    public Task<LogSlice> ReadAfterAsync(Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken)
    {
        var found = Seen(viewer).Where(m => m.Sequence > after).Take(2).ToList();
        return Task.FromResult(new LogSlice(found, found.Count == 0 ? after : found[^1].Sequence));
    }

    public Task<long> LastSequenceAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult((long)_messages.Count);
    }

    public Task<MessageView?> FindAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        Task.FromResult(Seen(viewer).Find(m => m.BeskedId == beskedId));

    public Task<byte[]?> ReadBytesAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        Task.FromResult<byte[]?>([60, 0, 255]);

    public Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult(new MessageCount(Seen(viewer).Count));

    public Task<MessageDetail?> FindDetailAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<long>> VolumeAsync(
        Viewer viewer, MessageFilter filter, DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<long>>(new long[buckets]);
}

/// <summary>Letters in memory, by id.</summary>
internal sealed class FakeCases : ICaseReader, ILetterRegistry
{
    public ConcurrentDictionary<string, LetterRegistration> Letters { get; } = [];

    public Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, RegistrationSource source, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RegistrationOutcome>>([.. letters.Select(l =>
            Letters.TryAdd(l.LetterId, l) ? RegistrationOutcome.Created
                : Letters[l.LetterId] == l ? RegistrationOutcome.Unchanged
                : RegistrationOutcome.Corrected)]);

    public Task<CaseView?> FindAsync(Viewer viewer, string caseNumber, CancellationToken cancellationToken)
    {
        var letters = Letters.Values.Where(l => l.CaseNumber == caseNumber && viewer.Authorities.Contains(ApiHost.Own))
            .Select(View).ToList();
        return Task.FromResult(letters.Count == 0 ? null : new CaseView(caseNumber, "huslejenaevn", false, [.. letters]));
    }

    private static LetterView View(LetterRegistration letter) => new()
    {
        CaseNumber = letter.CaseNumber, LetterId = letter.LetterId, Title = letter.Title, Channel = letter.Channel,
        Decision = letter.Decision, SentAt = letter.SentAt, Recipient = letter.Recipient, Identifiers = letter.Identifiers,
        Documents = letter.Documents,
        Verdict = Verdict.HandedToPost, VerdictAt = letter.SentAt, Explanation = LocalizedText.AsSent("Afleveret til posten."),
        Contradiction = false, AppealNote = LocalizedText.AsSent(""), AppealDeadline = new DateOnly(2023, 3, 13),
        Events = [new LetterEvent(
            "b1", 7, "Modtaget Post Danmark", StatusKind.Posted, letter.SentAt, letter.SentAt, "Fysisk post", null, null, "ab", false, 1)],
    };

    public Task<Page<CaseSummary>> SearchAsync(
        Viewer viewer, string? text, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<CaseSummary>(
            [.. Letters.Values.Where(l => l.Title.Contains(text ?? "", StringComparison.OrdinalIgnoreCase)).Select(Summary)], null));

    public Task<Page<CaseSummary>> ByNumberAsync(
        Viewer viewer, bool descending, string? cursor, int limit, CancellationToken cancellationToken) =>
        SearchAsync(viewer, null, cursor, limit, cancellationToken);

    public Task<IReadOnlyList<CaseSummary>> SearchByCprAsync(Viewer viewer, CprNumber cpr, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CaseSummary>>([.. Letters.Values.Where(l => l.Recipient.Id == cpr.Reveal()).Select(Summary)]);

    private static CaseSummary Summary(LetterRegistration l) =>
        new(l.CaseNumber, l.CaseType, 1, 0, l.Title, l.Recipient.Name, Verdict.OnItsWay, l.SentAt);

    public Task<Page<FollowUpItem>> FollowUpAsync(
        Viewer viewer, FollowUpReason? reason, bool newestFirst, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<FollowUpItem>([new FollowUpItem("f1", reason ?? FollowUpReason.EvidenceMissing, "24/0117", "L1", "Brev",
            null, DateTimeOffset.UnixEpoch, null, LocalizedText.Empty)], null));

    public Task<long> AttentionCountAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult(0L);

    public Task<EvidenceCounts> CountAsync(Viewer viewer, DateTimeOffset from, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

internal sealed class FakeQuarantine : IQuarantineReader
{
    public Task<Page<QuarantinedMessage>> ListAsync(
        Viewer viewer, QuarantineReason? reason, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<QuarantinedMessage>([new QuarantinedMessage(
            "q1", reason ?? QuarantineReason.MissingId, "BeskedId mangler.", "push", DateTimeOffset.UnixEpoch, 3, null, 1)], null));

    public Task<IReadOnlyList<QuarantineTrace>> FindAsync(
        Viewer viewer, string beskedId, int most, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuarantineTrace>>([]);

    public Task<long> CountAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult(1L);

    public Task<byte[]?> ReadBytesAsync(Viewer viewer, string id, CancellationToken cancellationToken) =>
        Task.FromResult<byte[]?>(id == "q1" ? [1, 2, 3] : null);

    public Task<DeliveryOutcome?> RetryAsync(Viewer viewer, string id, CancellationToken cancellationToken) =>
        Task.FromResult<DeliveryOutcome?>(
            id == "q1" ? new DeliveryOutcome.Quarantined("q1", QuarantineReason.MissingId, "BeskedId mangler.", null) : null);
}

internal sealed class FakeCatalogue : ICatalogue
{
    public Task<IReadOnlyList<CatalogueType>> ListAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CatalogueType>>(
            [new CatalogueType("t1", "PKO_PostStatus", "Om et brev.", true, false, 3, 1, null, null)]);
}

internal sealed class FakeProbe : IReadinessProbe
{
    public string? Problem { get; set; }

    public Task<string?> ProblemAsync(CancellationToken cancellationToken) => Task.FromResult(Problem);
}

/// <summary>Keeps all log lines, so that a test can check what is not logged.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
