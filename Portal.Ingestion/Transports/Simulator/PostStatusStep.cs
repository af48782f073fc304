using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>One status of a letter, as input for <see cref="PostStatusMessage"/>.</summary>
public sealed record PostStatusStep
{
    /// <summary>The message's BeskedId.</summary>
    public required string BeskedId { get; init; }

    /// <summary>The authority that owns the letter: eight digits.</summary>
    public required string Cvr { get; init; }

    /// <summary>What happened: one of <see cref="KnownHandlinger"/>.</summary>
    public required string Action { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The letter's digital id; also the envelope's ObjektId.</summary>
    public required string MessageUuid { get; init; }

    /// <summary>The transmission; also the envelope's ObjektRegistreringId and the status's CorrelationId.</summary>
    public required string TransmissionId { get; init; }

    /// <summary>The sender system's id of the letter.</summary>
    public string? MessageId { get; init; }

    /// <summary>KanalKode as real senders write it, e.g. <c>Digital Post</c> or <c>Strålfors</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>FejlKode of a failure, e.g. <c>memo.invalid</c>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>FejlTekst of a failure.</summary>
    public string? ErrorText { get; init; }

    /// <summary>
    /// ForsendelseHaendelseTypeKode of an "Opdatering fra Post Danmark"; shipped meanings: 1 return, 2 new address, 3 receipt, 4 tracking.
    /// </summary>
    public string? EventCode { get; init; }

    /// <summary>True: wrapped in ModtagBeskedInput, as in push; false: the bare envelope.</summary>
    public bool Wrapped { get; init; } = true;
}
