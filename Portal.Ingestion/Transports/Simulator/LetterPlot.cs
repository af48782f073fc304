using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>One event of a letter; <paramref name="After"/> is the time since its story began.</summary>
internal sealed record LetterMoment(
    TimeSpan After, string Action, string? Channel, string? ErrorCode = null, string? ErrorText = null, string? EventCode = null);

/// <summary>The events of a simulated letter in time order: within minutes for a digital letter, days for a paper letter.</summary>
internal static class LetterPlot
{
    private const string Digital = "Digital Post";

    /// <summary>The events of a story; empty for stories that are not about a letter.</summary>
    public static IReadOnlyList<LetterMoment> Of(StoryKind kind, SeededRandom random)
    {
        var ready = new LetterMoment(TimeSpan.Zero, KnownHandlinger.Klar, Channel: null);
        var soon = random.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40));
        var printer = random.Of("Strålfors", "Edora", "KMD Charlie Tango");
        return kind switch
        {
            StoryKind.Digital =>
            [
                ready,
                new(soon, KnownHandlinger.ModtagetDigitalPost, Digital),
                new(soon + random.Between(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(6)), KnownHandlinger.AfleveretDigitalPost, Digital),
            ],
            StoryKind.InvalidMemo => [ready, Failure(soon, "memo.invalid", InvalidMemo)],
            StoryKind.RecipientExempt => [ready, Failure(soon, "recipient.exempt", "Recipient is exempt from Digital Post")],
            StoryKind.RecipientNotFound => [ready, Failure(soon, "recipient.notfound", "No contact found for recipient")],
            StoryKind.RecipientDeceased => [ready, new(soon, KnownHandlinger.ModtagetDigitalPost, Digital),
                Failure(soon * 3, "recipient.deceased", "Recipient is registered as deceased")],
            StoryKind.FailedThenPhysical =>
            [
                ready,
                Failure(soon, "recipient.exempt", "Recipient is exempt from Digital Post"),
                .. OnPaper(random.Between(TimeSpan.FromHours(1), TimeSpan.FromHours(4)), printer, null, random),
            ],
            StoryKind.Physical => [ready, .. OnPaper(soon, printer, null, random)],
            StoryKind.PhysicalReturned => [ready, .. OnPaper(soon, printer, "1", random)],
            StoryKind.PhysicalNewAddress => [ready, .. OnPaper(soon, printer, "2", random)],
            StoryKind.PhysicalReceipt => [ready, .. OnPaper(soon, printer, "3", random)],
            StoryKind.PhysicalTracked => [ready, .. OnPaper(soon, printer, "4", random)],
            StoryKind.Recalled => [ready,
                new(soon + random.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20)), KnownHandlinger.Tilbagekaldt, Digital)],
            _ => [],
        };
    }

    // Like real error texts: a long technical trace with markup.
    internal const string InvalidMemo =
        "dk.digitalpost.client.MemoRejectedException: 400 Bad Request: {\"code\":\"memo.invalid\",\"message\":\"cvc-minLength-valid: Value "
        + "'' with length = '0' is not facet-valid\"} "
        + "<html><body><h1>HTTP Status 400</h1><p>MeMo.MessageHeader.label</p></body></html>\n\tat "
        + "dk.digitalpost.client.Sender.send(Sender.java:118)\n\tat java.base/java.lang.Thread.run(Thread.java:840)";

    private static LetterMoment Failure(TimeSpan after, string code, string text) =>
        new(after, KnownHandlinger.Fejlet, Digital, code, text);

    private static IEnumerable<LetterMoment> OnPaper(TimeSpan from, string printer, string? update, SeededRandom random)
    {
        // "Afsendt" comes first: the sending system has made the letter at the print supplier, and nothing is posted yet.
        var at = from;
        yield return new(at, KnownHandlinger.Afsendt, printer);
        at += TimeSpan.FromMinutes(12);
        yield return new(at, KnownHandlinger.ModtagetFjernprint, printer);
        at += random.Between(TimeSpan.FromHours(2), TimeSpan.FromHours(7));
        yield return new(at, KnownHandlinger.AfleveretTilPrint, printer);
        at += random.Between(TimeSpan.FromHours(10), TimeSpan.FromHours(24))
            + random.Between(TimeSpan.FromHours(3), TimeSpan.FromHours(12));
        yield return new(at, KnownHandlinger.ModtagetPostDanmark, printer);
        if (update is null) yield break;
        at += random.Between(TimeSpan.FromHours(20), TimeSpan.FromHours(72));
        yield return new(at, KnownHandlinger.OpdateringPostDanmark, printer, EventCode: update);
    }
}
