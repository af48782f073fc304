namespace Portal.Ingestion.Storage;

/// <summary>The row of an accepted message: what lists filter on. The exact bytes stand in <see cref="StoredContent"/>. Person numbers in it are masked.</summary>
public sealed class StoredMessage
{
    /// <summary>Position in the log, from 1, without gaps, in commit order.</summary>
    public long Sequence { get; set; }

    /// <summary>Unique for ever.</summary>
    public required string BeskedId { get; set; }

    public required string Beskedtype { get; set; }
    public required string Transport { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public DateTimeOffset? CreatedAt { get; set; }
    public DateTimeOffset? RegisteredAt { get; set; }
    public int Deliveries { get; set; } = 1;

    /// <summary>The first CVR that the message belongs to (DOMAIN §4): of TilladtModtager, else ObjektAnsvarligMyndighed, else the own.</summary>
    public required string Authority { get; set; }

    /// <summary>Further CVRs as <c>;12345678;87654321;</c>; null for the usual single one.</summary>
    public string? OtherAuthorities { get; set; }

    /// <summary>ObjektAnsvarligMyndighed, else BeskedAnsvarligAktoer, as written.</summary>
    public string? ResponsibleAuthority { get; set; }

    /// <summary>The first known action, else the first action.</summary>
    public string? Action { get; set; }

    /// <summary>The action's known name, else the payload's status text.</summary>
    public string? ActionName { get; set; }

    public string? Sensitivity { get; set; }

    /// <summary>Classified as confidential by its sender.</summary>
    public bool Classified { get; set; }

    /// <summary>RelateretObjekt, then ObjektRegistrering, as JSON array of <c>{id,type,role}</c>; person numbers masked.</summary>
    public string? ObjectsJson { get; set; }

    public bool IsPostStatus { get; set; }
    public string? TransmissionId { get; set; }
    public string? MessageUuid { get; set; }
    public string? MessageId { get; set; }
    public string? AfsendelseIdentifikator { get; set; }
    public string? ForsendelseIdentifikator { get; set; }
    public string? CorrelationId { get; set; }

    /// <summary>The ObjektId of the registration that the action stands in, when it is not a person.</summary>
    public string? EnvelopeObjectId { get; set; }

    public string? Channel { get; set; }

    /// <summary>TransaktionsStatusKode as written.</summary>
    public string? StatusText { get; set; }

    /// <summary>The moment of the status (DOMAIN §2), UTC.</summary>
    public DateTimeOffset? StatusAt { get; set; }

    /// <summary>ForsendelseHaendelseTypeKode of each event, joined by <c>;</c>.</summary>
    public string? EventCodes { get; set; }

    public string? ErrorCode { get; set; }
    public string? ErrorText { get; set; }

    /// <summary>Danish; null when the payload was decoded.</summary>
    public string? PayloadTrouble { get; set; }

    /// <summary>SHA-256 of the exact bytes, 32 bytes.</summary>
    public required byte[] Sha256 { get; set; }

    /// <summary>Size of the exact bytes.</summary>
    public int Bytes { get; set; }
}

/// <summary>The exact bytes of a message, compressed.</summary>
public sealed class StoredContent
{
    public long Sequence { get; set; }

    /// <summary>How <see cref="Content"/> is compressed: see <see cref="ContentCodec"/>. Old encodings stay readable for ever.</summary>
    public int Encoding { get; set; }

    public required byte[] Content { get; set; }
}

/// <summary>Bytes that could not be accepted, with the reason.</summary>
public sealed class QuarantinedContent
{
    public long Id { get; set; }
    public required string Reason { get; set; }
    public required string Detail { get; set; }
    public required string Transport { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public int Bytes { get; set; }
    public string? BeskedId { get; set; }
    public required string Authority { get; set; }
    public int Deliveries { get; set; } = 1;
    public required byte[] Sha256 { get; set; }
    public int Encoding { get; set; }
    public required byte[] Content { get; set; }

    /// <summary>When a retry succeeded, UTC; null while it waits.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }
}

/// <summary>A message type, known from the start or appeared by itself.</summary>
public sealed class StoredBeskedtype
{
    public required string Beskedtype { get; set; }
    public required string Name { get; set; }
    public required string Tells { get; set; }
    public bool Known { get; set; }
    public bool Confidential { get; set; } = true;
    public DateTimeOffset? FirstSeenAt { get; set; }
}

/// <summary>How far a reader of the log has come.</summary>
public sealed class ReaderPosition
{
    public required string Reader { get; set; }
    public long Sequence { get; set; }
}
