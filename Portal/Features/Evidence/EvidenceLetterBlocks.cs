using System.Collections.Immutable;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence;

/// <summary>The section about one letter: verdict, the five points, identifiers, statuses, incidents, links and corrections.</summary>
/// <param name="number">The recipient's unmasked CPR number; null unless it was asked for with a purpose.</param>
internal sealed class EvidenceLetterBlocks(LetterView letter, CprNumber? number)
{
    private static readonly ImmutableArray<TableColumn> PointColumns =
    [
        new(EvidenceWords.Demand, 46) { IsRowHeader = true }, new(EvidenceWords.Shown, 27), new(EvidenceWords.ProvenBy),
    ];

    /// <summary>Adds the section.</summary>
    public void Add(DocumentBuilder document)
    {
        document.Heading(2, EvidenceWords.TitleOf(letter)).Note(EvidenceTone.Of(letter), AddVerdict).Keep(AddPoints)
            .Heading(3, EvidenceWords.Marks).Facts(AddIdentifiers)
            .Heading(3, EvidenceWords.Events);
        AddEvents(document);
        AddIncidents(document.Heading(3, EvidenceWords.Incidents));
        AddLinks(document);
        if (letter.RuleChanges.Count > 0)
            document.Heading(3, EvidenceWords.Rules).List(ordered: false, letter.RuleChanges.Select(EvidenceWords.RuleChanged));
        if (letter.Corrections.Count > 0)
            document.Heading(3, EvidenceWords.Corrections).List(ordered: false, letter.Corrections.Select(EvidenceWords.Correction));
    }

    private void AddVerdict(DocumentBuilder note)
    {
        var doubt = EvidenceWords.Doubt(letter);
        var (word, rest) = EvidenceWords.VerdictLine(letter);
        note.Paragraph(line => line.Strong(word).Text(rest));
        if (doubt is not null)
            note.Paragraph(line => line.Strong(EvidenceWords.InDoubt).Text(" " + doubt), testId: "evidence-doubt");
        if (letter.AppealDeadline is { } last)
        {
            var isPresumed = letter.AppealKind == AppealKind.Presumed;
            note.Paragraph(line => line.Strong(EvidenceWords.LastDayIs(letter, last, isSure: doubt is null, isPresumed)));
        }

        if (letter.AppealNote.Danish.Length > 0) note.Paragraph(letter.AppealNote.Danish, BlockStyle.Small);
        if (letter.AppealRule is { } rule) note.Paragraph(rule.Words.Danish, BlockStyle.Small);
    }

    private void AddPoints(DocumentBuilder document) => document.Heading(3, EvidenceWords.Points).Table(PointColumns, rows =>
    {
        foreach (var point in EvidencePoints.Of(letter, EvidenceWords.RecipientNumber(letter.Recipient, number)))
        {
            rows.Row(cell => cell.Text(point.Demand), cell => cell.Mark(point.Answer, point.Tone), cell => cell.Text(point.Shown));
        }
    });

    private void AddIdentifiers(FactsBuilder facts)
    {
        facts.Add(EvidenceWords.ChannelLabel, EvidenceWords.Channel(letter.Channel))
            .Add(EvidenceWords.LetterId, letter.LetterId, TextStyle.Code);
        foreach (var (name, value) in EvidenceWords.Identifiers(letter.Identifiers)) facts.Add(name, value, TextStyle.Code);
        foreach (var document in letter.Documents)
        {
            facts.Add(EvidenceWords.Document, value => _ = document.Sha256 is { } hash
                ? value.Text(document.Name).Break().Code(EvidenceWords.Sha256(hash))
                : value.Text(document.Name).Break().Text(EvidenceWords.NoHash));
        }
    }

    private void AddEvents(DocumentBuilder document)
    {
        if (letter.StatusesErasedAt is { } erased)
        {
            var registration = letter.RegistrationErasedAt is null ? "" : $" {EvidenceWords.RegistrationErased}";
            document.Paragraph(EvidenceWords.StatusesErased(erased) + registration);
        }
        else if (letter.Events.Count == 0)
        {
            document.Paragraph(EvidenceWords.NoStatus);
        }
        else
        {
            EvidenceEventBlocks.Add(document, letter.Events);
        }
    }

    private void AddIncidents(DocumentBuilder document)
    {
        if (letter.Incidents.Count == 0) document.Paragraph(EvidenceWords.NoIncidents);
        document.List(ordered: false, letter.Incidents.Select(incident => LineBuilder.Build(item => item
            .Text($"{EvidenceWords.Lasted(incident)}: {incident.Text} ").Dim(EvidenceWords.NotedBy(incident)))));
    }

    private void AddLinks(DocumentBuilder document)
    {
        if (letter.ReplacedBy is null && letter.Replaces.Count == 0) return;
        document.Heading(3, EvidenceWords.SentAgain);
        if (letter.ReplacedBy is { } later) AddLink(document, EvidenceWords.ReplacedBy(later), later);
        foreach (var earlier in letter.Replaces) AddLink(document, EvidenceWords.Replaces(earlier), earlier);
    }

    private static void AddLink(DocumentBuilder document, string sentence, LetterLink other) => document.Paragraph(line => line
        .Text($"{sentence} ").Code(other.LetterId).Text(EvidenceWords.OfCase(other)));
}
