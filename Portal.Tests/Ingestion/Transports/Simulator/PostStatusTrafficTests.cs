using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Simulator;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Simulator;

public sealed class PostStatusTrafficTests
{
    private const string Cvr = "55133018";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_gives_the_same_bytes() =>
        Assert.Equal(Traffic(7).Take(500).Select(m => Convert.ToBase64String(m.Bytes)),
            Traffic(7).Take(500).Select(m => Convert.ToBase64String(m.Bytes)));

    [Fact]
    public void The_bytes_of_a_seed_are_the_same_on_every_machine() =>
        Assert.Equal(
            "415d2f361fdb45ed15e459501cdbfbea",
            Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData([.. Traffic(42).Take(1000).SelectMany(m => m.Bytes)]))[..32]);

    [Fact]
    public void Another_seed_gives_other_bytes_and_no_id_in_common()
    {
        var ours = Traffic(1).Take(500).Select(m => Read(m).Besked.BeskedId).ToHashSet();
        Assert.DoesNotContain(Traffic(2).Take(500), m => ours.Contains(Read(m).Besked.BeskedId));
    }

    [Fact]
    public void Ids_follow_from_the_seed_and_times_from_the_start()
    {
        var later = new PostStatusTraffic(3, Start.AddDays(1), Cvr).Messages().Take(200).ToList();
        Assert.Equal(Traffic(3).Take(200).Select(m => Read(m).Besked.BeskedId), later.Select(m => Read(m).Besked.BeskedId));
        Assert.Equal(Traffic(3).Take(200).Select(m => m.At), later.Select(m => m.At));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(-2026)]
    public void Every_message_is_understood_and_arrives_in_order(int seed)
    {
        var before = TimeSpan.Zero;
        foreach (var message in Traffic(seed).Take(3000))
        {
            var read = Read(message);
            Assert.Null(read.PayloadTrouble);
            Assert.Contains(read.Besked.TilladtModtager, r => r.EndsWith(":" + Cvr, StringComparison.Ordinal));
            Assert.True(message.At >= before);
            if (read.PostStatus is { } status) Assert.True(status.TransaktionsDatoTid!.At < Start + message.At);
            before = message.At;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(99)]
    public void The_first_hundred_messages_show_every_kind_of_story(int seed)
    {
        var messages = Traffic(seed).Take(100).ToList();
        var read = messages.Select(Read).ToList();
        var kinds = read.Where(r => r.PostStatus is not null).SelectMany(KindsOf).ToHashSet();
        Assert.Equal(Enum.GetValues<StatusKind>().ToHashSet().Except([StatusKind.Unknown]), kinds.Order());
        Assert.Superset(
            new HashSet<string?> { "memo.invalid", "recipient.exempt", "recipient.notfound", "recipient.deceased" },
            read.Select(r => r.PostStatus?.FejlKode).ToHashSet());
        Assert.Superset(new HashSet<string> { "1", "2", "3", "4" },
            read.SelectMany(r => r.PostStatus?.Haendelser ?? []).Select(h => h.TypeKode!).ToHashSet());
        Assert.Contains(read, r => !KnownBeskedtyper.Names.ContainsKey(r.Besked.Beskedtype));
        Assert.Contains(
            read, r => r.Besked.ObjektRegistrering.Any(o => o.ObjektId?.StartsWith("urn:oio:cpr-nr:", StringComparison.Ordinal) == true));
        Assert.True(messages.Select(m => Convert.ToBase64String(m.Bytes)).Distinct().Count() < messages.Count, "No repeat.");
        Assert.Contains(read.Where(r => r.PostStatus is not null).GroupBy(r => r.PostStatus!.MessageUUID), FailedThenOnPaper);
    }

    [Fact]
    public void Repeats_overtaking_persons_unknown_types_and_dialects_have_their_shares()
    {
        var messages = Traffic(5).Take(5000).ToList();
        var read = messages.Select(Read).ToList();
        double Share(int count) => 100.0 * count / messages.Count;

        Assert.InRange(Share(messages.Count - messages.Select(m => Convert.ToBase64String(m.Bytes)).Distinct().Count()), 1, 3);
        Assert.InRange(
            Share(read.Count(r => r.Besked.RelateretObjekt.Any(o => o.ObjektType == "ce7fcf97-a8a2-447a-8690-d38aa0f6e23c"))), 2, 5);
        Assert.InRange(Share(read.Count(r => !KnownBeskedtyper.Names.ContainsKey(r.Besked.Beskedtype))), 1, 4);
        Assert.InRange(Share(messages.Count(m => System.Text.Encoding.Latin1.GetString(m.Bytes)
            .Contains("ModtagBeskedInput", StringComparison.Ordinal))), 80, 93);
        var latest = new Dictionary<string, DateTimeOffset>();
        Assert.InRange(Share(read.Count(r => r.PostStatus is { } status && Overtaken(status, latest))), 1, 5);
    }

    [Fact]
    public void Nobody_real_is_named()
    {
        var numbers = Traffic(8).Take(3000)
            .SelectMany(m => Read(m).Besked is var b
                ? b.RelateretObjekt.Select(o => o.ObjektId).Concat(b.ObjektRegistrering.Select(o => o.ObjektId))
                : [])
            .Where(id => id?.StartsWith("urn:oio:cpr-nr:", StringComparison.Ordinal) == true)
            .Select(id => id!["urn:oio:cpr-nr:".Length..])
            .ToList();
        Assert.NotEmpty(numbers);
        int[] weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
        Assert.All(numbers, n => Assert.NotEqual(0, n.Zip(weights, (digit, weight) => (digit - '0') * weight).Sum() % 11));
    }

    private static IEnumerable<SimulatedMessage> Traffic(int seed) => new PostStatusTraffic(seed, Start, Cvr).Messages();

    private static EnvelopeReading.Understood Read(SimulatedMessage message) =>
        Assert.IsType<EnvelopeReading.Understood>(HaendelsesbeskedReader.Read(message.Bytes));

    private static IEnumerable<StatusKind> KindsOf(EnvelopeReading.Understood read) => StatusClassifier.Classify(
        read.Besked.ObjektRegistrering[0].ObjektHandling,
        read.PostStatus!.TransaktionsStatusKode,
        [.. read.PostStatus.Haendelser.Select(h => h.TypeKode!)],
        Portal.Ingestion.Letters.Meanings.EffectiveMeanings.Shipped(new PortalSettings().PostEventCodes));

    private static bool FailedThenOnPaper(IEnumerable<EnvelopeReading.Understood> letter)
    {
        var kinds = letter.OrderBy(r => r.PostStatus!.TransaktionsDatoTid!.At).SelectMany(KindsOf).ToList();
        return kinds.IndexOf(StatusKind.Failed) is >= 0 and var failed && kinds.LastIndexOf(StatusKind.Posted) > failed;
    }

    private static bool Overtaken(PostStatus status, Dictionary<string, DateTimeOffset> latest)
    {
        var (letter, at) = (status.MessageUUID!, status.TransaktionsDatoTid!.At!.Value);
        var overtaken = latest.TryGetValue(letter, out var last) && at < last;
        if (!overtaken) latest[letter] = at;
        return overtaken;
    }
}
