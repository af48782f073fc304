using System.Text.Json;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;

namespace Portal.Ingestion.Access;

/// <summary>
/// One line of the access log: who saw, or was refused, which personal data of one authority. Texts are masked when they are entered, so no
/// line holds a person number; a person that was searched for is a keyed hash.
/// </summary>
/// <param name="Kind">What was shown, such as <c>case-opened</c>; names are the portal's.</param>
/// <param name="Authority">CVR number of the authority whose data it is.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ById">Id of the person or key.</param>
/// <param name="ByName">Name of the person or key.</param>
public sealed record AccessRecord(string Kind, string Authority, DateTimeOffset At, string ById, string ByName)
{
    /// <summary>Id of the sign-in; null for a key.</summary>
    public string? Session { get; init; }

    public string? CaseNumber { get; init; }
    public string? LetterId { get; init; }
    public string? BeskedId { get; init; }

    /// <summary>Why, in the person's words; null where nobody is asked.</summary>
    public string? Purpose { get; init; }

    /// <summary>What was searched for, masked; null for a search by number.</summary>
    public string? Text { get; init; }

    /// <summary>Rows of the authority that a list or a search showed.</summary>
    public int? Hits { get; init; }

    /// <summary>Number of the document, or of the row in quarantine.</summary>
    public string? Reference { get; init; }

    /// <summary>The person searched for: lower-case hex of <see cref="CprHash"/>.</summary>
    public string? Person { get; init; }

    /// <summary>The viewer asked and was refused: nothing was shown.</summary>
    public bool Refused { get; init; }

    /// <summary>Taken in from the time before the log was a signed one.</summary>
    public bool Earlier { get; init; }

    private const int MaxText = 500;
    private const string EarlierStart = "earlier/";
    private const string HashStart = "h:";

    /// <summary>
    /// The key by which a case's lines are found: of its number, or a keyed hash of that when the number holds a person number, since the
    /// key stands in a line.
    /// </summary>
    internal static string CaseKeyOf(string caseNumber, CprHash hash)
    {
        var key = IdentifierKey.Of(caseNumber);
        return CprNumber.IsIn(key) || CprNumber.TryParse(key, out _)
            ? HashStart + Convert.ToHexStringLower(hash.OfText(key))
            : key;
    }

    /// <summary>The key that an entry with these facts must have; null when it concerns no case.</summary>
    internal static string? CaseKeyIn(JsonElement facts) =>
        TextOf(facts, "caseKey") ?? (TextOf(facts, "case") is { } number ? IdentifierKey.Of(number) : null);

    /// <summary>The entry.</summary>
    internal JournalDraft ToDraft(CprHash hash)
    {
        var key = CaseNumber is null ? null : CaseKeyOf(CaseNumber, hash);
        var facts = new Dictionary<string, object?>(StringComparer.Ordinal);
        Add("authority", Authority);
        Add("byId", Clean(ById));
        Add("byName", Clean(ByName));
        Add("session", Session);
        Add("case", Clean(CaseNumber));
        if (key is not null && IdentifierKey.Of(Clean(CaseNumber)) != key) Add("caseKey", key);
        Add("letter", Clean(LetterId));
        Add("besked", Clean(BeskedId));
        Add("purpose", Clean(Purpose));
        Add("text", Clean(Text));
        Add("hits", Hits);
        Add("reference", Clean(Reference));
        Add("person", Person);
        if (Refused) Add("refused", true);
        return new JournalDraft(Earlier ? EarlierStart + Kind : Kind, $"adgang/{Guid.CreateVersion7(At):N}", At, facts)
        {
            Authority = Authority, CaseKey = key,
        };

        void Add(string name, object? value)
        {
            if (value is not null) facts[name] = value;
        }
    }

    /// <summary>The line of an entry that is not erased; null when its JSON cannot be read, which a verification names.</summary>
    internal static AccessRecord? Read(StoredJournalEntry entry)
    {
        if (entry.Json is null) return null;
        try
        {
            using var json = JsonDocument.Parse(entry.Json);
            var facts = json.RootElement;
            if (facts.ValueKind != JsonValueKind.Object) return null;
            var earlier = entry.Kind.StartsWith(EarlierStart, StringComparison.Ordinal);
            return new AccessRecord(earlier ? entry.Kind[EarlierStart.Length..] : entry.Kind, TextOf(facts, "authority") ?? "", entry.At,
                TextOf(facts, "byId") ?? "", TextOf(facts, "byName") ?? "")
            {
                Session = TextOf(facts, "session"), CaseNumber = TextOf(facts, "case"), LetterId = TextOf(facts, "letter"),
                BeskedId = TextOf(facts, "besked"), Purpose = TextOf(facts, "purpose"), Text = TextOf(facts, "text"),
                Hits = facts.TryGetProperty("hits", out var hits) && hits.TryGetInt32(out var count) ? count : null,
                Reference = TextOf(facts, "reference"), Person = TextOf(facts, "person"),
                Refused = facts.TryGetProperty("refused", out var refused) && refused.ValueKind == JsonValueKind.True, Earlier = earlier,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text of the facts; null when there is none.</summary>
    internal static string? TextOf(JsonElement facts, string name) =>
        facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Texts are untrusted input: one line, person numbers masked, shortened.
    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : TextCut.At(CprNumber.MaskIn(StorableText.Clean(TextLines.Printable(text)) ?? ""), MaxText);
}
