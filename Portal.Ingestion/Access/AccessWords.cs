using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Access;

/// <summary>The texts of a query of the access log, compared with a line: without case, and numbers under any writing.</summary>
internal sealed class AccessWords(AccessQuery query)
{
    private readonly string? _who = Asked(query.Who);
    private readonly string? _text = Asked(query.Text);

    /// <summary>True when every line matches.</summary>
    public bool IsEmpty => _who is null && _text is null && query.Person is null;

    /// <summary>True when the line holds what is asked for.</summary>
    public bool Match(AccessRecord record) =>
        (query.Person is null || record.Person == query.Person)
        && (_who is null || Holds(record.ByName, _who) || Holds(record.ById, _who))
        && (_text is null || IsIn(record, _text));

    /// <summary>What a line's JSON is like when it may match.</summary>
    public static IEnumerable<(string Words, string Ids, string Case)> Patterns(AccessQuery query)
    {
        foreach (var asked in (string?[])[Asked(query.Who), Asked(query.Text), query.Person])
        {
            if (asked is null) continue;
            var key = IdentifierKey.Of(asked);

            // Hyphens and spaces of a number may be written in other ways, and JSON escapes some characters.
            yield return (Loose(asked, '"', '\\'), Loose(key, '-', ' ', '"', '\\'), key.Length == 0 ? "" : $"%{Literal(key)}%");
        }
    }

    private static bool IsIn(AccessRecord record, string text)
    {
        var key = IdentifierKey.Of(text);
        return Array.Exists(
                [record.ByName, record.ById, record.CaseNumber, record.LetterId, record.BeskedId, record.Reference, record.Text],
                fact => Holds(fact, text))
            || (key.Length > 0 && Array.Exists([record.CaseNumber, record.LetterId, record.BeskedId],
                fact => fact is not null && IdentifierKey.Of(fact).Contains(key, StringComparison.Ordinal)));
    }

    private static bool Holds(string? fact, string text) => fact?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Asked(string? text) => string.IsNullOrWhiteSpace(text) ? null : TextLines.Printable(text);

    private static string Loose(string text, params char[] separators) => $"%{string.Join('%', text.Split(separators).Select(Literal))}%";

    // SQLite knows upper and lower case of ASCII alone: any other character matches, and the line decides.
    private static string Literal(string text) => string.Concat(text.EnumerateRunes().Select(
        r => !r.IsAscii ? "_" : r.Value is '\\' or '%' or '_' ? $"\\{r}" : r.ToString()));
}
