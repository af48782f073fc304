using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Transports.Simulator;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Simulator;

/// <summary>The demo's traffic of today, half an hour at two messages a second: a calm day.</summary>
public sealed class LiveTrafficTests
{
    private const int Messages = 3600;
    private static readonly DateTimeOffset Start = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);

    // A letter's way is over within a minute; failures may be later.
    private static readonly TimeSpan Over = TimeSpan.FromMinutes(2);

    private static List<(DateTimeOffset Now, byte[] Bytes)> Come(int seed)
    {
        var traffic = new LiveTraffic(seed, "55133018");
        return [.. Enumerable.Range(0, Messages).Select(n => Start + (n * Step)).Select(now => (now, traffic.Next(now)))];
    }

    private static List<(DateTimeOffset Now, EnvelopeReading.Understood Read)> Read(int seed) =>
        [.. Come(seed).Select(m => (m.Now, Assert.IsType<EnvelopeReading.Understood>(HaendelsesbeskedReader.Read(m.Bytes))))];

    [Fact]
    public void The_same_seed_and_clock_give_the_same_bytes() =>
        Assert.Equal(Come(7).Select(m => Convert.ToHexString(m.Bytes)), Come(7).Select(m => Convert.ToHexString(m.Bytes)));

    [Theory]
    [InlineData(1)]
    [InlineData(-2026)]
    public void Every_message_is_new_and_was_made_a_moment_before_it_comes(int seed)
    {
        var read = Read(seed);
        Assert.Equal(Messages, read.Select(m => m.Read.Besked.BeskedId).Distinct().Count());
        Assert.All(read, m => Assert.Null(m.Read.PayloadTrouble));
        Assert.All(read.Where(m => m.Read.PostStatus?.TransaktionsDatoTid?.At is not null), m => Assert.InRange(
            m.Now - m.Read.PostStatus!.TransaktionsDatoTid!.At!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Nearly_every_letter_arrives_within_two_minutes_and_the_worklist_grows_by_a_few_rows_an_hour()
    {
        var letters = Read(42).Where(m => m.Read.PostStatus?.MessageUUID is not null)
            .GroupBy(m => m.Read.PostStatus!.MessageUUID!, m => (m.Now, Action: Identifier.Normalise(
                m.Read.Besked.ObjektRegistrering[0].ObjektHandling!)))
            .Where(l => l.Min(s => s.Now) < Start + (Messages * Step) - Over).ToList();
        var failed = letters.Where(l => l.Any(s => s.Action == KnownHandlinger.Fejlet)).ToList();
        Assert.InRange(failed.Count, 1, 4);
        Assert.All(letters.Except(failed), l => Assert.Contains(
            l, s => s.Action is KnownHandlinger.AfleveretDigitalPost or KnownHandlinger.ModtagetPostDanmark));
        Assert.All(letters.Except(failed), l => Assert.True(l.Max(s => s.Now) - l.Min(s => s.Now) < Over));
    }

    [Fact]
    public void Other_messages_than_statuses_of_letters_come_now_and_then() =>
        Assert.InRange(Read(3).Count(m => m.Read.PostStatus is null), Messages / 200, Messages / 20);
}
