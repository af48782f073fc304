using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>
/// Traffic of one authority on a calm day, message by message as the clock goes: each is made now, so nothing seems late. Digital letters
/// arrive within a minute, letters posted earlier are handed over, and now and then there is another message or a failure. Not thread-safe.
/// </summary>
public sealed class LiveTraffic(int seed, string cvr)
{
    // Every so many stories: rare enough that the worklist grows by a few rows an hour at two messages a second.
    private const int Posted = 12;
    private const int Person = 25;
    private const int Unknown = 40;
    // No multiple of the others, which are looked for first: with 500 each failure was a person's message instead, and none came.
    private const int Failure = 499;

    // From an event at its source to its message here.
    private static readonly TimeSpan Travelled = TimeSpan.FromSeconds(1.4);

    private static readonly StoryKind[] Failures = [StoryKind.RecipientExempt, StoryKind.InvalidMemo, StoryKind.RecipientNotFound];
    private readonly PriorityQueue<Due, (DateTimeOffset At, long Number)> _due = new();
    private readonly string _unknownType = SeededRandom.For(seed, ulong.MaxValue).Uuid();
    private long _stories;
    private long _number;

    /// <summary>The next message that is due; when none is, the first of a new story.</summary>
    /// <param name="now">UTC.</param>
    public byte[] Next(DateTimeOffset now)
    {
        if (!_due.TryPeek(out var due, out _) || due.At > now) Begin(now);
        return _due.Dequeue().Build(now - Travelled);
    }

    private void Begin(DateTimeOffset now)
    {
        var story = ++_stories;
        var random = SeededRandom.For(seed, (ulong)story);
        if (story % Unknown == 0 || story % Person == 0)
        {
            var style = StyleMix.Of(random);
            Add(now, at => story % Unknown == 0
                ? PersonMessage.OfUnknownType(_unknownType, random, at, cvr, style)
                : PersonMessage.Event(random, at, cvr, style));
            return;
        }

        var letter = (Message: random.Uuid(), Transmission: random.Uuid(), Id: random.Uuid());
        var person = random.Percent(2) ? PersonMessage.CprUrn(random) : null;
        foreach (var moment in MomentsOf(story, random))
        {
            var (id, style) = (random.Uuid(), StyleMix.Of(random));
            Add(now + moment.After, at => PostStatusMessage.Build(
                new PostStatusStep
                {
                    BeskedId = id, Cvr = cvr, Action = moment.Action, At = at, MessageUuid = letter.Message,
                    TransmissionId = letter.Transmission, MessageId = letter.Id, Channel = moment.Channel, ErrorCode = moment.ErrorCode,
                    ErrorText = moment.ErrorText, Wrapped = style.Wrapped,
                },
                style, person));
        }
    }

    private static IReadOnlyList<LetterMoment> MomentsOf(long story, SeededRandom random)
    {
        if (story % Failure == 0) return LetterPlot.Of(Failures[story / Failure % Failures.Length], random);
        if (story % Posted == 0)
            return [new(TimeSpan.Zero, KnownHandlinger.ModtagetPostDanmark, random.Of("Strålfors", "Edora", "KMD Charlie Tango"))];
        var soon = random.Between(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
        return
        [
            new(TimeSpan.Zero, KnownHandlinger.Klar, Channel: null), new(soon, KnownHandlinger.ModtagetDigitalPost, "Digital Post"),
            new(soon + random.Between(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30)), KnownHandlinger.AfleveretDigitalPost,
                "Digital Post"),
        ];
    }

    private void Add(DateTimeOffset at, Func<DateTimeOffset, byte[]> build) => _due.Enqueue(new Due(at, build), (at, _number++));

    private sealed record Due(DateTimeOffset At, Func<DateTimeOffset, byte[]> Build);
}
