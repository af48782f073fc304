using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;

namespace Portal.Features.Operations.Tracing;

/// <summary>A message that was received, and what became of it.</summary>
/// <param name="Letter">The letter it is about; null when it has found none that the viewer may see.</param>
/// <param name="Event">Its status in the letter's timeline.</param>
public sealed record TracedMessage(MessageView Message, LetterView? Letter, LetterEvent? Event);

/// <summary>All that is known of an id.</summary>
/// <param name="Messages">Messages that have the id in them, newest first.</param>
/// <param name="HasMore">There are more messages than these.</param>
/// <param name="Quarantined">Deliveries with the id that are or were in quarantine.</param>
/// <param name="Letters">Letters that are registered with the id as case number or letter id.</param>
public sealed record TraceAnswer(
    IReadOnlyList<TracedMessage> Messages, bool HasMore, IReadOnlyList<QuarantineTrace> Quarantined, IReadOnlyList<CaseSummary> Letters);

/// <summary>
/// Answers where a message went: any id of it or of its letter is looked up in the log, the quarantine and the letters. Searches and cases
/// are noted by the readers; a letter is read unnoted, since its message is noted with its case.
/// </summary>
public sealed class MessageTracer(
    IMessageReader messages, IQuarantineReader quarantine, ICaseReader cases,
    [FromKeyedServices(NotedReaders.Unnoted)] ICaseReader lettersOfMessages)
{
    /// <summary>
    /// The longest id that is looked up, in UTF-16 code units: a BeskedId has at most 200, and its shown form a few more.
    /// </summary>
    public const int LongestId = 240;

    private const int Most = 20;

    /// <summary>What is known of an id; null when it was not seen, or is one that must not be searched for here.</summary>
    [Demands(ViewerRights.Operate)]
    public async Task<TraceAnswer?> FindAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<MessageTracer>() || Clean(id) is not { Length: > 0 and <= LongestId } wanted || IsPerson(wanted)) return null;
        viewer = viewer.WhereMayCall<MessageTracer>();
        var found = await messages.ListAsync(viewer, new MessageFilter(Text: wanted), null, Most, cancellationToken);
        var quarantined = await quarantine.FindAsync(viewer, wanted, Most, cancellationToken);
        var letters = (await cases.SearchAsync(viewer, wanted, null, Most, cancellationToken)).Items.Where(c => IsNamed(c,
            wanted)).ToList();
        if (found.Items.Count == 0 && quarantined.Count == 0 && letters.Count == 0) return null;
        return new TraceAnswer(
            await WithLettersAsync(viewer, found.Items, cancellationToken), found.Cursor is not null, quarantined, letters);
    }

    /// <summary>A person number, which is searched for with a purpose among the cases, never here.</summary>
    public static bool IsPerson(string? id) => id is not null && (CprNumber.IsIn(id) || CprNumber.TryParse(id.Trim(), out _));

    // Copied from a log or a mail, an id often has quotation marks around it, or a full stop after it.
    private static string Clean(string? id) => (id ?? "").Trim().Trim('"', '\'', '«', '»', '“', '”', ',', ';', '.').Trim();

    // The search also finds words of titles and names.
    private static bool IsNamed(CaseSummary found, string wanted) =>
        IdentifierKey.Of(found.CaseNumber) == IdentifierKey.Of(wanted)
            || IdentifierKey.Of(found.Shown.LetterId) == IdentifierKey.Of(wanted);

    private async Task<IReadOnlyList<TracedMessage>> WithLettersAsync(
        Viewer viewer, IReadOnlyList<MessageView> found, CancellationToken cancellationToken)
    {
        var byCase = new Dictionary<string, CaseView?>(StringComparer.Ordinal);
        foreach (var number in found.Select(m => m.Case).OfType<string>().Distinct(StringComparer.Ordinal))
            byCase[number] = await lettersOfMessages.FindAsync(viewer, number, cancellationToken);
        return [.. found.Select(message =>
        {
            var letter = message.Case is { } number ? byCase[number]?.Letters.FirstOrDefault(l => l.LetterId == message.LetterId) : null;
            return new TracedMessage(message, letter, letter?.Events.FirstOrDefault(e => e.Sequence == message.Sequence));
        })];
    }
}
