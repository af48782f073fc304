using Portal.Features.AccessControl;
using Portal.Features.Cases.Api;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;

namespace Portal.Features.SubjectAccess;

/// <summary>Everything about one person as JSON. CPR numbers are masked; times are UTC.</summary>
internal sealed record SubjectJson(
    string Person, DateTimeOffset MadeAt, IReadOnlyList<SubjectLetterJson> Letters, IReadOnlyList<SubjectAccessJson> Access)
{
    /// <summary>Converts the data.</summary>
    public static SubjectJson Of(SubjectData data) => new(
        data.Person, data.MadeAt, [.. data.Letters.Select(SubjectLetterJson.Of)], [.. data.Access.Select(SubjectAccessJson.Of)]);
}

/// <summary>A letter with its statuses, documents and what people wrote about it.</summary>
/// <param name="Documents">Names and SHA-256 of the documents; the portal does not hold the documents themselves.</param>
internal sealed record SubjectLetterJson(
    CaseLetterJson Letter, DateTimeOffset RegisteredAt, IReadOnlyDictionary<string, string> Identifiers,
    IReadOnlyList<LetterDocument> Documents, IReadOnlyList<SubjectNoteJson> Notes)
{
    internal static SubjectLetterJson Of(LetterView letter) => new(
        CaseLetterJson.Listed(letter), letter.RegisteredAt,
        letter.Identifiers.Known().ToDictionary(i => i.Name, i => CprNumber.MaskIn(i.Value)),
        [.. letter.Documents.Select(d => d with { Name = CprNumber.MaskIn(d.Name) })],
        [.. letter.Work.Select(w => new SubjectNoteJson(w.At, w.Kind.ToString(), CprNumber.MaskInOrNull(w.Text)))]);
}

/// <summary>What a person, or the portal itself, did with a letter on the worklist.</summary>
internal sealed record SubjectNoteJson(DateTimeOffset At, string What, string? Text);

/// <summary>
/// Somebody saw the person's data. When, what and why; a member of staff is not named: the right of access is to the purpose and the time,
/// not to the names of employees who acted under the authority (EU Court of Justice, C-579/21).
/// </summary>
/// <param name="By">The name of a system's key, or <c>medarbejder</c>.</param>
internal sealed record SubjectAccessJson(
    DateTimeOffset At, string What, string By, string? CaseNumber, string? LetterId, string? Purpose, bool Refused)
{
    private const string KeyStart = "key:";

    internal static SubjectAccessJson Of(AccessEntry entry)
    {
        var line = entry.Record;
        var by = line.ById.StartsWith(KeyStart, StringComparison.Ordinal) ? $"system »{line.ByName}«" : "medarbejder";
        return new SubjectAccessJson(line.At, AccessWording.Danish(entry), by, line.CaseNumber, line.LetterId, line.Purpose, line.Refused);
    }
}
