using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.SubjectAccess;

/// <summary>The readable part of the package, in Danish: for the person, who does not know the portal.</summary>
internal static class SubjectDocument
{
    /// <summary>The document.</summary>
    public static Document Build(SubjectData data)
    {
        var title = $"Indsigt for {data.Person}";
        var document = new DocumentBuilder()
            .Title("Indsigt", title, $"Udarbejdet {DanishFormat.DateAndTime(data.MadeAt)} (dansk tid)")
            .Paragraph("Her er det, som portalen har om dig: de breve, der er sendt til dig, og hvad der skete med dem; hvad vi har "
                + "skrevet om dem; og hvornår nogen har set dem, og hvorfor. Brevene selv ligger ikke her, men i fagsystemet og i Digital "
                + "Post; deres fingeraftryk (SHA-256) står ved dem. CPR-numre er skjult.");
        if (data.Letters.Count == 0) document.Paragraph("Der er ingen breve til dig.");
        foreach (var letter in data.Letters) AddLetter(document, letter);
        return document.Heading(2, "Hvem der har set det").Add(data, AddAccess).Build(title, title);
    }

    private static void AddLetter(DocumentBuilder document, LetterView letter)
    {
        document.Heading(2, CprNumber.MaskIn(letter.Title)).Facts(facts => facts
            .Add("Sag", CprNumber.MaskIn(letter.CaseNumber))
            .Add("Sendt", DanishFormat.DateAndTime(letter.SentAt))
            .Add("Til", CprNumber.MaskIn(letter.Recipient.Name))
            .Add("Resultat", VerdictWord.Danish(letter.Verdict, inDoubt: Evidence.EvidenceWords.Doubt(letter) is not null))
            .Add("Det betyder", (letter.Account ?? letter.Explanation).Danish)
            .Add("Sidste dag for at klage", letter.AppealDeadline is { } last ? DanishFormat.Date(last) : letter.AppealNote.Danish)
            .Add("Registreret", DanishFormat.DateAndTime(letter.RegisteredAt)));
        if (letter.Documents.Count > 0)
        {
            document.Heading(3, "Dokumenter").List(
                ordered: false, letter.Documents.Select(d => $"{CprNumber.MaskIn(d.Name)} · SHA-256 {d.Sha256 ?? "er ikke oplyst"}"));
        }

        if (letter.Events.Count > 0)
        {
            document.Heading(3, "Hvad der skete").List(ordered: false, letter.Events.Select(e =>
                $"{(e.At is { } at ? DanishFormat.DateAndTime(at) : "uden tidspunkt")}: {CprNumber.MaskIn(e.Status)}"
                    + (e.Error?.Text is { } error ? $" ({CprNumber.MaskIn(error)})" : "")));
        }

        // What the portal notes by itself is among the statuses.
        var notes = letter.Work.Where(w => w.By.Length > 0 && !string.IsNullOrWhiteSpace(w.Text)).ToList();
        if (notes.Count > 0)
        {
            document.Heading(3, "Hvad vi har skrevet").List(
                ordered: false, notes.Select(w => $"{DanishFormat.DateAndTime(w.At)}: {CprNumber.MaskIn(w.Text!)}"));
        }
    }

    private static void AddAccess(DocumentBuilder document, SubjectData data)
    {
        document.Paragraph("Hver linje er en gang, nogen så dine oplysninger eller blev afvist. Medarbejderes navne er ikke "
            + "med: retten til indsigt gælder tidspunkt og formål. Linjer ældre end reglerne om opbevaring er slettet.");
        document.List(ordered: false, data.Access.Select(SubjectAccessJson.Of).Select(a =>
            $"{DanishFormat.DateAndTime(a.At)}: {a.What}, {a.By}{(a.CaseNumber is { } number ? $", sag {number}" : "")}"
                + $"{(a.Purpose is { } why ? $". Formål: {why}" : "")}{(a.Refused ? ". Afvist: intet blev vist" : "")}"));
    }

    private static DocumentBuilder Add(this DocumentBuilder document, SubjectData data, Action<DocumentBuilder, SubjectData> add)
    {
        add(document, data);
        return document;
    }
}
