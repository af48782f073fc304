using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;

namespace Portal.Features.AccessControl;

/// <summary>
/// Makes the lines of a note: one for each authority whose data it is. A viewer of one authority sees no other's data, so nothing is looked
/// up for it; of several authorities, the data decides, and each authority's administrators find their own line.
/// </summary>
internal sealed class AccessRecords(IDataOwners owners, CprHash hash)
{
    /// <summary>The lines of notes; none for a refusal of what does not exist.</summary>
    [Demands(ViewerRights.None)]
    public async Task<IReadOnlyList<AccessRecord>> OfAsync(
        Viewer viewer, IReadOnlyList<AccessNote> notes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var lines = new List<AccessRecord>(notes.Count);
        foreach (var note in notes)
        {
            foreach (var (authority, hits) in await AuthoritiesAsync(viewer, note, cancellationToken))
                lines.Add(Line(viewer, note, at, authority, hits));
        }

        return lines;
    }

    private AccessRecord Line(Viewer viewer, AccessNote note, DateTimeOffset at, string authority, int? hits) =>
        new(note.Kind.ToWire(), authority, at, viewer.Id, viewer.Name)
        {
            Session = viewer.Session, CaseNumber = note.CaseNumber, LetterId = note.LetterId, BeskedId = note.BeskedId,
            Purpose = note.Purpose, Text = note.Text, Hits = hits, Reference = note.Reference,
            Person = note.Person is { } person ? Convert.ToHexStringLower(hash.Of(person)) : null, Refused = note.Refused,
        };

    private async Task<IReadOnlyList<(string Authority, int? Hits)>> AuthoritiesAsync(
        Viewer viewer, AccessNote note, CancellationToken cancellationToken)
    {
        if (note.Refused) return [.. (await OwnersAsync(note, cancellationToken)).Select(a => (a, note.Hits))];
        if (viewer.Authorities.Count == 1) return [(viewer.Authorities[0], note.Hits)];
        var own = note.OfCases is { Count: > 0 } cases
            ? await OfListAsync(cases, cancellationToken)
            : [.. (await OwnersAsync(note, cancellationToken)).Select(a => (a, note.Hits))];
        own.RemoveAll(o => !viewer.Authorities.Contains(o.Item1));

        // Whose it is cannot be told any more, or it is about all of them: each has a line, so that none is missing one.
        return own.Count > 0 ? own : [.. viewer.Authorities.DefaultIfEmpty("").Select(a => (a, note.Hits))];
    }

    private Task<IReadOnlyList<string>> OwnersAsync(AccessNote note, CancellationToken cancellationToken) => note switch
    {
        { BeskedId: { } id } => owners.OfMessageAsync(id, cancellationToken),
        { CaseNumber: { } number } => OfCaseAsync(number, cancellationToken),
        { Kind: AccessKind.QuarantineBytes, Reference: { } id } => owners.OfQuarantineAsync(id, cancellationToken),
        _ => Task.FromResult<IReadOnlyList<string>>([]),
    };

    private async Task<IReadOnlyList<string>> OfCaseAsync(string number, CancellationToken cancellationToken) =>
        (await owners.OfCasesAsync([number], cancellationToken)).GetValueOrDefault(number) ?? [];

    private async Task<List<(string Authority, int? Hits)>> OfListAsync(
        IReadOnlyList<string> cases, CancellationToken cancellationToken)
    {
        var found = await owners.OfCasesAsync([.. cases.Distinct(StringComparer.Ordinal)], cancellationToken);
        return [.. cases.SelectMany(c => found.GetValueOrDefault(c) ?? []).GroupBy(a => a, StringComparer.Ordinal)
            .Select(g => (g.Key, (int?)g.Count()))];
    }
}
