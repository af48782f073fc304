using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;

namespace Portal.Features.Evidence.Contested;

/// <summary>A step of our own handling of an ordinary letter.</summary>
/// <param name="Name">In Danish.</param>
/// <param name="Told">The status that tells it; null when none does.</param>
/// <param name="Ask">Whom to ask when it is missing.</param>
internal sealed record PrintStep(string Name, LetterEvent? Told, string Ask);

/// <summary>The steps from our system to the postal carrier, of the latest attempt to send the letter. Pure.</summary>
internal static class PrintChain
{
    /// <summary>The steps in their order; the last is the handing over to the carrier.</summary>
    public static IReadOnlyList<PrintStep> Of(LetterView letter)
    {
        var events = LatestAttempt(letter.Events);
        LetterEvent? First(Func<LetterEvent, bool> isStep) => events.FirstOrDefault(isStep);
        return
        [
            new("Afsendt (fagsystemet har dannet brevet hos printleverandøren)", First(e => e.Action == KnownHandlinger.Afsendt),
                "Egne kolleger eller leverandøren af fagsystemet: hvornår blev brevet sendt til print?"),
            new("Modtaget til fjernprint", First(e => e.Action == KnownHandlinger.ModtagetFjernprint),
                "Printleverandøren: hvornår blev brevet modtaget?"),
            new("Afleveret til print og kuvertering", First(e => e.Action == KnownHandlinger.AfleveretTilPrint),
                "Printleverandøren: hvornår blev brevet printet og kuverteret?"),
            new("Overgivet til postvirksomheden", First(e => e.Kind == StatusKind.Posted),
                "Printleverandøren: hvornår og til hvilken postvirksomhed blev brevet overgivet?"),
        ];
    }

    // After a failure, a return or a recall a new attempt begins; what came before says nothing of it.
    private static List<LetterEvent> LatestAttempt(IReadOnlyList<LetterEvent> events)
    {
        var all = events.ToList();
        var ended = all.FindLastIndex(e => e.Kind is StatusKind.Failed or StatusKind.Returned or StatusKind.Recalled);
        var after = all.GetRange(ended + 1, all.Count - ended - 1);
        return after.Exists(e => e.Kind is StatusKind.ProgressPhysical or StatusKind.Posted) ? after : all;
    }
}
