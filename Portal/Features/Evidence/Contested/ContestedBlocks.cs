using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence.Contested;

/// <summary>The guide as a document of its own (page, file in the package), and as the end of the evidence document. Pure.</summary>
internal static class ContestedBlocks
{
    /// <summary>The guide for one letter.</summary>
    public static Document Document(LetterView letter, DateTimeOffset now)
    {
        var builder = new DocumentBuilder()
            .Title(ContestedWords.Title, EvidenceWords.TitleOf(letter),
                $"{EvidenceWords.Case(Ingestion.Domain.CprNumber.MaskIn(letter.CaseNumber))} · {EvidenceWords.To(letter.Recipient.Name)}")
            .Paragraph(ContestedWords.Lead);
        Add(builder, ContestedGuide.Of(letter, EvidenceWords.RecipientNumber(letter.Recipient, null), now), 2);
        return builder.Build($"{ContestedWords.Title}: {EvidenceWords.TitleOf(letter)}", "");
    }

    /// <summary>The guide for each letter of a dossier, as the package's file.</summary>
    public static Document Document(EvidenceDossier dossier)
    {
        var builder = new DocumentBuilder().Title("", ContestedWords.Heading, EvidenceWords.Footer(dossier.Number, dossier.CaseNumber));
        AddLetters(builder, dossier);
        return builder.Build(ContestedWords.Heading, "");
    }

    /// <summary>The end of the evidence document.</summary>
    public static void Add(DocumentBuilder document, EvidenceDossier dossier) =>
        AddLetters(document.Heading(2, ContestedWords.Heading), dossier);

    private static void AddLetters(DocumentBuilder document, EvidenceDossier dossier)
    {
        document.Paragraph(ContestedWords.Lead);
        foreach (var letter in dossier.Case.Letters)
        {
            var number = EvidenceWords.RecipientNumber(letter.Recipient, dossier.NumberOf(letter));
            document.Heading(3, EvidenceWords.TitleOf(letter));
            Add(document, ContestedGuide.Of(letter, number, dossier.MadeAt), 4);
        }
    }

    private static void Add(DocumentBuilder document, ContestedGuide guide, int level)
    {
        document.Paragraph(guide.IsPhysical ? ContestedWords.AboutPhysical : ContestedWords.AboutDigital);
        foreach (var answer in guide.Answers) document.Keep(part => AddAnswer(part, answer, level));
        document.Keep(part => part.Heading(level, ContestedWords.MayWrite).List(ordered: false, guide.MayWrite)
            .Paragraph(line => line.Strong($"{ContestedWords.MayNotWrite} ").Text(guide.MayNotWrite)));
    }

    private static void AddAnswer(DocumentBuilder part, ContestedAnswer answer, int level) => part
        .Heading(level, answer.Question)
        .Facts(facts =>
        {
            facts.Add(ContestedWords.Answer, value => value.Mark(answer.Answer, answer.Tone));
            AddLines(facts, ContestedWords.RestsOn, answer.RestsOn);
            AddLines(facts, ContestedWords.Missing, answer.Missing.Count > 0 ? answer.Missing : [ContestedWords.Nothing]);
            if (answer.Ask.Count > 0) AddLines(facts, ContestedWords.Ask, answer.Ask);
        });

    private static void AddLines(FactsBuilder facts, string name, IReadOnlyList<string> lines) => facts.Add(name, value =>
    {
        for (var n = 0; n < lines.Count; n++)
        {
            if (n > 0) value.Break();
            value.Text(lines[n]);
        }
    });
}
