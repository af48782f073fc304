using System.Globalization;
using System.Net;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>
/// DOMAIN §2 through HTTP: the tests push statuses and register letters, and the case gives the verdicts. Most stories share a portal,
/// since letters do not affect each other.
/// </summary>
public sealed class LetterStoryTests
{
    private const string Monday = "2024-03-04T";

    private sealed record Story(string Name, string Verdict, params string[] Statuses)
    {
        public string Uuid { get; } = Guid.NewGuid().ToString();
        public string Sent { get; init; } = Monday + "09:00:00+01:00";
        public string Channel { get; init; } = "DigitalPost";
        public string? CaseType { get; init; } = "huslejenaevn";
        public bool Decision { get; init; } = true;
        public bool StatusesFirst { get; init; }
        public bool? Contradiction { get; init; }

        /// <summary>The expected time of the verdict, UTC; "none" when there must be none; null when it is not checked.</summary>
        public string? At { get; init; }

        /// <summary>The expected last day to appeal; "none" when there must be none; null when it is not checked.</summary>
        public string? Appeal { get; init; }
    }

    [Fact]
    public async Task Every_verdict_comes_out_of_the_statuses_as_the_rules_say() => await TellAsync(
        new("nothing came", "evidence-missing") { At = "2024-03-05T08:00:00Z", Appeal = "none" },
        new("sent just now", "on-its-way") { Sent = DateTimeOffset.UtcNow.ToString("O") },
        new("progress alone", "evidence-missing", At(KnownHandlinger.ModtagetDigitalPost, "10")),
        new("delivered", "delivered", At(KnownHandlinger.Klar, "09"),
            At(KnownHandlinger.AfleveretDigitalPost, "11")) { At = "2024-03-04T10:00:00Z", Contradiction = false },
        new("delivered twice", "delivered", At(KnownHandlinger.AfleveretDigitalPost, "15"),
            At(KnownHandlinger.AfleveretDigitalPost, "11")) { At = "2024-03-04T10:00:00Z" },
        new("before its letter", "delivered", At(KnownHandlinger.AfleveretDigitalPost, "11")) { StatusesFirst = true },
        new("failed", "failed", At(KnownHandlinger.Fejlet, "11")) { Appeal = "none" },
        new("recalled", "recalled", At(KnownHandlinger.Tilbagekaldt, "11")),
        new("sent by post", "handed-to-post", At(KnownHandlinger.ModtagetPostDanmark, "11")),
        new("taken by the post", "handed-to-post", At(KnownHandlinger.ModtagetPostDanmark, "11")),
        new("came back", "returned", At(KnownHandlinger.ModtagetPostDanmark, "10"), At(KnownHandlinger.OpdateringPostDanmark, "12", "1")),
        new("new address", "handed-to-post", At(KnownHandlinger.OpdateringPostDanmark, "12", "2")),
        new("receipt", "delivered", At(KnownHandlinger.ModtagetPostDanmark, "10"), At(KnownHandlinger.OpdateringPostDanmark, "12", "3")),
        new("tracking", "handed-to-post", At(KnownHandlinger.OpdateringPostDanmark, "12", "04")),
        new("unmapped event", "evidence-missing", At(KnownHandlinger.OpdateringPostDanmark, "12", "99")),
        new("digital failure, then post", "handed-to-post", At(KnownHandlinger.Fejlet, "10"), At(KnownHandlinger.ModtagetFjernprint, "11"),
            At(KnownHandlinger.ModtagetPostDanmark, "12")),
        new("return, then post", "handed-to-post", At(KnownHandlinger.OpdateringPostDanmark, "10", "1"),
            At(KnownHandlinger.ModtagetPostDanmark, "12")),
        new("return, then a digital attempt", "evidence-missing", At(KnownHandlinger.OpdateringPostDanmark, "10", "1"),
            At(KnownHandlinger.ModtagetDigitalPost, "12")) { At = "2024-03-05T11:00:00Z" },
        new("failure, then a physical attempt", "evidence-missing", At(KnownHandlinger.Fejlet, "10"),
            At(KnownHandlinger.ModtagetFjernprint, "12")) { At = "2024-03-11T23:00:00Z" },
        new("all at once, recalled", "recalled", At(KnownHandlinger.Tilbagekaldt, "12"),
            At(KnownHandlinger.OpdateringPostDanmark, "12", "1"), At(KnownHandlinger.Fejlet, "12"),
            At(KnownHandlinger.ModtagetPostDanmark, "12")),
        new("all at once, returned", "returned", At(KnownHandlinger.OpdateringPostDanmark, "12", "1"), At(KnownHandlinger.Fejlet, "12"),
            At(KnownHandlinger.ModtagetPostDanmark, "12")),
        new("all at once, failed", "failed", At(KnownHandlinger.Fejlet, "12"), At(KnownHandlinger.ModtagetPostDanmark, "12")),
        new("failure at the arrival", "delivered", At(KnownHandlinger.AfleveretDigitalPost, "11"),
            At(KnownHandlinger.Fejlet, "11")) { Contradiction = true },
        new("failure before the arrival", "delivered", At(KnownHandlinger.Fejlet, "10"),
            At(KnownHandlinger.AfleveretDigitalPost, "11")) { Contradiction = false },
        new("recall before the arrival", "delivered", At(KnownHandlinger.Tilbagekaldt, "10"),
            At(KnownHandlinger.AfleveretDigitalPost, "11")) { Contradiction = true },
        new("the action decides", "delivered", $"{KnownHandlinger.AfleveretDigitalPost.ToUpperInvariant()}|{Monday}11:00:00+01:00||Fejlet"),
        new("the text is the fallback", "failed", $"{Guid.NewGuid()}|{Monday}11:00:00+01:00||fejlet"),
        new("nothing known", "evidence-missing", $"{Guid.NewGuid()}|{Monday}11:00:00+01:00||Noget"));

