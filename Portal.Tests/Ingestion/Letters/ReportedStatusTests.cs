using CsCheck;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Xunit;
using static Portal.Ingestion.Letters.StatusKind;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>The statuses that a message tells, from its envelope to the fold.</summary>
public sealed class ReportedStatusTests
{
    private const string LetterA = "11111111-0000-4000-8000-00000000000a", LetterB = "11111111-0000-4000-8000-00000000000b";
    private static readonly DateTimeOffset Sent = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly EvidenceRules Rules = new(24, 5);
    private static readonly EffectiveMeanings Codes = EffectiveMeanings.Shipped(new PortalSettings().PostEventCodes);

    [Fact]
    public void A_message_with_one_registration_stores_nothing_beside_its_row()
    {
        var draft = Draft(Message([Registration(KnownHandlinger.Fejlet)]), Payload("Fejlet", 1));
        Assert.Null(draft.Row.Statuses);
        Assert.Equal([(0, KnownHandlinger.Fejlet, null, At(1))], Told(draft));
    }

    [Fact]
    public void Events_have_their_own_time_and_the_update_is_no_status_itself()
    {
        var draft = Draft(
            Message([Registration(KnownHandlinger.OpdateringPostDanmark)]), Payload(null, 9) with
            {
                Haendelser = [Event("4", 2), Event("3", 5), Event("1", null), new ForsendelseHaendelse(" ", Time(7), null)],
            });
        Assert.Equal(
            [
                (0, KnownHandlinger.OpdateringPostDanmark, "4", At(2)), (0, KnownHandlinger.OpdateringPostDanmark, "3", At(5)),
                (0, KnownHandlinger.OpdateringPostDanmark, "1", At(9)),
            ], Told(draft));
    }

    [Fact]
    public void Events_beside_another_action_are_no_statuses() =>
        Assert.Equal(
            [(0, KnownHandlinger.Fejlet, null, At(1))],
            Told(Draft(Message([Registration(KnownHandlinger.Fejlet)]), Payload(null, 1) with { Haendelser = [Event("3", 5)] })));

    [Fact]
    public void Registrations_of_two_objects_are_two_parts_each_with_its_own_time()
    {
        var draft = Draft(
            Message(
            [
                Registration(KnownHandlinger.Fejlet, LetterA, 1), Registration(null, LetterB, 8),
                Registration(KnownHandlinger.AfleveretDigitalPost, LetterB.ToUpperInvariant(), 3),
                Registration(KnownHandlinger.ModtagetDigitalPost, LetterA),
            ]),
            Payload("Klar", 7));
        Assert.Equal(
            [
                (0, KnownHandlinger.Fejlet, null, At(1)), (1, KnownHandlinger.AfleveretDigitalPost, null, At(3)),
                (0, KnownHandlinger.ModtagetDigitalPost, null, At(7)),
            ], Told(draft));
        var parts = LoggedStatus.Of(draft.Row, draft.Kind).ToList();
        Assert.Equal([(0, 2, LetterA), (1, 1, LetterB)], parts.Select(p => (p.Part, p.Told.Count, p.OwnObject?.ToLowerInvariant())));

        // Its own object comes first; the other registration's object finds nothing.
        Assert.Equal(LetterB, StatusMatching.Of(parts[1])[0].Value);
        Assert.DoesNotContain(StatusMatching.Of(parts[1]), i => i.Value == LetterA);
    }

