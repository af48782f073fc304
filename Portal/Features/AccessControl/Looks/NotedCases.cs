using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;

namespace Portal.Features.AccessControl.Looks;

/// <summary>Notes cases that are opened or refused, and lists of them.</summary>
internal sealed class NotedCases(ICaseReader inner, IAccessLooks looks) : ICaseReader
{
    /// <inheritdoc />
    public async Task<CaseView?> FindAsync(Viewer viewer, string caseNumber, CancellationToken cancellationToken)
    {
        var found = await inner.FindAsync(viewer, caseNumber, cancellationToken);
        looks.Add(viewer, new AccessNote(AccessKind.CaseOpened) { CaseNumber = found?.CaseNumber ?? caseNumber, Refused = found is null });
        return found;
    }

    /// <inheritdoc />
    public async Task<Page<CaseSummary>> SearchAsync(
        Viewer viewer, string? text, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = await inner.SearchAsync(viewer, text, cursor, limit, cancellationToken);
        looks.AddList(viewer, AccessKind.CaseList, text, page.Items.Select(c => (string?)c.CaseNumber));
        return page;
    }

    /// <inheritdoc />
    public async Task<Page<CaseSummary>> ByNumberAsync(
        Viewer viewer, bool descending, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = await inner.ByNumberAsync(viewer, descending, cursor, limit, cancellationToken);
        looks.AddList(viewer, AccessKind.CaseList, null, page.Items.Select(c => (string?)c.CaseNumber));
        return page;
    }

    /// <inheritdoc />
    /// <remarks>Noted by the caller, who has asked for the purpose.</remarks>
    public Task<IReadOnlyList<CaseSummary>> SearchByCprAsync(Viewer viewer, CprNumber cpr, CancellationToken cancellationToken) =>
        inner.SearchByCprAsync(viewer, cpr, cancellationToken);

    /// <inheritdoc />
    public async Task<Page<FollowUpItem>> FollowUpAsync(
        Viewer viewer, FollowUpReason? reason, bool newestFirst, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = await inner.FollowUpAsync(viewer, reason, newestFirst, cursor, limit, cancellationToken);
        looks.AddRows(viewer, null, page.Items);
        return page;
    }

    /// <inheritdoc />
    public Task<long> AttentionCountAsync(Viewer viewer, CancellationToken cancellationToken) =>
        inner.AttentionCountAsync(viewer, cancellationToken);

    /// <inheritdoc />
    public Task<EvidenceCounts> CountAsync(Viewer viewer, DateTimeOffset from, CancellationToken cancellationToken) =>
        inner.CountAsync(viewer, from, cancellationToken);
}

/// <summary>Notes letters in lists across cases.</summary>
internal sealed class NotedLetters(ILetterList inner, IAccessLooks looks) : ILetterList
{
    /// <inheritdoc />
    public async Task<Page<LetterView>> ReadAsync(
        Viewer viewer, LetterQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = await inner.ReadAsync(viewer, query, cursor, limit, cancellationToken);
        looks.AddList(viewer, AccessKind.LettersShown, null, page.Items.Select(l => (string?)l.CaseNumber));
        return page;
    }

    /// <inheritdoc />
    public Task<long> CountAsync(Viewer viewer, LetterQuery query, CancellationToken cancellationToken) =>
        inner.CountAsync(viewer, query, cancellationToken);
}

/// <summary>Notes rows of the worklist that name a recipient.</summary>
internal sealed class NotedWorklist(IWorklistService inner, IAccessLooks looks) : IWorklistService
{
    /// <inheritdoc />
    public async Task<Page<FollowUpItem>> ReadAsync(
        Viewer viewer, WorkQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var page = await inner.ReadAsync(viewer, query, cursor, limit, cancellationToken);

        // The rows of one case are shown on its page, which is noted as the case.
        if (query.CaseNumber is null) looks.AddRows(viewer, query.Text, page.Items);
        return page;
    }