    [Fact]
    public async Task Deadlines_are_counted_in_hours_and_in_working_days_that_end_at_midnight_in_Copenhagen() => await TellAsync(
        new("physical", "evidence-missing") { Channel = "FysiskPost", At = "2024-03-11T23:00:00Z" },
        new("automatic", "evidence-missing") { Channel = "Automatisk", At = "2024-03-05T08:00:00Z" },
        new("over Easter and into summer time",
            "evidence-missing") { Channel = "FysiskPost", Sent = "2024-03-27T23:30:00+01:00", At = "2024-04-08T22:00:00Z" },
        new("already tomorrow in Copenhagen",
            "evidence-missing") { Channel = "FysiskPost", Sent = "2024-03-03T23:30:00Z", At = "2024-03-11T23:00:00Z" },
        new("hours are hours when the clocks change",
            "evidence-missing") { Sent = "2024-03-30T12:00:00+01:00", At = "2024-03-31T11:00:00Z" },
        new("over Christmas and New Year",
            "evidence-missing") { Channel = "FysiskPost", Sent = "2025-12-22T09:00:00+01:00", At = "2026-01-05T23:00:00Z" });

    [Fact]
    public async Task Times_without_zone_are_Danish_and_a_status_without_time_gives_no_moment() => await TellAsync(
        new("winter", "delivered", $"{KnownHandlinger.AfleveretDigitalPost}|2024-01-15T23:30:00") { At = "2024-01-15T22:30:00Z" },
        new("summer", "delivered", $"{KnownHandlinger.AfleveretDigitalPost}|2024-07-15T00:30:00") { At = "2024-07-14T22:30:00Z" },
        new("the hour that comes twice", "delivered",
            $"{KnownHandlinger.AfleveretDigitalPost}|2023-10-29T02:30:00") { At = "2023-10-29T00:30:00Z" },
        new("no time", "delivered", $"{KnownHandlinger.AfleveretDigitalPost}|") { At = "none", Appeal = "none", Contradiction = false },
        new("nonsense for a time", "delivered", $"{KnownHandlinger.AfleveretDigitalPost}|i går") { At = "none", Appeal = "none" },
        new("a failure without time stands first", "delivered", $"{KnownHandlinger.Fejlet}|",
            At(KnownHandlinger.AfleveretDigitalPost, "11")) { Contradiction = false });

