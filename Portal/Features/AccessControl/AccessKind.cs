namespace Portal.Features.AccessControl;

/// <summary>The kind of access to personal data.</summary>
public enum AccessKind
{
    /// <summary>The exact bytes of a message.</summary>
    ExactBytes,

    /// <summary>The exact bytes of a row in quarantine.</summary>
    QuarantineBytes,

    /// <summary>The source system's credentials in a message.</summary>
    Credentials,

    /// <summary>A recipient's unmasked CPR number, after the button "vis".</summary>
    PersonNumber,

    /// <summary>A search for cases by CPR number.</summary>
    PersonSearch,

    /// <summary>An evidence document, with masked CPR numbers.</summary>
    EvidenceDocument,

    /// <summary>An evidence document with the recipients' unmasked CPR numbers.</summary>
    EvidenceWithNumbers,

    /// <summary>An evidence package; with a purpose it has the exact bytes of each message, without one none.</summary>
    EvidencePackage,

    /// <summary>A list of letters as a file, with the recipients' names.</summary>
    LetterList,

    /// <summary>A case with its letters and their recipients.</summary>
    CaseOpened,

    /// <summary>One message, as a page or over HTTP.</summary>
    MessageOpened,

    /// <summary>Cases with recipients' names, by a text or the latest ones.</summary>
    CaseList,

    /// <summary>Letters with recipients' names, in a list or a choice.</summary>
    LettersShown,

    /// <summary>Rows of the worklist with recipients' names.</summary>
    Worklist,

    /// <summary>A search for messages by text or case.</summary>
    MessageSearch,

    /// <summary>A stream of messages, opened by a program.</summary>
    MessageStream,

    /// <summary>The access log as a file.</summary>
    AccessExport,

    /// <summary>The package of everything that is held about one person.</summary>
    SubjectAccess,
}

/// <summary>Names of the kinds in URLs and in the database.</summary>
public static class AccessKinds
{
    /// <summary><c>exact-bytes</c> for <see cref="AccessKind.ExactBytes"/>, and so on.</summary>
    public static string ToWire(this AccessKind kind) => kind switch
    {
        AccessKind.ExactBytes => "exact-bytes",
        AccessKind.QuarantineBytes => "quarantine-bytes",
        AccessKind.Credentials => "credentials",
        AccessKind.PersonNumber => "person-number",
        AccessKind.PersonSearch => "person-search",
        AccessKind.EvidenceDocument => "evidence-document",
        AccessKind.EvidenceWithNumbers => "evidence-with-numbers",
        AccessKind.LetterList => "letter-list",
        AccessKind.CaseOpened => "case-opened",
        AccessKind.MessageOpened => "message-opened",
        AccessKind.CaseList => "case-list",
        AccessKind.LettersShown => "letters-shown",
        AccessKind.Worklist => "worklist",
        AccessKind.MessageSearch => "message-search",
        AccessKind.MessageStream => "message-stream",
        AccessKind.AccessExport => "access-export",
        AccessKind.SubjectAccess => "subject-access",
        _ => "evidence-package",
    };

    /// <summary>The kind with a name; null for an unknown name.</summary>
    public static AccessKind? FromWire(string? name) =>
        Enum.GetValues<AccessKind>().Select(k => (AccessKind?)k).FirstOrDefault(k => k!.Value.ToWire() == name);
}
