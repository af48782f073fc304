using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// The result of reading bytes as an envelope: <see cref="Understood"/> or <see cref="NotUnderstood"/>. Reading never throws for bad
/// content.
/// </summary>
public abstract record EnvelopeReading
{
    /// <summary>
    /// The bytes are an envelope with BeskedId and Beskedtype. <paramref name="PostStatus"/> is set for a readable PKO_PostStatus payload;
    /// <paramref name="PayloadTrouble"/> says in Danish what is wrong with a payload.
    /// </summary>
    public sealed record Understood(Haendelsesbesked Besked, PostStatus? PostStatus, string? PayloadTrouble) : EnvelopeReading;

    /// <summary>
    /// The bytes cannot be accepted. <paramref name="Detail"/> is one Danish sentence without content of the message;
    /// <paramref name="BeskedId"/> if it could be read.
    /// </summary>
    public sealed record NotUnderstood(QuarantineReason Reason, string Detail, string? BeskedId) : EnvelopeReading
    {
        /// <summary>The quarantine holds only the beginning of the message, so it cannot be read again.</summary>
        internal static NotUnderstood OnlyPart { get; } =
            new(QuarantineReason.Failed,
            "Karantænen har ikke alle beskedens byte, så den kan ikke prøves igen. Bed afsenderen om at sende den igen.", null);
    }
}