    [Fact]
    public async Task The_last_day_to_appeal_agrees_with_a_recount_by_hand()
    {
        string[] arrivals =
        [
            "2023-03-09T10:00:00+01:00", "2023-03-10T10:00:00+01:00", "2023-03-13T10:00:00+01:00", "2023-04-07T10:00:00+02:00",
            "2023-05-08T10:00:00+02:00", "2024-03-01T12:00:00+01:00", "2024-03-29T10:00:00+01:00", "2024-05-08T10:00:00+02:00",
            "2024-04-11T12:00:00+02:00", "2024-04-21T12:00:00+02:00", "2024-04-22T12:00:00+02:00", "2023-11-26T10:00:00+01:00",
            "2023-12-03T10:00:00+01:00", "2024-11-26T22:59:59Z", "2024-11-26T23:00:00Z", "2025-03-20T12:00:00+01:00",
            "2025-12-03T12:00:00+01:00", "2025-12-04T09:00:00+01:00", "2026-05-08T09:00:00+02:00",
        ];
        await TellAsync([.. arrivals.Select(
            at => new Story($"arrived {at}", "delivered", $"{KnownHandlinger.AfleveretDigitalPost}|{at}") { Appeal = Recount(at) })]);
    }

    [Fact]
    public async Task A_period_in_months_ends_on_the_same_day_or_the_months_last_and_others_have_none() => await TellWithAsync(
        ["--Evidence:AppealPeriods:byggesag=P1M"],
        new("end of January", "delivered",
            $"{KnownHandlinger.AfleveretDigitalPost}|2024-01-31T10:00:00+01:00") { CaseType = "byggesag", Appeal = "2024-02-29" },
        new("end of November", "delivered",
            $"{KnownHandlinger.AfleveretDigitalPost}|2024-11-30T10:00:00+01:00") { CaseType = "Byggesag", Appeal = "2024-12-30" },
        new("to New Year's Eve", "delivered",
            $"{KnownHandlinger.AfleveretDigitalPost}|2024-12-01T10:00:00+01:00") { CaseType = "byggesag", Appeal = "2025-01-02" },
        new("no decision", "delivered", At(KnownHandlinger.AfleveretDigitalPost, "11")) { Decision = false, Appeal = "none" },
        new("no period", "delivered", At(KnownHandlinger.AfleveretDigitalPost, "11")) { CaseType = "andet", Appeal = "none" },
        new("no case type", "delivered", At(KnownHandlinger.AfleveretDigitalPost, "11")) { CaseType = null, Appeal = "none" });

    [Fact]
    public async Task A_correction_is_kept_next_to_what_it_replaced_and_a_repeat_changes_nothing()
    {
        var portal = await SharedPortals.EmptyAsync();
        var uuid = Guid.NewGuid().ToString();
        object Letter(string title) => new
        {
            caseNumber = "24-1", letterId = uuid, title, recipient = new { name = "Anna" }, sentAt = Monday + "09:00:00+01:00",
            identifiers = new { messageUuid = uuid },
        };
        using (var first = await portal.RegisterAsync(Letter("Brev til 010101-1234")))
            Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using (var same = await portal.RegisterAsync(Letter("Brev til 010101-1234"))) Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        Assert.Empty((await portal.GetAsync("/api/sager/24-1"))["letters"]![0]!["corrections"]!.AsArray());

        using (var corrected = await portal.RegisterAsync(Letter("Nyt navn"))) Assert.Equal(HttpStatusCode.OK, corrected.StatusCode);

        var letter = Assert.Single((await portal.GetAsync("/api/sager/24-1"))["letters"]!.AsArray())!;
        Assert.Equal("Nyt navn", (string?)letter["title"]);
        Assert.Equal("Titel: Brev til 010101-xxxx → Nyt navn", (string?)Assert.Single(letter["corrections"]!.AsArray())!["changes"]![0]);
    }

    [Fact]
    public async Task A_status_that_two_letters_claim_is_in_neithers_story_and_is_on_the_worklist()
    {
        var portal = await SharedPortals.EmptyAsync();
        var uuid = Guid.NewGuid().ToString();
        foreach (var id in (string[])["a", "b"]) (await portal.RegisterAsync(Stories.Envelopes.Letter("24-2", uuid, id))).Dispose();
        var status = Push(uuid, At(KnownHandlinger.AfleveretDigitalPost, "11"));
        (await portal.PushAsync(status.Bytes)).Dispose();

        var row = Assert.Single((await PortalProcess.EventuallyAsync(
            () => portal.GetAsync("/api/opfoelgning?reason=ambiguous"), l => l["items"]!.AsArray().Count > 0))["items"]!.AsArray())!;
        Assert.Equal(status.BeskedId, (string?)row["beskedId"]);
        Assert.All((await portal.GetAsync("/api/sager/24-2"))["letters"]!.AsArray(), letter => Assert.Empty(letter!["events"]!.AsArray()));
    }

