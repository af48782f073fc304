using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Letters;

/// <summary>Lists in Danish what a correction changed, a line for each field; person numbers masked.</summary>
internal static class LetterChanges
{
    public static IEnumerable<string> Between(LetterRegistration was, LetterRegistration became)
    {
        var (before, after) = (Fields(LetterMask.Of(was)).ToList(), Fields(LetterMask.Of(became)).ToList());
        for (var n = 0; n < before.Count; n++)
        {
            if (before[n].Value != after[n].Value) yield return $"{before[n].Name}: {Shown(before[n].Value)} → {Shown(after[n].Value)}";
        }

        // Two person numbers with the same birth date are equal when masked; the change is reported anyway.
        if (was.Recipient.Id != became.Recipient.Id && LetterMask.Of(was.Recipient).Id == LetterMask.Of(became.Recipient).Id)
        {
            yield return "Modtagerens nummer: ændret";
        }
    }

    private static IEnumerable<(string Name, string? Value)> Fields(LetterRegistration letter)
    {
        yield return ("Sagsnummer", letter.CaseNumber);
        yield return ("Sagstype", letter.CaseType);
        yield return ("Titel", letter.Title);
        yield return ("Modtager", letter.Recipient.Name);
        yield return ("Modtagerens nummer", letter.Recipient.Id);
        yield return ("Kanal", letter.Channel.ToString());
        yield return ("Afgørelse med klagefrist", letter.Decision ? "ja" : "nej");
        yield return ("Sendt", LocalizedText.Of(
            "AtMoment", DanishTime.IsDateAlone(letter.SentAt) ? (object)DanishTime.DateOf(letter.SentAt) : letter.SentAt).Danish);
        yield return ("Kvitteringer", letter.Receipts.ToWire());
        yield return ("Posttype", letter.PostCategory);
        yield return ("Sendt i stedet for", letter.Replaces);
        yield return ("KLE-emne", letter.Kle);
        yield return ("Organisationsenhed", letter.OrganisationUnit);
        foreach (var identifier in LetterIdentifiers.Names.Zip(letter.Identifiers.Values())) yield return identifier;
        yield return ("Dokumenter",
            string.Join(", ", letter.Documents.Select(d => d.Sha256 is null ? d.Name : $"{d.Name} ({d.Sha256[..8]}…)")));
    }

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "(tom)" : value;
}
