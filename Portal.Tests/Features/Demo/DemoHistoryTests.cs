using Microsoft.Extensions.Time.Testing;
using Portal.Features.Demo;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Portal.Tests.Features.Registering;
using Xunit;

namespace Portal.Tests.Features.Demo;

/// <summary>What the demo reads in before it is opened.</summary>
public sealed class DemoHistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Now);
    private readonly Received _received = new();
    private readonly FakeRegistry _letters = new();

    private Task RunAsync()
    {
        var settings = new PortalSettings();
        return new DemoHistory(_received.Log, _received, _received, settings, _time)
            .RunAsync(new DemoStream(_received, _letters, settings, _time), default);
    }

    [Fact]
    public async Task The_first_start_reads_in_six_days_in_order_with_each_letter_registered_before_its_first_status()
    {
        await RunAsync();
        Assert.True(_received.Read.Count > 40);
        Assert.All(_received.Deliveries, d => Assert.Equal(DemoHistory.Transport, d.Transport));
        Assert.All(_received.Read.Select(r => r.PostStatus?.TransaktionsDatoTid?.At).OfType<DateTimeOffset>(),
            at => Assert.InRange(at, Now.AddDays(-7), Now));
        Assert.Equal(
            _received.Read.Select(r => r.PostStatus?.MessageUUID).OfType<string>().Select(u => Identifier.Normalise(u)).Distinct().Count(),
            _letters.Stored.Count);
        Assert.All(_letters.Stored, l => Assert.True(l.SentAt < Now && l.LetterId.StartsWith("S-", StringComparison.Ordinal)));
        var actions = _received.Read.Select(r => r.PostStatus?.TransaktionsStatusKode).OfType<string>().Distinct().ToList();
        Assert.All((string[])[KnownHandlinger.Fejlet, KnownHandlinger.Tilbagekaldt, KnownHandlinger.AfleveretDigitalPost],
            action => Assert.Contains(KnownHandlinger.Names[action], actions));
    }

    [Fact]
    public async Task A_second_start_reads_nothing_in_again()
    {
        await RunAsync();
        var (messages, letters) = (_received.Deliveries.Count, _letters.Stored.Count);
        _time.Advance(TimeSpan.FromHours(20));
        await RunAsync();
        Assert.Equal((messages, letters), (_received.Deliveries.Count, _letters.Stored.Count));
    }

    [Fact]
    public async Task A_letter_of_the_stream_that_was_under_way_when_the_portal_stopped_arrives_and_no_other_does()
    {
        await RunAsync();
        var before = _received.Deliveries.Count;
        var sent = Now.AddHours(-20);
        _received.UnderWay.Add(FakeCases.Letter() with
        {
            LetterId = "S-1234abcd", SentAt = sent,
            Identifiers = new LetterIdentifiers { MessageUuid = "3f2b8c1e-9d4a-4b7e-8f10-2a6c5d7e9b01" },
        });
        _received.UnderWay.Add(FakeCases.Letter() with { LetterId = "L-88213", SentAt = sent });
        await RunAsync();

        // Each start sends the same message, so a third one repeats it instead of adding a status.
        var arrival = Assert.Single(_received.Read.Skip(before)).PostStatus!;
        Assert.Equal(("3f2b8c1e-9d4a-4b7e-8f10-2a6c5d7e9b01", sent.AddMinutes(5)),
            (arrival.MessageUUID!, arrival.TransaktionsDatoTid!.At!.Value));
        await RunAsync();
        Assert.Equal(_received.Deliveries[^2].Bytes.ToArray(), _received.Deliveries[^1].Bytes.ToArray());
    }

    /// <summary>Keeps what is received, and finds it again as the log does.</summary>
    private sealed class Received : IReceiver, ILetterList
    {
        public FakeMessageReader Log { get; } = new();

        public List<Delivery> Deliveries { get; } = [];

        public List<EnvelopeReading.Understood> Read { get; } = [];

        public List<LetterView> UnderWay { get; } = [];

        public Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken)
        {
            var read = Assert.IsType<EnvelopeReading.Understood>(HaendelsesbeskedReader.Read(delivery.Bytes.ToArray()));
            Deliveries.Add(delivery);
            Read.Add(read);
            Log.Add(FakeMessageReader.Sample(Read.Count) with
            {
                BeskedId = read.Besked.BeskedId, PostStatus = new PostStatusView { At = read.PostStatus?.TransaktionsDatoTid?.At },
            });
            return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Accepted(read.Besked.BeskedId, Read.Count));
        }

        public async Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(
            IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
            [.. await Task.WhenAll(deliveries.Select(d => ReceiveAsync(d, cancellationToken)))];

        public Task<Page<LetterView>> ReadAsync(
            Viewer viewer, LetterQuery query, string? cursor, int limit, CancellationToken cancellationToken) =>
            Task.FromResult(new Page<LetterView>(query.Verdict == Verdict.OnItsWay ? [.. UnderWay] : [], null));

        public Task<long> CountAsync(Viewer viewer, LetterQuery query, CancellationToken cancellationToken) => Task.FromResult(0L);
    }
}