    [Fact]
    public void A_message_with_ten_thousand_registrations_costs_no_more_than_a_bound()
    {
        var draft = Draft(
            Message([.. Enumerable.Range(0, 10_000)
                .Select(n => Registration(KnownHandlinger.Klar, new Guid(n, 0, 0, new byte[8]).ToString()))]),
            Payload(null, 1));
        Assert.Equal(ReportedStatuses.Most, ReportedStatuses.Of(draft.Row, draft.Kind).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{\"p\":\"x\"}]")]
    [InlineData("[{\"a\":\"e225a75c-4b63-46c4-9423-77f5c8762445\"")]
    public void A_damaged_column_counts_as_missing(string column)
    {
        var draft = Draft(Message([Registration(KnownHandlinger.Fejlet)]), Payload("Fejlet", 1));
        draft.Row.Statuses = column;
        Assert.Equal([(0, KnownHandlinger.Fejlet, null, At(1))], Told(draft));
    }

    [Fact]
    public void A_person_number_in_an_object_is_not_stored() =>
        Assert.DoesNotContain("0101011234", Draft(
            Message([Registration(KnownHandlinger.Fejlet, "urn:oio:cpr-nr:0101011234", 1), Registration(KnownHandlinger.Klar, LetterA, 2)]),
            Payload(null, 1)).Row.Statuses);

    /// <summary>Ten thousand made-up stories of a letter agree with a reading of DOMAIN §2 that shares no code with the portal's.</summary>
    [Fact]
    public void Random_stories_of_messages_that_tell_several_agree_with_a_plain_reading_of_the_rules()
    {
        string?[] actions =
        [
            null, KnownHandlinger.Klar, KnownHandlinger.ModtagetDigitalPost, KnownHandlinger.AfleveretDigitalPost, KnownHandlinger.Fejlet,
            KnownHandlinger.ModtagetFjernprint, KnownHandlinger.AfleveretTilPrint, KnownHandlinger.Afsendt,
            KnownHandlinger.ModtagetPostDanmark, KnownHandlinger.OpdateringPostDanmark, KnownHandlinger.OpdateringPostDanmark,
            KnownHandlinger.Tilbagekaldt, "99999999-0000-4000-8000-000000000000",
        ];
        string?[] texts = [null, "Fejlet", "afleveret  digital-post", "Noget nyt", "TILBAGEKALDT"];
        string[] codes = ["1", "2", "3", "4", "03", "99"];
        var hour = Gen.Int[-1, 12].Select(h => h < 0 ? null : (double?)h);
        var registration = Gen.Select(
            AnyOf(actions), AnyOf<string?>(LetterA, LetterB, null), hour, (a, o, t) => Registration(a, o, t));
        var anEvent = Gen.Select(AnyOf(codes), hour, (c, t) => Event(c, t));
        var message = Gen.Select(
            registration.Array[0, 3], anEvent.Array[0, 3], AnyOf(texts), hour, AnyOf(LetterA, LetterB),
            (r, e, text, at, uuid) => (Besked: Message(r), Status: Payload(text, at) with { Haendelser = [.. e], MessageUUID = uuid }));
        var stories = 0;
        Gen.Select(message.Array[0, 5], Gen.Enum<LetterChannel>(), Gen.Enum<ReceiptsOrdered>(), Gen.Int[0, 300], Gen.Int).Sample(
            (messages, channel, receipts, now, seed) =>
            {
                var letter = new LetterFacts(Sent, channel, receipts);
                var facts = messages.SelectMany((m, n) =>
                {
                    var draft = Draft(m.Besked, m.Status);
                    return LoggedStatus.Of(draft.Row, draft.Kind).Where(BelongsToA)
                        .SelectMany(p => p.Told).Select(t => new StatusFact($"b{n}", StatusClassifier.KindOf(t, Codes), t.At));
                }).ToArray();
                var shuffled = facts.Concat(facts.Take(2)).ToArray();
                new Random(seed).Shuffle(shuffled);
                var verdict = LetterFold.Fold(letter, shuffled, Sent.AddHours(now), Rules);
                Assert.Equal(
                    PlainReading.Of(letter, [.. messages.SelectMany(PlainReading.Statuses)], Sent.AddHours(now)),
                    (verdict.Verdict, verdict.Contradiction));
                Interlocked.Increment(ref stories);
            }, iter: 10_000);
        Assert.True(stories >= 10_000);
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    // Matched as with two letters registered by their MessageUUID.
    private static bool BelongsToA(LoggedStatus part) => StatusMatching.Decide(
        part, i => i.Kind != 0 ? [] : i.Value == LetterA ? [1] : i.Value == LetterB ? [2] : []).LetterKey == 1;

    private static IEnumerable<(int, string?, string?, DateTimeOffset?)> Told(MessageDraft draft) =>
        ReportedStatuses.Of(draft.Row, draft.Kind).Select(t => (t.Part, t.Action, t.EventCode, t.At));

    private static MessageDraft Draft(Haendelsesbesked besked, PostStatus status) => MessageDraftBuilder.Of(
        new EnvelopeReading.Understood(besked, status, null), new Delivery(new byte[10], "push", Sent), new byte[32], "55133018");

    private static Haendelsesbesked Message(ObjektRegistrering[] registrations) => new()
    {
        BeskedId = "b", Beskedtype = KnownBeskedtyper.PostStatus, ObjektRegistrering = [.. registrations],
    };

    private static ObjektRegistrering Registration(string? action, string? letter = null, double? hours = null) =>
        new() { ObjektHandling = action, ObjektId = letter, Registreringstidspunkt = Time(hours) };

    private static PostStatus Payload(string? text, double? hours) =>
        new() { TransaktionsStatusKode = text, TransaktionsDatoTid = Time(hours) };

    private static ForsendelseHaendelse Event(string code, double? hours) => new(code, Time(hours), null);

    private static DateTimeOffset At(double hours) => Sent.AddHours(hours);

    private static Tidsstempel? Time(double? hours) => hours is { } h ? new Tidsstempel("", At(h)) : null;

    /// <summary>DOMAIN §2 read line by line: of letter A, which status counts, and what they give together.</summary>
    private static class PlainReading
    {
        public static IEnumerable<(StatusKind Kind, DateTimeOffset? At)> Statuses((Haendelsesbesked Besked, PostStatus Status) message)
        {
            var known = message.Besked.ObjektRegistrering.Where(r => KindOf(r.ObjektHandling) is not null).ToList();
            var several = known.Count > 1;
            var own = known.Count > 0 ? known : [.. message.Besked.ObjektRegistrering.Take(1).DefaultIfEmpty(new ObjektRegistrering())];
            var first = known.Count > 0 ? known[0] : message.Besked.ObjektRegistrering.FirstOrDefault(r => r.ObjektHandling is not null)
                ?? (message.Besked.ObjektRegistrering is [var any, ..] ? any : null);
            var time = message.Status.TransaktionsDatoTid?.At ?? first?.Registreringstidspunkt?.At;
            foreach (var registration in several ? own : own.Take(1))
            {
                var letter = several
                    ? registration.ObjektId ?? message.Status.MessageUUID
                    : first?.ObjektId is { } other && other != message.Status.MessageUUID ? "both" : message.Status.MessageUUID;
                if (letter != LetterA) continue;
                var action = KindOf(registration.ObjektHandling) is not null ? registration.ObjektHandling : ByText(message.Status);
                var at = several ? registration.Registreringstidspunkt?.At ?? time : time;
                var events = message.Status.Haendelser;
                if ((action is null || action == KnownHandlinger.OpdateringPostDanmark) && events.Count > 0)
                {
                    foreach (var e in events) yield return (OfCode(e.TypeKode!), e.DatoTid?.At ?? at);
                }
                else
                {
                    yield return (KindOf(action) ?? Unknown, at);
                }
            }
        }

        public static (Verdict, bool) Of(LetterFacts letter, (StatusKind Kind, DateTimeOffset? At)[] statuses, DateTimeOffset now)
        {
            var told = statuses.Select(s => (s.Kind, At: s.At ?? DateTimeOffset.MinValue)).ToList();
            var arrivals = told.FindAll(s => s.Kind == Delivered);
            if (arrivals.Count > 0)
            {
                var arrived = arrivals.Min(a => a.At);
                return (Verdict.Delivered, told.Exists(s => s.Kind == Recalled || (s.Kind is Failed or Returned && s.At >= arrived)));
            }

            StatusKind[] byRank = [Posted, Failed, Returned, Recalled];
            var ends = told.FindAll(s => byRank.Contains(s.Kind));
            var start = letter.SentAt;
            var attempt = told.FindAll(s => s.Kind is ProgressNeutral or ProgressDigital or ProgressPhysical);
            if (ends.Count > 0)
            {
                var (kind, at) = ends.OrderBy(e => e.At).ThenBy(e => Array.IndexOf(byRank, e.Kind)).Last();
                attempt = attempt.FindAll(s => s.At > at);
                if (kind == Posted) return (Verdict.HandedToPost, false);
                if (attempt.Count == 0)
                    return (kind == Failed ? Verdict.Failed : kind == Returned ? Verdict.Returned : Verdict.Recalled, false);
                start = attempt.Min(s => s.At);
            }

            var physical = letter.Channel == LetterChannel.FysiskPost || attempt.Exists(s => s.Kind == ProgressPhysical);
            if (now < LetterFold.Deadline(start, physical, Rules)) return (Verdict.OnItsWay, false);
            return (letter.Receipts == ReceiptsOrdered.All ? Verdict.EvidenceMissing : Verdict.NoReceipt, false);
        }

        private static string? ByText(PostStatus status) => status.TransaktionsStatusKode switch
        {
            "Fejlet" => KnownHandlinger.Fejlet,
            "afleveret  digital-post" => KnownHandlinger.AfleveretDigitalPost,
            "TILBAGEKALDT" => KnownHandlinger.Tilbagekaldt,
            _ => null,
        };

        private static StatusKind OfCode(string code) => code switch
        {
            "1" => Returned, "3" or "03" => Delivered, "2" or "4" => Posted, _ => Unknown,
        };

        private static StatusKind? KindOf(string? action) => action switch
        {
            KnownHandlinger.Klar => ProgressNeutral,
            KnownHandlinger.ModtagetDigitalPost => ProgressDigital,
            KnownHandlinger.Afsendt or KnownHandlinger.ModtagetFjernprint or KnownHandlinger.AfleveretTilPrint => ProgressPhysical,
            KnownHandlinger.AfleveretDigitalPost => Delivered,
            KnownHandlinger.ModtagetPostDanmark => Posted,
            KnownHandlinger.Fejlet => Failed,
            KnownHandlinger.Tilbagekaldt => Recalled,
            KnownHandlinger.OpdateringPostDanmark => Unknown,
            _ => null,
        };
    }
}