    /// <summary>
    /// The last day to appeal, counted independently: 28 days one at a time, then on past weekends and a written list of closed days.
    /// </summary>
    private static string Recount(string arrival)
    {
        string[] closed =
        [
            "2023-01-01", "2023-04-06", "2023-04-07", "2023-04-09", "2023-04-10", "2023-05-05", "2023-05-18", "2023-05-28", "2023-05-29",
            "2023-06-05", "2023-12-24", "2023-12-25", "2023-12-26", "2023-12-31", "2024-01-01", "2024-03-28", "2024-03-29", "2024-03-31",
            "2024-04-01", "2024-05-09", "2024-05-19", "2024-05-20", "2024-06-05", "2024-12-24", "2024-12-25", "2024-12-26", "2024-12-31",
            "2025-01-01", "2025-04-17", "2025-04-18", "2025-04-20", "2025-04-21", "2025-05-29", "2025-06-05", "2025-06-08", "2025-06-09",
            "2025-12-24", "2025-12-25", "2025-12-26", "2025-12-31",
            "2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-14", "2026-05-24", "2026-05-25", "2026-06-05",
        ];
        var day = DanishTime.ToLocal(DateTimeOffset.Parse(arrival, CultureInfo.InvariantCulture)).Date;
        for (var n = 0; n < 28; n++) day = day.AddDays(1);
        string Written() => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || closed.Contains(Written())) day = day.AddDays(1);
        return Written();
    }

    private static string At(string action, string hour, string code = "") => $"{action}|{Monday}{hour}:00:00+01:00|{code}";

    /// <summary>A status written as <c>action|time|event code|text</c>.</summary>
    private static (string BeskedId, byte[] Bytes) Push(string uuid, string status)
    {
        var part = status.Split('|');
        string Element(string name, string? text) => string.IsNullOrEmpty(text) ? "" : $"<{name}>{text}</{name}>";
        var events = Element("ForsendelseHaendelseSamling",
            Element("ForsendelseHaendelse", Element("ForsendelseHaendelseTypeKode", part.ElementAtOrDefault(2))));
        return Stories.Envelopes.With(part[0], $"<MessageUUID>{uuid.ToUpperInvariant()}</MessageUUID>"
            + $"{Element("TransaktionsDatoTid", part[1])}{Element("TransaktionsStatusKode", part.ElementAtOrDefault(3))}{events}");
    }

    private static async Task TellAsync(params Story[] stories) => await TellAsync(await SharedPortals.EmptyAsync(), stories);

    private static async Task TellWithAsync(string[] settings, params Story[] stories)
    {
        await using var portal = await HostedPortal.StartAsync(settings: settings);
        await TellAsync(portal, stories);
    }

    private static async Task TellAsync(RunningPortal portal, Story[] stories)
    {
        foreach (var story in stories.OrderByDescending(s => s.StatusesFirst))
        {
            if (!story.StatusesFirst) await RegisterAsync(portal, story);
            foreach (var status in story.Statuses) (await portal.PushAsync(Push(story.Uuid, status).Bytes)).Dispose();
            if (story.StatusesFirst) await RegisterAsync(portal, story);
        }

        foreach (var story in stories)
        {
            var letter = await PortalProcess.EventuallyAsync(
                async () => (await portal.GetAsync($"/api/sager/{story.Uuid}"))["letters"]![0]!,
                l => l["events"]!.AsArray().Count == story.Statuses.Length);
            Assert.Equal((story.Name, story.Verdict), (story.Name, (string?)letter["verdict"]));
            if (story.Contradiction is { } contradiction)
                Assert.Equal((story.Name, contradiction), (story.Name, (bool)letter["contradiction"]!));
            if (story.At is { } at) Assert.Equal((story.Name, at), (story.Name, (string?)letter["verdictAt"] ?? "none"));
            if (story.Appeal is { } day) Assert.Equal((story.Name, day), (story.Name, (string?)letter["appealDeadline"] ?? "none"));
        }
    }

    private static async Task RegisterAsync(RunningPortal portal, Story story)
    {
        using var answer = await portal.RegisterAsync(new
        {
            caseNumber = story.Uuid, caseType = story.CaseType, letterId = "L" + story.Uuid, title = story.Name,
            recipient = new { name = "Anna Lejer" }, channel = story.Channel, decision = story.Decision,
            sentAt = story.Sent, identifiers = new { messageUuid = story.Uuid },
        });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
