using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Messages;

/// <summary>Turns a filter into conditions.</summary>
internal static class MessageSearch
{
    private const int MaxWords = 8;

    /// <summary>The messages among <paramref name="messages"/> that the filter asks for.</summary>
    public static IQueryable<StoredMessage> Matching(IngestionDbContext db, IQueryable<StoredMessage> messages, MessageFilter filter, Viewer viewer)
    {
        if (Identifier.Normalise(filter.Type) is { } type)
        {
            var name = Literal(type);
            var named = db.Beskedtyper.Where(t => EF.Functions.Like(t.Name, name, "\\")).Select(t => t.Beskedtype);
            messages = messages.Where(m => m.Beskedtype == type || named.Contains(m.Beskedtype));
        }

        if (Identifier.Normalise(filter.Status) is { } status)
        {
            var name = Literal(status);
            messages = messages.Where(m => m.Action == status || EF.Functions.Like(m.ActionName!, name, "\\") || EF.Functions.Like(m.StatusText!, name, "\\"));
        }

        if (filter.From is { } from) messages = messages.Where(m => m.ReceivedAt >= from);
        if (filter.To is { } to) messages = messages.Where(m => m.ReceivedAt < to);
        if (!string.IsNullOrWhiteSpace(filter.CaseNumber))
        {
            var number = filter.CaseNumber.Trim();
            var ofCase = Placed(db, viewer).Where(p => p.CaseNumber == number).Select(p => p.Sequence);
            messages = messages.Where(m => ofCase.Contains(m.Sequence));
        }

        foreach (var word in (filter.Text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MaxWords))
        {
            var pattern = Pattern(word);
            var ofLetter = Placed(db, viewer)
                .Where(p => EF.Functions.Like(p.CaseNumber, pattern, "\\") || EF.Functions.Like(p.LetterId, pattern, "\\") || EF.Functions.Like(p.Title, pattern, "\\"))
                .Select(p => p.Sequence);
            messages = messages.Where(m =>
                EF.Functions.Like(m.BeskedId, pattern, "\\") || EF.Functions.Like(m.MessageUuid!, pattern, "\\") || EF.Functions.Like(m.TransmissionId!, pattern, "\\")
                || EF.Functions.Like(m.MessageId!, pattern, "\\") || EF.Functions.Like(m.CorrelationId!, pattern, "\\")
                || EF.Functions.Like(m.AfsendelseIdentifikator!, pattern, "\\") || EF.Functions.Like(m.ForsendelseIdentifikator!, pattern, "\\")
                || EF.Functions.Like(m.ObjectsJson!, pattern, "\\") || EF.Functions.Like(m.Channel!, pattern, "\\") || EF.Functions.Like(m.ActionName!, pattern, "\\")
                || EF.Functions.Like(m.StatusText!, pattern, "\\") || EF.Functions.Like(m.ErrorCode!, pattern, "\\") || EF.Functions.Like(m.ErrorText!, pattern, "\\")
                || ofLetter.Contains(m.Sequence));
        }

        return messages;
    }

    /// <summary>Messages with the letter that they belong to, within the viewer's authorities.</summary>
    public static IQueryable<PlacedMessage> Placed(IngestionDbContext db, Viewer viewer)
    {
        var authorities = viewer.Authorities.ToArray();
        return from match in db.StatusMatches
               join letter in db.Letters on match.LetterKey equals letter.Key
               where authorities.Contains(letter.Authority)
               select new PlacedMessage { Sequence = match.Sequence, CaseNumber = letter.CaseNumber, LetterId = letter.LetterId, Title = letter.Title };
    }

    private static string Pattern(string word) => $"%{Literal(word)}%";

    // LIKE without wildcards: equal but for the case of a–z.
    private static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}

/// <summary>Where a message belongs.</summary>
internal sealed class PlacedMessage
{
    public required long Sequence { get; init; }
    public required string CaseNumber { get; init; }
    public required string LetterId { get; init; }
    public required string Title { get; init; }
}
