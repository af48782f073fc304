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

    /// <summary>An evidence package, with the exact bytes of each message.</summary>
    EvidencePackage,

    /// <summary>A list of letters as a file, with the recipients' names.</summary>
    LetterList,
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
        _ => "evidence-package",
    };

    /// <summary>The kind with a name; null for an unknown name.</summary>
    public static AccessKind? FromWire(string? name) =>
        Enum.GetValues<AccessKind>().Select(k => (AccessKind?)k).FirstOrDefault(k => k!.Value.ToWire() == name);
}
