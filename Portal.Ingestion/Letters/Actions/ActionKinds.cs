using Portal.Ingestion.Letters.Work;

namespace Portal.Ingestion.Letters.Actions;

/// <summary>The kinds of entries in the log of actions: the second line of a leaf's record.</summary>
internal static class ActionKinds
{
    /// <summary>The log was begun in an empty database: every action has an entry.</summary>
    public const string Begun = "log-begun";

    /// <summary>All that was stored before there was a log has been taken in: every action has an entry from here on.</summary>
    public const string TakenIn = "log-complete";

    /// <summary>The start of the kind of an entry for what was stored before there was a log.</summary>
    public const string EarlierStart = "earlier/";

    public const string LetterRegistered = "letter-registered";
    public const string LetterCorrected = "letter-corrected";
    public const string LetterReplaced = "letter-replaced";
    public const string StatusAssigned = "status-assigned";
    public const string StatusUnassigned = "status-unassigned";
    public const string HoldSet = "hold-set";
    public const string HoldLifted = "hold-lifted";
    public const string IncidentNoted = "incident-noted";
    public const string IncidentWithdrawn = "incident-withdrawn";
    public const string SenderMuted = "sender-muted";
    public const string SenderUnmuted = "sender-unmuted";
    public const string MeaningChanged = "meaning-changed";

    /// <summary>The kind of an action on a worklist row, e.g. <c>work-noted</c>.</summary>
    public static string OfWork(string action) => Enum.TryParse<WorkActionKind>(action, out var kind) ? kind switch
    {
        WorkActionKind.Assigned => "work-assigned",
        WorkActionKind.Released => "work-released",
        WorkActionKind.Noted => "work-noted",
        WorkActionKind.Called => "work-called",
        WorkActionKind.Resent => "work-resent",
        WorkActionKind.Solved => "work-solved",
        WorkActionKind.Reopened => "work-reopened",
        WorkActionKind.StatusAssigned => "work-status-assigned",
        WorkActionKind.StatusUnassigned => "work-status-unassigned",
        _ => Other,
    } : Other;

    /// <summary>The kind without what says that it was taken in.</summary>
    public static string Plain(string kind) =>
        kind.StartsWith(EarlierStart, StringComparison.Ordinal) ? kind[EarlierStart.Length..] : kind;

    private const string Other = "work-other";
}
