namespace Portal.Ingestion.Domain;

/// <summary>
/// Why bytes are in quarantine. On the wire: <c>malformed</c>, <c>missing-id</c>, <c>missing-type</c>, <c>conflict</c>, <c>too-large</c>,
/// <c>failed</c>.
/// </summary>
public enum QuarantineReason
{
    /// <summary>Not XML, not an envelope, or an identifier that cannot be stored.</summary>
    Malformed,

    /// <summary>No BeskedId.</summary>
    MissingId,

    /// <summary>No Beskedtype.</summary>
    MissingType,

    /// <summary>A known BeskedId with other content.</summary>
    Conflict,

    /// <summary>Over <c>Ingestion:MaxMessageBytes</c>.</summary>
    TooLarge,

    /// <summary>Read correctly, but storing it failed even on its own.</summary>
    Failed,
}

/// <summary>The reasons' names on the wire.</summary>
public static class QuarantineReasons
{
    /// <summary><c>missing-id</c> for <see cref="QuarantineReason.MissingId"/>, and so on.</summary>
    public static string ToWire(this QuarantineReason reason) => reason switch
    {
        QuarantineReason.Malformed => "malformed",
        QuarantineReason.MissingId => "missing-id",
        QuarantineReason.MissingType => "missing-type",
        QuarantineReason.Conflict => "conflict",
        QuarantineReason.TooLarge => "too-large",
        _ => "failed",
    };

    /// <summary>
    /// The reason with that name; <see cref="QuarantineReason.Failed"/> for an unknown name, such as one that a later version wrote.
    /// </summary>
    public static QuarantineReason FromWire(string? name) =>
        Enum.GetValues<QuarantineReason>().Where(r => r.ToWire() == name).DefaultIfEmpty(QuarantineReason.Failed).First();
}
