using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Log;

/// <summary>A stored message as lists, streams and pages show it. Times are UTC. Person numbers are masked.</summary>
public sealed record MessageView
{
    public required long Sequence { get; init; }
    public required string BeskedId { get; init; }
    public required string Beskedtype { get; init; }

    /// <summary>Name from the catalogue; "ukendt type" where none is known.</summary>
    public required string BeskedtypeName { get; init; }

    public required string Transport { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? RegisteredAt { get; init; }
    public required int Deliveries { get; init; }
    public string? ResponsibleAuthority { get; init; }
    public string? Action { get; init; }

    /// <summary>The action's known name, else the payload's status text.</summary>
    public string? ActionName { get; init; }

    public string? Sensitivity { get; init; }

    /// <summary>RelateretObjekt, then ObjektRegistrering; person numbers masked.</summary>
    public ValueList<MessageObject> Objects { get; init; } = [];

    public PostStatusView? PostStatus { get; init; }

    /// <summary>What is wrong with the payload, in Danish; null when nothing is.</summary>
    public string? PayloadProblem { get; init; }

    /// <summary>The letter's case number, when the status is matched.</summary>
    public string? Case { get; init; }

    public string? LetterId { get; init; }

    /// <summary>SHA-256 of the exact bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The number of exact bytes.</summary>
    public required int Bytes { get; init; }

    /// <summary>When the content was erased under retention, UTC; null while it is stored.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Only viewers who are granted its type may see the message.</summary>
    public required bool Confidential { get; init; }

    /// <summary>
    /// Why something stored of the message cannot be read; null when all can. Everything that could be read is shown anyway.
    /// </summary>
    public UnreadableReason? Unreadable { get; init; }
}

/// <summary>An object named in a message.</summary>
public sealed record MessageObject(string? Id, string? Type, string? Role);

/// <summary>The post status of a message, for lists and streams.</summary>
public sealed record PostStatusView
{
    public string? TransmissionId { get; init; }
    public string? MessageUuid { get; init; }
    public string? MessageId { get; init; }
    public string? AfsendelseIdentifikator { get; init; }
    public string? ForsendelseIdentifikator { get; init; }
    public string? Channel { get; init; }
    public string? Status { get; init; }

    /// <summary>
    /// The moment of the status: TransaktionsDatoTid, else Registreringstidspunkt, else Dannelsestidspunkt; null without any.
    /// </summary>
    public DateTimeOffset? At { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>ForsendelseHaendelseTypeKode of each event, in order.</summary>
    public ValueList<string> EventCodes { get; init; } = [];

    public PostError? Error { get; init; }
}

/// <summary>The sender's error.</summary>
public sealed record PostError(string? Code, string? Text);