    /// <inheritdoc />
    public Task<long> CountAsync(Viewer viewer, WorkQuery query, CancellationToken cancellationToken) =>
        inner.CountAsync(viewer, query, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<WorkOutcome>> ActAsync(
        Viewer viewer, WorkAction action, IReadOnlyList<WorkTarget> rows, CancellationToken cancellationToken) =>
        inner.ActAsync(viewer, action, rows, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<WorkEntry>> HistoryAsync(Viewer viewer, string rowId, CancellationToken cancellationToken) =>
        inner.HistoryAsync(viewer, rowId, cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<LaterLetter>> LaterLettersAsync(Viewer viewer, string rowId, CancellationToken cancellationToken)
    {
        var letters = await inner.LaterLettersAsync(viewer, rowId, cancellationToken);
        if (letters.Count > 0) looks.Add(viewer, new AccessNote(AccessKind.LettersShown) { Hits = letters.Count, Reference = rowId });
        return letters;
    }

    /// <inheritdoc />
    public Task<ValueList<EndedWork>> EndedAsync(Viewer viewer, int limit, CancellationToken cancellationToken) =>
        inner.EndedAsync(viewer, limit, cancellationToken);
}

/// <summary>Notes the letters that a status may be assigned to.</summary>
internal sealed class NotedHands(IHandMatching inner, IAccessLooks looks) : IHandMatching
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<LetterChoice>> MatchingAsync(
        Viewer viewer, string rowId, int limit, CancellationToken cancellationToken) =>
        Noted(viewer, null, await inner.MatchingAsync(viewer, rowId, limit, cancellationToken));

    /// <inheritdoc />
    public async Task<IReadOnlyList<LetterChoice>> FindLettersAsync(
        Viewer viewer, string rowId, string? text, int limit, CancellationToken cancellationToken) =>
        Noted(viewer, text, await inner.FindLettersAsync(viewer, rowId, text, limit, cancellationToken));

    /// <inheritdoc />
    public Task<HandOutcome> AssignAsync(
        Viewer viewer, string rowId, string letterId, string? reason, CancellationToken cancellationToken) =>
        inner.AssignAsync(viewer, rowId, letterId, reason, cancellationToken);

    /// <inheritdoc />
    public Task<bool> UndoAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        inner.UndoAsync(viewer, beskedId, cancellationToken);

    private IReadOnlyList<LetterChoice> Noted(Viewer viewer, string? text, IReadOnlyList<LetterChoice> letters)
    {
        looks.AddList(viewer, AccessKind.LettersShown, text, letters.Select(l => (string?)l.CaseNumber));
        return letters;
    }
}

/// <summary>Notes a letter that is opened to be sent again.</summary>
internal sealed class NotedResends(IResendSource inner, IAccessLooks looks) : IResendSource
{
    /// <inheritdoc />
    public async Task<ResendDraft?> FindAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken)
    {
        var draft = await inner.FindAsync(viewer, rowId, cancellationToken);
        if (draft is { Letter: { } letter })
        {
            looks.Add(
                viewer, new AccessNote(AccessKind.CaseOpened) { CaseNumber = letter.CaseNumber, LetterId = letter.LetterId });
        }

        return draft;
    }

    /// <inheritdoc />
    /// <remarks>For registering the letter again; it is never shown.</remarks>
    public Task<LetterRecipient?> RecipientAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken) =>
        inner.RecipientAsync(viewer, rowId, cancellationToken);
}

/// <summary>Notes lists.</summary>
internal static class ListLooks
{
    /// <summary>Notes a list that shows the recipients of letters of these cases; an empty one shows nobody.</summary>
    public static void AddList(
        this IAccessLooks looks, Viewer viewer, AccessKind kind, string? text, IEnumerable<string?> cases)
    {
        string[] shown = [.. cases.OfType<string>()];
        if (shown.Length == 0) return;
        looks.Add(viewer, new AccessNote(kind)
        {
            Text = string.IsNullOrWhiteSpace(text) ? null : text, Hits = shown.Length, OfCases = shown,
        });
    }

    /// <summary>Notes rows of the worklist; those without a recipient show nobody.</summary>
    public static void AddRows(this IAccessLooks looks, Viewer viewer, string? text, IEnumerable<FollowUpItem> rows) =>
        looks.AddList(viewer, AccessKind.Worklist, text, rows.Where(r => r.RecipientName is not null).Select(r => r.CaseNumber));
}
