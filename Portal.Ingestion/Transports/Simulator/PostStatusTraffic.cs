using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>
/// Endless realistic traffic of one authority, in order of arrival. The first six days have every kind of story at least once, one each
/// eight hours; then about 700 stories a day. The same seed, start and authority give the same bytes; every id depends on the seed only.
/// </summary>
public sealed class PostStatusTraffic(int seed, DateTimeOffset start, string cvr)
{
    // Slow stories first, so that they have ended when the everyday traffic begins.
    private static readonly StoryKind[] Opening =
    [
        StoryKind.PhysicalReturned, StoryKind.Digital, StoryKind.PhysicalReceipt, StoryKind.FailedThenPhysical,
        StoryKind.PhysicalNewAddress, StoryKind.UnknownType, StoryKind.PhysicalTracked, StoryKind.Digital, StoryKind.Recalled,
        StoryKind.InvalidMemo, StoryKind.PersonEvent, StoryKind.RecipientExempt, StoryKind.Digital, StoryKind.RecipientNotFound,
        StoryKind.Physical, StoryKind.RecipientDeceased, StoryKind.Digital, StoryKind.Digital,
    ];

    private static readonly TimeSpan OpeningGap = TimeSpan.FromHours(8);
    private static readonly TimeSpan LongestEverydayGap = TimeSpan.FromMinutes(4);

    // A random stream that no story uses: stories are numbered from 0.
    private const ulong UnknownTypes = ulong.MaxValue;

    private readonly string[] _unknownTypes = UnknownTypesOf(seed);
    private readonly DateTimeOffset _start = start.ToUniversalTime();

    /// <summary>The messages, generated lazily.</summary>
    public IEnumerable<SimulatedMessage> Messages()
    {
        var waiting = new PriorityQueue<Arrival, (TimeSpan At, long Number)>();
        var begins = TimeSpan.Zero;
        var numbered = 0L;
        for (var story = 0; ; story++)
        {
            while (waiting.TryPeek(out var next, out _) && next.At <= begins)
            {
                waiting.Dequeue();
                yield return new SimulatedMessage(next.Build(), next.At);
            }

            var random = SeededRandom.For(seed, (ulong)story);
            foreach (var arrival in Arrivals(story, begins, random)) waiting.Enqueue(arrival, (arrival.At, numbered++));
            begins += story < Opening.Length ? OpeningGap : random.Between(TimeSpan.FromSeconds(1), LongestEverydayGap);
        }
    }

    private static string[] UnknownTypesOf(int seed)
    {
        var random = SeededRandom.For(seed, UnknownTypes);
        return [random.Uuid(), random.Uuid(), random.Uuid()];
    }

    private List<Arrival> Arrivals(int story, TimeSpan begins, SeededRandom random)
    {
        var kind = story < Opening.Length ? Opening[story] : Everyday(random);
        var moments = LetterPlot.Of(kind, random);
        var arrivals = moments.Count > 0
            ? LetterArrivals(begins, moments, random)
            : [new Arrival(Travelled(begins, random), Other(kind, begins, random))];

        // The distributor delivers again when an acknowledgement was lost. The opening shows it once for certain.
        for (var i = arrivals.Count - 1; i >= 0; i--)
        {
            if (random.Percent(2) || (story == 1 && i == 0))
                arrivals.Add(arrivals[i] with { At = arrivals[i].At + random.Between(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)) });
        }

        return arrivals;
    }

    private List<Arrival> LetterArrivals(TimeSpan begins, IReadOnlyList<LetterMoment> moments, SeededRandom random)
    {
        var (messageUuid, transmissionId, messageId) = (random.Uuid(), random.Uuid(), random.Uuid());
        var person = random.Percent(2) ? PersonMessage.CprUrn(random) : null;
        var arrivals = new Arrival[moments.Count];
        for (var i = moments.Count - 1; i >= 0; i--)
        {
            var moment = moments[i];
            var style = StyleMix.Of(random);
            var step = new PostStatusStep
            {
                BeskedId = random.Uuid(),
                Cvr = cvr,
                Action = moment.Action,
                At = _start + begins + moment.After,
                MessageUuid = messageUuid,
                TransmissionId = transmissionId,
                MessageId = messageId,
                Channel = moment.Channel,
                ErrorCode = moment.ErrorCode,
                ErrorText = moment.ErrorText,
                EventCode = moment.EventCode,
                Wrapped = style.Wrapped,
            };

            // Some arrive after the status that follows them.
            var overtaken = i + 1 < moments.Count && random.Percent(4);
            var at = overtaken
                ? arrivals[i + 1].At + random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30))
                : Travelled(begins + moment.After, random);
            arrivals[i] = new Arrival(at, () => PostStatusMessage.Build(step, style, person));
        }

        return [.. arrivals];
    }

    private Func<byte[]> Other(StoryKind kind, TimeSpan begins, SeededRandom random)
    {
        var style = StyleMix.Of(random);
        var (own, at) = (random.Next(), _start + begins);
        if (kind == StoryKind.PersonEvent) return () => PersonMessage.Event(new SeededRandom(own), at, cvr, style);

        var type = random.Of<string>(_unknownTypes);
        return () => PersonMessage.OfUnknownType(type, new SeededRandom(own), at, cvr, style);
    }

    // Shares of the stories, in percent. A story without a letter has one message, the others about three.
    private static StoryKind Everyday(SeededRandom random) => random.Below(100) switch
    {
        < 62 => StoryKind.Digital,
        < 65 => StoryKind.InvalidMemo,
        < 68 => StoryKind.RecipientExempt,
        < 70 => StoryKind.RecipientNotFound,
        < 71 => StoryKind.RecipientDeceased,
        < 75 => StoryKind.FailedThenPhysical,
        < 81 => StoryKind.Physical,
        < 83 => StoryKind.PhysicalReturned,
        < 84 => StoryKind.PhysicalNewAddress,
        < 86 => StoryKind.PhysicalReceipt,
        < 88 => StoryKind.PhysicalTracked,
        < 90 => StoryKind.Recalled,
        < 94 => StoryKind.PersonEvent,
        _ => StoryKind.UnknownType,
    };

    private static TimeSpan Travelled(TimeSpan happened, SeededRandom random) =>
        happened + random.Between(TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(3));

    private sealed record Arrival(TimeSpan At, Func<byte[]> Build);
}
