namespace Portal.Features.AccessControl;

/// <summary>What kind of personal data someone saw.</summary>
public enum AccessKind
{
    /// <summary>The exact bytes of a message.</summary>
    ExactBytes,

    /// <summary>The exact bytes of something in quarantine.</summary>
    QuarantineBytes,

    /// <summary>The source system's credentials in a message.</summary>
    Credentials,

    /// <summary>A recipient's whole person number, after "vis".</summary>
    PersonNumber,

    /// <summary>Cases were searched for by a person number.</summary>
    PersonSearch,

    /// <summary>An evidence document was made.</summary>
    EvidenceDocument,

    /// <summary>An evidence document was made with the recipients' whole person numbers.</summary>
    EvidenceWithNumbers,

    /// <summary>An evidence package was made, with the exact bytes of each message.</summary>
    EvidencePackage,
}

/// <summary>The kinds' names on the wire and in the database.</summary>
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
        _ => "evidence-package",
    };

    /// <summary>The kind of a name; null when it is none.</summary>
    public static AccessKind? FromWire(string? name) =>
        Enum.GetValues<AccessKind>().Select(k => (AccessKind?)k).FirstOrDefault(k => k!.Value.ToWire() == name);
}
